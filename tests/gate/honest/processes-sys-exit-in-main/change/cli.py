"""The command `gauge`."""

import sys

from gauge import to_fahrenheit


def main(arguments):
    """The exit code: 2 for wrong usage."""
    if len(arguments) != 1:
        print("usage: gauge CELSIUS", file=sys.stderr)
        return 2
    print(to_fahrenheit(float(arguments[0])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
