"""How each runner is asked for its own account, narrowed and shuffled; and how that is read."""

import hashlib
import json
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path, PurePath

from hexci.adapters.runners.account import read_account
from hexci.adapters.runners.detection import Call, Runner
from hexci.adapters.runners.reports import read_jest, read_junit, read_mocha
from hexci.adapters.runners.streams import read_cargo, read_go, read_nextest
from hexci.domain.evidence import TestResult

_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """One run: `desk` is a folder outside the room that can be written, `root` the room as seen.

    `report` is a path on the desk, and `key` a word, that nobody inside can guess.
    """

    call: Call
    desk: Path
    report: Path
    key: str
    root: PurePath
    room: Path
    only: tuple[str, ...] = ()
    shuffle: int | None = None
    patience: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """The command that will run, and variables for it."""

    command: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Family:
    """A runner: `selects` test ids, `shuffles` their order, and reads what a run left."""

    prepare: Callable[[Request], Prepared]
    read: Callable[[Request, str], list[TestResult] | None]
    selects: bool = False
    shuffles: bool = False


# ---------------------------------------------------------------------------------- Python


def _pytest(request: Request) -> Prepared:
    module = f"account_{_label(request)}"
    _place(request, "pytest_account.py", f"{module}.py")
    mine = {"PYTHONPATH": f"{request.desk}:", "PYTEST_ADDOPTS": f"-p {module} "}
    command = request.call.command
    for name, value in mine.items():  # where the command sets them itself, ours go in front
        command = re.sub(rf"(?<![\w$]){name}=", f'{name}="{value}"', command)
    return Prepared(command, {name: value.strip(" :") for name, value in mine.items()})


def _unittest(request: Request) -> Prepared:
    script = _place(request, "unittest_account.py", f"account_{_label(request)}.py")
    return Prepared(request.call.with_start(shlex.quote(str(script))))


def _own(request: Request, _: str) -> list[TestResult] | None:
    return read_account(request.report, request.key)


# ------------------------------------------------------------------------------ JavaScript


def _node(request: Request) -> Prepared:
    script = _place(request, "node_account.mjs", f"account_{_label(request)}.mjs")
    options = [
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        f"--test-reporter={script}",
        f"--test-reporter-destination={request.report}",
        *(f"--test-name-pattern=/^{re.escape(name)}$/" for name in _node_names(request.only)),
    ]
    return Prepared(request.call.with_options(shlex.join(options)))


def _node_names(only: tuple[str, ...]) -> list[str]:
    names = [part for id_ in only for part in id_.partition("::")[2].split(" > ") if part]
    return list(dict.fromkeys(names))


def _jest(request: Request) -> Prepared:
    options = ["--json", f"--outputFile={request.report}", *_by_full_name("-t", request.only)]
    return Prepared(request.call.with_options(shlex.join(options)))


def _vitest(request: Request) -> Prepared:
    options = ["--reporter=default", "--reporter=json", f"--outputFile.json={request.report}"]
    options += _by_full_name("-t", request.only)
    if request.shuffle is not None:
        options += ["--sequence.shuffle", f"--sequence.seed={request.shuffle}"]
    return Prepared(request.call.with_options(shlex.join(options)))


def _mocha(request: Request) -> Prepared:
    options = ["--reporter=json", f"--reporter-option=output={request.report}"]
    return Prepared(
        request.call.with_options(shlex.join(options + _by_full_name("-g", request.only)))
    )


def _by_full_name(option: str, only: tuple[str, ...]) -> list[str]:
    names = [re.escape(id_.partition("::")[2]) for id_ in only]
    return [option, f"^({'|'.join(names)})$"] if names and all(names) else []


def _file(
    reader: Callable[[str, PurePath], list[TestResult] | None],
) -> Callable[..., list[TestResult] | None]:
    def read(request: Request, _: str) -> list[TestResult] | None:
        data = _bytes_of(request.report)
        return None if data is None else reader(data.decode("utf-8", "replace"), request.root)

    return read


# ---------------------------------------------------------------------------- Go and Rust


def _go(request: Request) -> Prepared:
    options = [] if any(word.text == "-json" for word in request.call.rest) else ["-json"]
    tests = list(dict.fromkeys(id_.partition("::")[2].partition("/")[0] for id_ in request.only))
    if tests and all(tests):
        options += ["-run", f"^({'|'.join(map(re.escape, tests))})$"]
    if request.shuffle is not None:
        options += [f"-shuffle={request.shuffle + 1}"]
    return Prepared(request.call.with_options(shlex.join(options)))


