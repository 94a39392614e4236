"""What another agent may do through `hexci mcp`: four profiles, each with all of the one before."""

_ADDED = {
    "read": ("read_file", "list_files", "search", "context", "list_runs", "show_run"),
    "execute": ("gate", "verify"),
    "modify": ("do",),
    "admin": ("collect_garbage",),
}
PROFILES = tuple(_ADDED)


def tools_of(profile: str) -> tuple[str, ...]:
    """Names of the tools of `profile`. Raises KeyError for none of PROFILES."""
    if profile not in _ADDED:
        raise KeyError(profile)
    until = PROFILES.index(profile) + 1
    return tuple(name for part in PROFILES[:until] for name in _ADDED[part])
