"""Making an evidence command start our server where it would start the tests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PACKAGE = "hexci_inside"
_PYTEST = re.compile(r"(?:^|[\s/;&|(])(?:pytest|py\.test)(?=$|[\s;&|)])")
_UNITTEST = re.compile(r"(?P<python>\bpython[\d.]*\"?(?:\s+-(?!m)\S+)*)\s+-m\s+unittest\b")
_PYTHONPATH = re.compile(r"\bPYTHONPATH=(\"?)")


@dataclass(frozen=True, slots=True)
class ServerCommand:
    """A shell line and what it needs in its environment."""

    line: str
    environment: Mapping[str, str]


def server_command(evidence: str, folder: str, socket: str, root: str) -> ServerCommand | None:
    """The evidence with our package (in `folder`) hooked in; None for other runners."""
    line = _PYTHONPATH.sub(rf"PYTHONPATH=\g<1>{folder}:", evidence)
    environment = {
        "PYTHONPATH": folder,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HEXCI_FORK_SOCKET": socket,
        "HEXCI_FORK_ROOT": root,
    }
    if _PYTEST.search(evidence):
        hooked = {
            "PYTEST_PLUGINS": f"{_PACKAGE}.pytest_plugin",
            "PYTEST_ADDOPTS": "--assert=plain",  # nobody reads what a failing comparison says
        }
        return ServerCommand(line, {**environment, **hooked})
    if _UNITTEST.search(evidence):
        line = _UNITTEST.sub(rf"\g<python> -m {_PACKAGE}.unittest_main", line)
        return ServerCommand(line, environment)
    return None
