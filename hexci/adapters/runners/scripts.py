"""Commands that only name another: `npm test`, `make check`; replaced by what they stand for."""

import json
import re
from pathlib import Path

from hexci.adapters.runners.detection import Call, Runner, call_in, unwrapped
from hexci.adapters.runners.line import Part, parts_of

_PACKAGE_MANAGERS = {"npm", "yarn", "pnpm"}


def resolved(command: str, room: Path) -> Call:
    """The runner that `command` starts, by itself or by the script it names in `room`."""
    call = call_in(command)
    if call.runner is not Runner.UNKNOWN:
        return call
    folder = room
    for part in parts_of(command):
        words = unwrapped(part)
        if len(words) == 2 and words[0].text == "cd":
            folder = folder / words[1].text
            continue
        text = _meaning(words, folder) if _is_below(folder, room) else ""
        if text:
            whole = command[: words[0].start] + text + command[words[-1].end :]
            found = call_in(whole)
            return found if found.runner is not Runner.UNKNOWN else call
    return call


def _is_below(folder: Path, room: Path) -> bool:
    return folder.resolve().is_relative_to(room.resolve())


def _meaning(words: Part, folder: Path) -> str:
    """The text that the named script stands for, '' when it is none or not a plain one."""
    if not words:
        return ""
    names = [word.text for word in words]
    if names[0] in _PACKAGE_MANAGERS:
        return _package_script(names, folder / "package.json")
    if names[0] == "make" and len(names) <= 2:
        return _recipe(names[1] if len(names) > 1 else "", folder / "Makefile")
    return ""


def _package_script(names: list[str], file: Path) -> str:
    rest = [name for name in names[1:] if name not in {"-s", "--silent"}]
    if rest[:1] in (["run"], ["run-script"]):
        rest = rest[1:]
    elif rest[:1] not in (["test"], ["t"]) and names[0] == "npm":
        return ""
    if not rest or len(rest) > 1:
        return ""  # arguments would have to be quoted again; the exit code is still there
    name = "test" if rest[0] == "t" else rest[0]
    try:
        scripts = json.loads(file.read_text("utf-8"))["scripts"]
        chain = [scripts[key] for key in (f"pre{name}", name, f"post{name}") if key in scripts]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if not isinstance(scripts.get(name), str) or not all(isinstance(s, str) for s in chain):
        return ""
    return f'( export PATH="$PWD/node_modules/.bin:$PATH"; {" && ".join(chain)} )'


def _recipe(target: str, file: Path) -> str:
    """A target's one line, where it has no prerequisites and nothing for make to expand."""
    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError):
        return ""
    rule = re.compile(
        rf"^{re.escape(target)}:[ \t]*\n\t@?([^\n$]+)\n(?!\t)" if target else r"(?!)", re.MULTILINE
    )
    found = rule.findall(text + "\n\n")
    return f"( {found[0]} )" if len(found) == 1 else ""
