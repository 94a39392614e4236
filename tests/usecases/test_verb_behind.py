import pytest

from hexci.errors import BadInputError
from hexci.usecases.verb_behind import verb_behind


@pytest.mark.parametrize(
    ("path", "given", "argv"),
    [
        ("/etc/manifests/manifests/do.yaml", ["task=x y", "n=--help"],
         ("run", "manifests/do.yaml", "task=x y", "n=--help")),
        ("/proc/runs/2026-1", [], ("run", "--resume", "2026-1")),
        ("/proc/waits/2026-1/a.approval", ["answer=approve"],
         ("run", "--resume", "2026-1", "--approve", "a/approval")),
        ("/proc/waits/2026-1/ask", ["answer=reject"],
         ("run", "--resume", "2026-1", "--reject", "ask")),
        ("/proc/entities/finding/ab12", ["to=dismissed", "why=no"],
         ("entity", "move", "finding/ab12", "dismissed", "--why=no")),
        ("/proc/bus/scan.done", ["n=1"], ("bus", "publish", "scan.done", "n=1")),
        ("/lib/rules/MAN006", [], ("explain", "MAN006")),
    ],
)  # fmt: skip
def test_a_path_is_a_verb_by_another_name(
    path: str, given: list[str], argv: tuple[str, ...]
) -> None:
    assert verb_behind(path, given) == argv


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/", []), ("/proc/runs", []), ("/proc/locks/a", []), ("/proc/waits/r/a", []),
        ("/proc/waits/r/a", ["answer=perhaps"]), ("/proc/entities/finding/a", ["why=x"]),
        ("/proc/runs/r", ["x=1"]), ("/etc/manifests/m.yaml", ["--base=x"]),
        ("/etc/manifests/m.yaml", ["nothing"]), ("/sys/version", []),
    ],
)  # fmt: skip
def test_nothing_else_can_be_executed(path: str, given: list[str]) -> None:
    with pytest.raises(BadInputError):
        verb_behind(path, given)
