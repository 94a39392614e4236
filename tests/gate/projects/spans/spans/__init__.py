"""Half-open spans of integers."""
