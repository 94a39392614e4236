"""The entry point: `hexci` and `python -m hexci`."""

from hexci.cli.main import main

if __name__ == "__main__":
    main()
