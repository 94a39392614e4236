"""Searches for defects that run inside the gate's own Python, with hypothesis."""
