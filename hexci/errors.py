"""What can keep hexci from judging, each with the exit code and the hint a person needs.

    HexciError            7  infra_error: a bug of ours, or the platform failed
    ├── BadInputError     2  bad_input: usage, config or manifest; nothing was done
    ├── DeniedError       3  denied: a capability, governance or trust level said no
    ├── BudgetError       4  budget: a limit would have been exceeded
    ├── DeadlineError     5  timeout: the run's time is used up
    ├── ConflictError     6  conflict: a ref moved, a claim was lost
    ├── StaleError        6  stale_head: the work was done for a commit that is no longer meant
    └── ModelError        7  model_error: an endpoint, key or local model failed

Problems *found in* a repository are findings, never exceptions.
"""


class HexciError(Exception):
    """Says what is true (`message`) and what to do about it (`hint`, may be empty)."""

    outcome = "infra_error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class BadInputError(HexciError):
    """What was asked for cannot be judged: a wrong option, path, ref, config or manifest."""

    outcome = "bad_input"


class DeniedError(HexciError):
    """The law says no."""

    outcome = "denied"


class BudgetError(HexciError):
    """The next call could exceed a limit, so it was not made."""

    outcome = "budget"


class DeadlineError(HexciError):
    """The wall clock of the run is used up."""

    outcome = "timeout"


class ConflictError(HexciError):
    """Somebody else moved what we were about to move."""

    outcome = "conflict"


class StaleError(HexciError):
    """The code went on while the work was under way."""

    outcome = "stale_head"


class ModelError(HexciError):
    """A model endpoint, key or engine failed."""

    outcome = "model_error"
