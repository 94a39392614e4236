"""Test ids as runners write them, taken apart: which file, which function."""

from collections.abc import Collection, Iterable, Mapping


def places_of(ids: Iterable[str], paths: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Test file → names of test functions in it, for ids in pytest's or dotted form.

    Ids that name no file of `paths` are left out.
    """
    found: dict[str, set[str]] = {}
    for id_ in ids:
        path, name = _place(id_, paths)
        if path and name:
            found.setdefault(path, set()).add(name)
    return {path: frozenset(names) for path, names in found.items()}


def files_of(ids: Iterable[str], paths: Collection[str]) -> frozenset[str]:
    """The files that `ids` name."""
    return frozenset(path for id_ in ids if (path := _place(id_, paths)[0]))


def _place(id_: str, paths: Collection[str]) -> tuple[str, str]:
    bare = id_.partition("[")[0]
    if "::" in bare:
        path, *names = bare.split("::")
        return (path if path in paths else "", names[-1] if names else "")
    parts = bare.split(" ")[0].split(".")
    for length in range(len(parts), 0, -1):
        stem = "/".join(parts[:length])
        for path in (f"{stem}.py", f"{stem}/__init__.py"):
            if path in paths:
                return path, parts[-1] if length < len(parts) else ""
    by_name = next((p for p in sorted(paths) if p.endswith(f"/{parts[0]}.py")), "")
    return (bare if bare in paths else by_name), parts[-1]
