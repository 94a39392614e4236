"""Untrusted text inside Markdown: it pings nobody, links nothing and starts no markup."""

import re

_SPECIAL = {c: f"&#{ord(c)};" for c in "<>@[]*_`#|!\\~&"}


def plain(text: str, most: int = 300) -> str:
    """One line of plain text, cut at `most` characters."""
    flat = " ".join(text.split())
    flat = flat if len(flat) <= most else f"{flat[: most - 1]}…"
    return "".join(_SPECIAL.get(c, c) if c.isprintable() else " " for c in flat)


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
