"""Slugs that are free."""


def unique(slug, taken):
    """`slug`, or `slug-2`, `slug-3`, … whichever is not in `taken`."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
