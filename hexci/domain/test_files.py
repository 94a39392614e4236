"""Which files are tests by their name, in the ways of the runners we know."""

from hexci.domain.globs import matches

_GLOBS = (
    "test_*.py", "*_test.py", "tests.py", "conftest.py", "tests/**", "test/**", "**/tests/**",
    "**/test/**", "*.test.*", "*.spec.*", "**/__tests__/**", "*_test.go", "setup.py", "noxfile.py",
)  # fmt: skip


def is_test_file(path: str) -> bool:
    """Whether a path looks like a test or its set-up."""
    return matches(path, _GLOBS)
