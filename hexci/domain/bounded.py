"""Text within what a platform takes."""

CUT = "\n\n… cut here; the whole is in the run's record.\n"


def length(text: str) -> int:
    """Characters as GitHub may count them: one beyond U+FFFF counts as two."""
    return len(text) + sum(character > "\uffff" for character in text)


def bounded(text: str, most: int, notice: str = CUT) -> str:
    """`text`, or its beginning and `notice`: at most `most` characters by `length`."""
    if length(text) <= most:
        return text
    room = most - length(notice)
    if room <= 0:
        return notice[:most]
    kept = text[:room]
    while length(kept) > room:
        kept = kept[: room - length(kept)]
    return kept + notice


def bounded_bytes(text: str, most: int, notice: str = CUT) -> str:
    """The same by bytes of UTF-8."""
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return text
    room = most - len(notice.encode())
    return data[: max(0, room)].decode("utf-8", "ignore") + notice
