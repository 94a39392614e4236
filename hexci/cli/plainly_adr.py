"""`hexci adr check` with its everyday options, without the weight of the command line's library.

A commit hook waits for this. Whatever is not plain, and every error, is left to the whole
command line.
"""

import gc
import sys

_FORMATS = ("text", "json", "sarif", "github", "comment")
_OPTIONS = ("--base", "--head", "--format")


def run_plainly(argv: list[str]) -> int | None:
    """Runs `hexci adr check ARGV`; None when the command line has to do it (nothing printed)."""
    asked = _plain(argv)
    if asked is None:
        return None
    gc.disable()  # a hundred milliseconds, no cycle worth collecting, then the process ends
    from hexci.compose import ledger_judging

    try:
        outcome, text = ledger_judging.check(
            asked.get("--base"), asked.get("--head"), asked.get("--format", "text")
        )
    except Exception:  # noqa: BLE001 - the command line meets it again, and knows what to say
        return None
    sys.stdout.write(text)
    return outcome.exit_code


def _plain(argv: list[str]) -> dict[str, str] | None:
    """Values by option, None when there is anything else."""
    if len(argv) % 2 or any(value.startswith("-") or not value for value in argv[1::2]):
        return None
    asked = dict(zip(argv[::2], argv[1::2], strict=True))
    known = len(asked) * 2 == len(argv) and set(asked) <= set(_OPTIONS)
    return asked if known and asked.get("--format", "text") in _FORMATS else None
