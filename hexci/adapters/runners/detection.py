"""Which test runner a command starts, told from its text: nothing is run to find out."""

import re
from enum import StrEnum

_PYTHON = r"(?:[\w./~-]*/)?python[\d.]*(?:\s+-[BEIsSuxbdOP]+|\s+-[WX]\s*\S+)*"
_UNITTEST = re.compile(rf"(?P<python>(?<![\w./-]){_PYTHON})\s+-m\s+unittest(?![\w.])")
_PYTEST = re.compile(
    rf"(?<![\w./-])(?:{_PYTHON}\s+-m\s+(?:pytest|py\.test)|(?:[\w./~-]*/)?(?:pytest|py\.test))(?![\w.-])"
)


class Runner(StrEnum):
    """The runners whose own account can be read."""

    PYTEST = "pytest"
    UNITTEST = "unittest"
    UNKNOWN = "unknown"


def runner_of(command: str) -> Runner:
    """The runner of `command`; unknown unless exactly one is started, once."""
    found = [Runner.PYTEST] * len(_PYTEST.findall(command))
    found += [Runner.UNITTEST] * len(_UNITTEST.findall(command))
    return found[0] if len(found) == 1 else Runner.UNKNOWN


def with_unittest_script(command: str, script: str) -> str:
    """`command` with `-m unittest` replaced by `script`, which must need no quoting."""
    return _UNITTEST.sub(lambda found: f"{found['python']} {script}", command)
