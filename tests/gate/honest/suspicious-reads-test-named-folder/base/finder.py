def is_test_file(name):
    """Whether a runner would collect `name`."""
    return name.startswith("test")
