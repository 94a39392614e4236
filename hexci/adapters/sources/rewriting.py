"""Whether git may keep other bytes than the disk has: filters, keywords, encodings."""

import os
from collections.abc import Iterable

from hexci.adapters.sources.contents import disk_content

# line ends aside, these are all the attributes that change a content on its way
_REWRITE = (b"filter", b"ident", b"encoding")


def may_rewrite(root: str, folder: str, attributes: Iterable[str]) -> bool:
    """Whether some attributes may change contents. Without them, what the disk has is staged.

    `folder` is the repository's `.git`, `attributes` are the `.gitattributes` below `root`.
    """
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib costs 8 ms to import
    settings = os.environ.get("XDG_CONFIG_HOME") or f"{home}/.config"
    files = [f"{root}/{path}" for path in attributes]
    files += [f"{folder}/info/attributes", f"{settings}/git/attributes", "/etc/gitattributes"]
    files += _above(root)
    if any(_names(file, _REWRITE) for file in files):
        return True
    configs = (f"{folder}/config", f"{home}/.gitconfig", f"{settings}/git/config", "/etc/gitconfig")
    return any(_names(file, (b"attributesfile",)) for file in configs)


def _above(root: str) -> list[str]:
    found = []
    here = os.path.realpath(root)
    while True:
        found.append(f"{here}/.gitattributes")
        above = os.path.dirname(here)  # noqa: PTH120
        if above == here or os.path.lexists(f"{here}/.git"):
            return found
        here = above


def _names(file: str, words: tuple[bytes, ...]) -> bool:
    content = disk_content(file)
    if content is None:
        return os.path.lexists(file)  # a link, or one that cannot be read: nobody knows
    lowered = content.lower()
    return any(word in lowered for word in words)
