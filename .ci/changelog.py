"""Puts `changelog.d/` into `CHANGELOG.md`, and prints the notes of a release.

.ci/changelog.py assemble 1.2.3 2027-01-31    before the release is tagged
.ci/changelog.py notes 1.2.3                  in the release's workflow
"""

import re
import sys
from pathlib import Path

KINDS = ("added", "changed", "fixed", "removed", "security")


def main(argv: list[str], root: Path) -> None:
    """Does what `argv` says in the checkout `root`; ends with a message when it cannot."""
    match argv:
        case ["assemble", version, date]:
            assemble(root, version, date)
        case ["notes", version]:
            print(notes(root, version), end="")
        case _:
            sys.exit(__doc__)


def assemble(root: Path, version: str, date: str) -> None:
    """Moves every fragment into a new section on top of the changelog."""
    groups: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    for fragment in sorted((root / "changelog.d").glob("*.md")):
        kind = fragment.stem.rpartition(".")[2]
        if kind not in groups:
            sys.exit(f"{fragment.name}: the name must end with .KIND.md, a KIND of {KINDS}")
        groups[kind].append(fragment)
    parts = [f"## {version} ({date})\n"]
    for kind, fragments in groups.items():
        items = [f"- {' '.join(f.read_text('utf-8').split())}\n" for f in fragments]
        parts += [f"### {kind.capitalize()}\n", "".join(items)] if items else []
    file = root / "CHANGELOG.md"
    head, mark, older = file.read_text("utf-8").partition("\n## ")
    file.write_text(f"{head.rstrip()}\n\n" + "\n".join(parts) + (f"{mark}{older}" if mark else ""))
    for fragment in (f for fragments in groups.values() for f in fragments):
        fragment.unlink()


def notes(root: Path, version: str) -> str:
    """The section of a version. Ends when there is none, or when fragments are left over."""
    left = sorted(path.name for path in (root / "changelog.d").glob("*.md"))
    if left:
        sys.exit(f"fragments are not in CHANGELOG.md yet: {', '.join(left)}")
    text = (root / "CHANGELOG.md").read_text("utf-8")
    found = re.search(rf"(?ms)^## {re.escape(version)} .*?\n(.*?)(?=^## |\Z)", text)
    if found is None:
        sys.exit(f"CHANGELOG.md has no section {version}")
    return found[1].strip() + "\n"


if __name__ == "__main__":
    main(sys.argv[1:], Path(__file__).resolve().parents[1])
