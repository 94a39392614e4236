"""Which writer renders a report in which format. All five show the same findings."""

import importlib
from collections.abc import Callable

from hexci.domain.finding import Report

# format → module with a function `render(report) -> str`
FORMATS = {
    "text": "hexci.adapters.sinks.text",
    "json": "hexci.adapters.sinks.json_document",
    "sarif": "hexci.adapters.sinks.sarif",
    "github": "hexci.adapters.sinks.annotations",
}


def render(report: Report, format_name: str) -> str:
    """`report` as text in one of `FORMATS`, ending with a line end unless empty.

    It can be printed anywhere: a byte of a file's name that is not UTF-8 is written as its escape.
    """
    module = importlib.import_module(FORMATS[format_name])
    writer: Callable[[Report], str] = module.render
    return writer(report).encode("utf-8", "backslashreplace").decode("utf-8")
