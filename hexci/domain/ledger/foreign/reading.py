"""Records of other tools, read tolerantly, once: at the import.

Known are adr-tools (Nygard), MADR 2 (bullets), MADR 3 and 4 (front matter), log4brains, and
ledgers that write the status on a bold line or below its own heading. The text is kept; the
lines that became keys are taken out of it.
"""

import re
from dataclasses import dataclass, field

from hexci.domain.ledger.status import Status

# words of the wild → ours; the first that occurs in a status text decides
_WORDS = {
    "superseded": Status.SUPERSEDED,
    "superceded": Status.SUPERSEDED,
    "replaced": Status.SUPERSEDED,
    "obsoleted": Status.SUPERSEDED,
    "deprecated": Status.DEPRECATED,
    "obsolete": Status.DEPRECATED,
    "retired": Status.DEPRECATED,
    "rejected": Status.REJECTED,
    "declined": Status.REJECTED,
    "abandoned": Status.ABANDONED,
    "withdrawn": Status.ABANDONED,
    "completed": Status.COMPLETED,
    "implemented": Status.COMPLETED,
    "done": Status.COMPLETED,
    "accepted": Status.ACCEPTED,
    "approved": Status.ACCEPTED,
    "decided": Status.ACCEPTED,
    "adopted": Status.ACCEPTED,
    "active": Status.ACCEPTED,
    "proposed": Status.PROPOSED,
    "draft": Status.PROPOSED,
    "pending": Status.PROPOSED,
    "open": Status.PROPOSED,
}
_WORD = re.compile(r"[A-Za-z]+")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_DAY_IN_STEM = re.compile(r"(?<!\d)((?:19|20)\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")
_MINUTE_IN_STEM = re.compile(r"(?<!\d)(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-?\d{4}(?!\d)")
_LINK = re.compile(r"\]\(([^()\s]*)\)")
_MENTION = re.compile(r"\b(?:ADR[-_ ]?)?([0-9][0-9-]*(?:-[a-z0-9-]+)?)\b", re.IGNORECASE)
_KEY_LINE = re.compile(
    r"[ ]{0,3}(?:[-*+][ ]+)?[*_]{0,2}(Status|Date|Deciders|Decision[- ]makers|Tags|Technical Story|"
    r"Supersedes|Supercedes|Superseded[- ]by|Amends|Amended[- ]by|Epoch)[*_]{0,2}[ ]*:"
    r"[ ]*[*_]{0,2}[ ]*(.*?)[*_]{0,2}[ ]*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}[ ]+(.*?)[ ]*#*[ ]*")


@dataclass(frozen=True, slots=True)
class Foreign:
    """What was found.

    `status` is None when no known word was there; `links` maps a relation (supersedes,
    superseded-by, amends, amended-by) to what the text names.
    """

    stem: str
    status: Status | None
    status_text: str
    date: str
    title: str
    body: str
    deciders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: dict[str, list[str]] = field(default_factory=dict)
    dialect: str = ""


def read_foreign(stem: str, text: str, missing: str = "") -> Foreign | None:
    """The record in `text`, or None when nothing in it says a status.

    `missing` is the status of a record that says none (MADR lets it out), empty: that is no record.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front, rest = _front_matter(text)
    lines, said = _without_keys(rest.split("\n"))
    section, lines = _without_status_section(lines)
    keys = {**{k: v for k, v in said.items() if v}, **{k: v for k, v in front.items() if v}}
    status_text = keys.get("status", "") or " ".join(section)
    if not status_text and "status" not in said and not section:
        if not (missing and _title(lines)):
            return None
        status_text = missing
    # a section has one statement a line; joined they would run into each other
    links = _links(section or [status_text], keys)
    body = "\n".join(lines).strip("\n")
    return Foreign(
        stem=stem,
        status=status_of(status_text, section),
        status_text=" ".join(status_text.split()),
        date=_date(keys.get("date", ""), stem),
        title=_title(lines),
        body=re.sub(r"\n{3,}", "\n\n", body) + "\n",
        deciders=_names(keys.get("deciders", "") or keys.get("decision-makers", "")),
        tags=_names(keys.get("tags", "")),
        links=links,
        dialect=_dialect(front, said, section, stem),
    )


def status_of(text: str, section: list[str]) -> Status | None:
    """The status that a text names; superseded wins over the older word beside it."""
    words = [w.lower() for line in (text, *section) for w in _WORD.findall(line.split("(")[0])]
    if any(_WORDS.get(word) is Status.SUPERSEDED for word in words):
        return Status.SUPERSEDED
    return next((_WORDS[word] for word in words if word in _WORDS), None)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Keys of a front matter, values as plain text (lists joined by commas), and the rest."""
    if not text.startswith("---\n"):
        return {}, text
    end = re.search(r"\n(---|\.\.\.)[ ]*(\n|$)", text[3:])
    if end is None:
        return {}, text
    values: dict[str, str] = {}
    key = ""
    for line in text[4 : 3 + end.start()].split("\n"):
        pair = re.match(r"([A-Za-z][\w -]*?)[ ]*:[ ]*(.*)", line)
        bare = re.sub(r"(^|\s)#.*", "", line)
        if pair:
            key = pair[1].lower().replace("_", "-").replace(" ", "-")
            values[key] = re.sub(r"(^|\s)#.*", "", pair[2]).strip().strip("[]\"'{}")
        elif key and bare.strip().startswith("- "):
            values[key] = ", ".join(filter(None, [values[key], bare.strip()[2:].strip("\"' ")]))
    return values, text[3 + end.end() :]


