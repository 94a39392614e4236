"""Runs in the sandbox, in the Python of the program under repair (3.8 or newer), not in hexci's.

A copy of this package is put on the path of the evidence command; it imports nothing of hexci.
"""
