"""Prints symbols.py."""

NAMES = "H He Li Be B C N O".split()

for place, name in enumerate(NAMES, 1):
    print(f'    "{name}": {place},')
