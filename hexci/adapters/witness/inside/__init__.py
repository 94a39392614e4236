"""Runs in the sandbox, in the Python of the judged program (3.8 or newer), not in hexci's.

`watching` notes the calls that tests make into the program; `repeating` makes them again, and
others like them, in a plain process, where no test runner and no test file is.
"""