def _cargo(request: Request) -> Prepared:
    call = request.call
    names = [id_.partition("::")[2] for id_ in request.only]
    command = call.command
    stop = len(command)
    if names and all(names):
        separator = next((word for word in call.rest if word.text == "--"), None)
        last = call.rest[-1] if call.rest else call.last
        exact = shlex.join(["--exact", *dict.fromkeys(names)])
        word, text = (separator, f" {exact}") if separator else (last, f" -- {exact}")
        at = word.end if word else len(command)
        command = command[:at] + text + command[at:]
        stop = separator.start if separator else stop
    return Prepared(_without_quiet(command, call, stop))


def _without_quiet(command: str, call: Call, stop: int) -> str:
    """Quiet, cargo names no test: the option is blanked out where it stands before `stop`."""
    for word in call.rest:
        if word.text in {"-q", "--quiet"} and word.end <= stop:
            blank = " " * (word.end - word.start)
            command = command[: word.start] + blank + command[word.end :]
    return command


def _as_is(request: Request) -> Prepared:
    return Prepared(request.call.command)


def _stream(
    reader: Callable[[str], list[TestResult] | None],
) -> Callable[..., list[TestResult] | None]:
    def read(_: Request, output: str) -> list[TestResult] | None:
        return reader(output)

    return read


# ------------------------------------------------------------------------------------ XML


def read_globs(room: Path, *globs: str) -> list[TestResult] | None:
    """Tests of every JUnit file below `room` that one of `globs` names; None when there is none."""
    tests: list[TestResult] = []
    files = sorted({file for glob in globs for file in room.glob(glob)})
    for file in files:
        data = _bytes_of(file) if file.resolve().is_relative_to(room.resolve()) else None
        found = None if data is None else read_junit(data)
        if found is None:
            return None
        tests += found
    return tests if files else None


def clear_globs(room: Path, *globs: str) -> None:
    """Removes the files that a run is to write, so that none of them is older than the run."""
    for glob in globs:
        for file in room.glob(glob):
            if file.is_symlink() or file.is_file():
                file.unlink()


MAVEN = ("**/target/surefire-reports/TEST-*.xml", "**/target/failsafe-reports/TEST-*.xml")
GRADLE = ("**/build/test-results/*/TEST-*.xml",)


def _xml(*globs: str) -> Family:
    def prepare(request: Request) -> Prepared:
        clear_globs(request.room, *globs)
        return Prepared(request.call.command)

    def read(request: Request, _: str) -> list[TestResult] | None:
        return read_globs(request.room, *globs)

    return Family(prepare, read)


FAMILIES: Mapping[Runner, Family] = {
    Runner.PYTEST: Family(_pytest, _own, selects=True, shuffles=True),
    Runner.UNITTEST: Family(_unittest, _own, selects=True, shuffles=True),
    Runner.NODE: Family(_node, _own, selects=True),
    Runner.JEST: Family(_jest, _file(read_jest), selects=True),
    Runner.VITEST: Family(_vitest, _file(read_jest), selects=True, shuffles=True),
    Runner.MOCHA: Family(_mocha, _file(read_mocha), selects=True),
    Runner.GO: Family(_go, _stream(read_go), selects=True, shuffles=True),
    Runner.CARGO: Family(_cargo, _stream(read_cargo), selects=True),
    Runner.NEXTEST: Family(_as_is, _stream(read_nextest)),
    Runner.MAVEN: _xml(*MAVEN),
    Runner.GRADLE: _xml(*GRADLE),
}


def _bytes_of(file: Path) -> bytes | None:
    if file.is_symlink() or not file.is_file() or file.stat().st_size > _MOST_BYTES:
        return None
    return file.read_bytes()


_ORDERS = re.compile(r"^(const )?ORDERS = .*$", re.MULTILINE)
# the room has no hexci to import from, so what programs share is put where they import it
_SHARED = re.compile(r"^from hexci\.adapters\.runners\.inside\.(\w+) import \w+$", re.MULTILINE)


def _place(request: Request, name: str, as_name: str, **more: object) -> Path:
    """Writes our own program for the runner on the desk, with its orders."""
    orders = {
        "report": str(request.report),
        "key": request.key,
        "root": str(request.root),
        "only": list(request.only),
        "shuffle": request.shuffle,
        "patience": request.patience,
        **more,
    }
    source = _SHARED.sub(lambda found: _inside(f"{found[1]}.py"), _inside(name))
    literal = json.dumps(json.dumps(orders))
    told = (
        f"const ORDERS = JSON.parse({literal});"
        if name.endswith("mjs")
        else f"ORDERS = json.loads({literal})"
    )
    place = request.desk / as_name
    place.write_text(_ORDERS.sub(lambda _: told, source, count=1))
    return place


def _inside(name: str) -> str:
    return resources.files("hexci.adapters.runners").joinpath("inside", name).read_text("utf-8")


def _label(request: Request) -> str:
    """A name of its own for our program; it says nothing of the report or the key."""
    return hashlib.sha256(request.report.name.encode()).hexdigest()[:16]