def _without_keys(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Lines before the first section, without those of the form `Status: x`; and their values."""
    said: dict[str, str] = {}
    kept: list[str] = []
    sections = 0
    for line in lines:
        sections += line.startswith("## ")
        match = _KEY_LINE.fullmatch(line) if sections == 0 else None
        if match is None:
            kept.append(line)
            continue
        key = match[1].lower().replace(" ", "-").replace("supercedes", "supersedes")
        said.setdefault(key, _unlinked_tail(match[2]))
        if key == "technical-story":
            kept.append(line)
    return kept, said


def _without_status_section(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of a `## Status` section, and all other lines."""
    section: list[str] = []
    kept: list[str] = []
    inside = False
    for line in lines:
        heading = _HEADING.fullmatch(line)
        if heading:
            inside = heading[1].lower() == "status" and not section
            if inside:
                continue
        if inside:
            section += [line.strip()] if line.strip() else []
        else:
            kept.append(line)
    return section, kept


def _unlinked_tail(text: str) -> str:
    return re.sub(r"<!--.*?-->", "", text).strip()


_RELATIONS = (
    (
        "superseded-by",
        re.compile(r"(?:superseded|superceded|replaced|obsoleted)[- ]by(.*)", re.IGNORECASE),
    ),
    ("supersedes", re.compile(r"(?:supersedes|supercedes|replaces)(.*)", re.IGNORECASE)),
    ("amended-by", re.compile(r"amended[- ]by(.*)", re.IGNORECASE)),
    ("amends", re.compile(r"amends(.*)", re.IGNORECASE)),
)


def _links(lines: list[str], keys: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relation, form in _RELATIONS:
        texts = [keys.get(relation, "")]
        texts += [match[1] for line in lines if (match := form.search(line))]
        for text in texts:
            for name in _named(text):
                if name not in found.setdefault(relation, []):
                    found[relation].append(name)
    return {relation: names for relation, names in found.items() if names}


def _named(text: str) -> list[str]:
    """What a text points at: its links; without any, the numbers and ids in it."""
    targets = (_LINK.findall(text)) or _MENTION.findall(text)
    names = (one.partition("#")[0].rpartition("/")[2].removesuffix(".md") for one in targets)
    return [name for name in names if name]


def _date(text: str, stem: str) -> str:
    day = _DAY.search(text) or _DAY_IN_STEM.search(stem)
    if day:
        return "-".join(day.groups())
    minute = _MINUTE_IN_STEM.search(stem)
    return f"20{minute[1]}-{minute[2]}-{minute[3]}" if minute else ""


def _title(lines: list[str]) -> str:
    for number, line in enumerate(lines):
        if line.startswith("# "):
            return line[2:].strip()
        if number and re.fullmatch(r"=+[ ]*", line) and lines[number - 1].strip():
            return lines[number - 1].strip()
    return ""


def _names(text: str) -> tuple[str, ...]:
    parts = (part.strip().strip("[]\"'*_{}").strip() for part in re.split(r"[,;]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _dialect(front: dict[str, str], said: dict[str, str], section: list[str], stem: str) -> str:
    if "status" in front:
        return "MADR 3/4"
    if section:
        return "adr-tools"
    return "log4brains" if re.match(r"\d{8}-", stem) and "status" in said else "MADR 2"
