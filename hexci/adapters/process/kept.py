"""Output kept within a bound while it streams: its head, its tail, and lines that look failing."""

import re

_FAILING = re.compile(
    rb"(?i)\b(?:fail(?:s|ed|ure|ures|ing)?|errors?|assert\w*|panicked|expected|traceback|not ok"
    rb"|\w+(?:Error|Exception))\b|^E  "
)
# A line longer than this is judged, and kept, by its beginning.
_LINE = 2_000


class Kept:
    """At most `limit` bytes: two fifths head, two fifths tail, one fifth failing lines between."""

    def __init__(self, limit: int) -> None:
        self._most_head = max(1, limit * 2 // 5)
        self._most_tail = max(1, limit * 2 // 5)
        self._most_lines = max(0, limit - self._most_head - self._most_tail)
        self._head = bytearray()
        self._tail = bytearray()
        self._lines: list[bytes] = []
        self._lines_size = 0
        self._broken = bytearray()
        self._dropped = 0

    def add(self, chunk: bytes) -> None:
        """Takes one more piece of output."""
        room = self._most_head - len(self._head)
        if room > 0:
            self._head += chunk[:room]
            chunk = chunk[room:]
        self._tail += chunk
        if len(self._tail) > 2 * self._most_tail:
            self._shorten()

    def text(self) -> bytes:
        """What was kept, cut between characters; a line says how many bytes were left out."""
        whole = len(self._head) + len(self._tail)
        if not self._dropped and whole <= self._most_head + self._most_tail + self._most_lines:
            return bytes(self._head + self._tail)
        self._shorten()
        mark = f"\n… {self._dropped} bytes left out".encode()
        middle = b"; failing lines among them:\n" + b"".join(self._lines) if self._lines else b""
        head, tail = _without_end_of_cut(self._head), _without_start_of_cut(self._tail)
        return head + mark + middle + " …\n".encode() + tail

    def _shorten(self) -> None:
        excess = len(self._tail) - self._most_tail
        if excess <= 0:
            return
        self._dropped += excess
        self._look_at(bytes(self._tail[:excess]))
        del self._tail[:excess]

    def _look_at(self, dropped: bytes) -> None:
        if self._lines_size >= self._most_lines:
            return
        lines = (bytes(self._broken) + dropped).split(b"\n")
        self._broken = bytearray(lines.pop()[:_LINE])
        for line in lines:
            kept = _without_end_of_cut(line[:_LINE]) + b"\n"
            if self._lines_size + len(kept) <= self._most_lines and _FAILING.search(kept):
                self._lines.append(kept)
                self._lines_size += len(kept)


def _without_end_of_cut(text: bytes | bytearray) -> bytes:
    """Without the first bytes of a character whose last ones were cut off."""
    for back in range(1, min(4, len(text)) + 1):
        byte = text[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return bytes(text[:-back]) if needed > back else bytes(text)
        if byte < 0x80:
            break
    return bytes(text)


def _without_start_of_cut(text: bytes | bytearray) -> bytes:
    """Without the last bytes of a character whose first one was cut off."""
    skip = 0
    while skip < min(3, len(text)) and 0x80 <= text[skip] < 0xC0:
        skip += 1
    return bytes(text[skip:])
