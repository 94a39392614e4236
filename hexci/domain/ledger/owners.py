"""Who owns the ledger's folder, by CODEOWNERS."""

from hexci.domain.globs import matches

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def owners_of(path: str, text: str) -> tuple[str, ...]:
    """The owners of `path` without `@`: of the last line that matches, as the forge reads it."""
    owners: tuple[str, ...] = ()
    for line in text.splitlines():
        pattern, *named = line.partition("#")[0].split()[:50] or [""]
        if pattern and _covers(pattern, path):
            owners = tuple(name.removeprefix("@").lower() for name in named)
    return owners


def _covers(pattern: str, path: str) -> bool:
    """Whether a CODEOWNERS pattern covers a file: itself, by its glob, or by a folder above."""
    whole = pattern.rstrip("/")
    return matches(path, [pattern, f"{whole}/**"])
