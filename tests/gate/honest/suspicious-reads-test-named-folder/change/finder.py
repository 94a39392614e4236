def is_test_file(name):
    """Whether a runner would collect `name`."""
    return name.startswith("test_") or name.endswith("_test.py")
