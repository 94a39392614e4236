from xml.sax.saxutils import quoteattr


def suite(name, failures):
    """A JUnit testsuite as text."""
    return f"<testsuite name={quoteattr(name)} failures='{failures}'/>"
