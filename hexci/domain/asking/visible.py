"""Text as a reader of the page sees it: what cannot be seen must not instruct anybody."""

import html
import re
import unicodedata

# Drawn as nothing, or as blank, though Unicode does not call them format characters.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_COMMENT = re.compile(r"<!--.*?(?:-->|--!>|\Z)", re.DOTALL)
# `[//]: # (text)` and its like: a link definition, which is never drawn
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]*\]:[ \t]*\S.*$", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# Decoding can make something new to decode; text that still changes after this is given up.
_ROUNDS = 8


def is_unseen(character: str) -> bool:
    """Whether a character is drawn as nothing: format, control, private, variation, blank.

    Tab and line feed are seen.
    """
    if character in "\t\n":
        return False
    if unicodedata.category(character) in {"Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp"}:
        return True
    code = ord(character)
    variation = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F
    return variation or character in _BLANK


def unseen(text: str) -> tuple[str, ...]:
    """The unseen characters of `text` as `U+200B`, each once, in order of appearance."""
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in text if is_unseen(c)))


def visible(text: str) -> str:
    """What is left of `text` for a reader: no comments, tags, link definitions, unseen characters.

    Entities are decoded first, again and again, so that nothing can hide in a second decoding.
    The result is a fixed point: `visible(visible(t)) == visible(t)`.
    """
    for _ in range(_ROUNDS):
        after = _once(text)
        if after == text:
            return text
        text = after
    # a text that keeps making new things out of itself is an attack: nothing of it is markup
    return "".join(" " if c in "<>&[]" else c for c in text)


def _once(text: str) -> str:
    text = html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if not is_unseen(c))
    text = _COMMENT.sub("", text)
    return _DEFINITION.sub("", _TAG.sub("", text))
