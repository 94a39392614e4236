"""Untrusted text inside Markdown: it pings nobody, links nothing and starts no markup."""

import re

# pictures, comments and tags that fetch or hide something
_LOADING = re.compile(
    r"!(?=\[)|<(?=!--|/?(?:img|picture|video|audio|source|svg|details|summary)\b)", re.IGNORECASE
)
_SPECIAL = {c: f"&#{ord(c)};" for c in "<>@[]*_`#|!\\~&"}
# mentions and references are looked for after entities were decoded: a space of no width parts them
_SPECIAL |= {c: f"{_SPECIAL[c]}&#8203;" for c in "@#"}
# what GitHub would make a link of: `http://…`, `www.…`
_LINKED = re.compile(r":(?=//)|www(?=\.)", re.IGNORECASE)


def plain(text: str, most: int = 300) -> str:
    """One line of plain text, cut at `most` characters."""
    flat = " ".join(text.split())
    flat = flat if len(flat) <= most else f"{flat[: most - 1]}…"
    clean = "".join(_SPECIAL.get(c, c) if c.isprintable() else " " for c in flat)
    return _LINKED.sub(r"\g<0>&#8203;", clean)


def code(text: str, most: int = 300) -> str:
    """One line as code; it can stand in a table."""
    flat = " ".join(text.split())
    flat = flat if len(flat) <= most else f"{flat[: most - 1]}…"
    clean = "".join(c if c.isprintable() and c != "`" else "?" for c in flat)
    return f"`{clean.replace('|', chr(0xA6)) or ' '}`"


def fenced(text: str, language: str = "") -> str:
    """Text as a block of code that nothing in it can close."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    clean = "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
    return f"{fence}{language}\n{clean.rstrip()}\n{fence}"


def spoken(text: str) -> str:
    """Markdown somebody wrote, with values of nodes in it: it pings nobody and loads nothing."""
    text = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)
    text = re.sub(r"(?<![\w/])@(?=[A-Za-z0-9])", "@\u2060", text)  # shown as it is, in code too
    return _LOADING.sub(lambda found: _SPECIAL[found[0]], text)
