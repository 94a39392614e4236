"""The picture of a graph as Mermaid, DOT, one HTML page or a step summary."""

import importlib
from collections.abc import Callable

from hexci.domain.boundaries.picture import Picture
from hexci.domain.finding import Report

_WRITERS = {
    "mermaid": "hexci.adapters.sinks.diagrams:mermaid",
    "dot": "hexci.adapters.sinks.diagrams:dot",
    "html": "hexci.adapters.sinks.html_page:page",
    "summary": "hexci.adapters.sinks.step_summary:summary",
}


def render_picture(picture: Picture, report: Report, format_name: str) -> str:
    """The picture and the report's findings in one of the four forms."""
    module, _, function = _WRITERS[format_name].partition(":")
    writer: Callable[[Picture, Report], str] = getattr(importlib.import_module(module), function)
    return writer(picture, report)
