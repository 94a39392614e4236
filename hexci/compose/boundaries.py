"""Wires the check of boundaries and what is written of it."""

TYPE_CHECKING = False  # that of `typing` takes 3 ms to import
if TYPE_CHECKING:
    from hexci.adapters.sources.stamps import Stamp as Stamp  # noqa: PLC0414 - for the verb
    from hexci.domain.boundaries.graph import Graph
    from hexci.usecases.analyze_boundaries import Analysis, Analyzer


PICTURES = frozenset(("mermaid", "dot", "html"))


def analyzer(
    root: str,
    tree: str,
    *,
    cache: str | None = None,
    full_parse: bool = False,
    stamp: "Stamp | None" = None,
) -> "Analyzer":
    """Checks boundaries below `root`.

    `tree` is `worktree`, `staged` or a commit; `cache` the folder of the kept graph (None: none);
    `stamp` saves asking git again.
    """
    from hexci.adapters.extracts.stored_graph import NoGraph, StoredGraph
    from hexci.adapters.manifests.boundaries import parse_boundaries, parse_pyproject
    from hexci.adapters.sources.choosing import sources_for
    from hexci.adapters.treesitter.lazily import LazyParser
    from hexci.usecases.analyze_boundaries import Analyzer

    return Analyzer(
        sources=sources_for(root, tree, stamp),
        parser=LazyParser(),
        store=NoGraph() if cache is None else StoredGraph(cache),
        read_yaml=parse_boundaries,
        read_pyproject=parse_pyproject,
        full_parse=full_parse,
    )


def analyze_cache(root: str) -> str:
    """The folder where the graph of `root` is kept."""
    from hexci.adapters.sources.choosing import cache_folder

    return cache_folder(root)


def analyze_stamp(root: str, tree: str) -> "Stamp":
    """What tells whether an answer still holds."""
    from hexci.adapters.sources.stamps import stamp_of

    return stamp_of(root, tree)


def keep_answer(  # noqa: PLR0913, PLR0917
    argv: list[str],
    root: str,
    tree: str,
    stamp: "Stamp",
    analysis: "Analysis",
    text: str,
    format_name: str,
) -> None:
    """Keeps a finished answer for the next run."""
    from hexci.adapters.sources.heads import IMPORTS, TEXTS, Head, keep
    from hexci.adapters.sources.kept_guards import numbers_text
    from hexci.domain.boundaries.guarding import guards_of

    of_what = TEXTS if analysis.looked_into_texts else IMPORTS
    head = Head(root, tree, analysis.report.outcome.exit_code, text, of_what)
    guards = None
    # a picture shows the imports themselves
    if of_what == IMPORTS and stamp.index is not None and format_name not in PICTURES:
        guards = guards_of(
            analysis.settings, analysis.graph, analysis.judgement, analysis.everything
        )
        head.numbers = numbers_text(analysis.numbers)
    keep(argv, head, stamp, analysis.parsed, guards)


def today() -> str:
    """The date in UTC, as 2027-01-31."""
    import time

    return time.strftime("%Y-%m-%d", time.gmtime())


def analysis_as(analysis: "Analysis", format_name: str) -> str:
    """An analysis in one of the formats of `hexci analyze`, or as `summary`."""
    from hexci.adapters.sinks.report import FORMATS, render

    if format_name in FORMATS:
        return render(analysis.report, format_name)
    from hexci.adapters.sinks.picture import render_picture
    from hexci.domain.boundaries.picture import picture

    drawn = picture(analysis.settings, analysis.graph, analysis.judgement)
    return render_picture(drawn, analysis.report, format_name)


def update_baseline(analysis: "Analysis", root: str, reason: str) -> str:
    """Writes today's violations to the baseline of `root`; what was done, in words."""
    from hexci.domain.boundaries.baseline import updated
    from hexci.domain.boundaries.settings import BASELINE_PATH

    text, words = updated(analysis.judgement.unexcused, analysis.known, reason)
    write_text(f"{root}/{BASELINE_PATH}", text)
    return f"{BASELINE_PATH}: {words}"


def survey_as(graph: "Graph", *, modules: bool) -> str:
    """The modules of a graph, or a proposal for its config."""
    if modules:
        lines = (f"{m}\t{p}\n" for m, p in zip(graph.modules, graph.paths, strict=True))
        return "".join(sorted(lines))
    from hexci.domain.boundaries.infer import propose

    return propose(graph)


def imported_boundaries(tool: str, root: str) -> str:
    """Another tool's config below `root` as ours."""
    from hexci.adapters.migrations.reading import boundaries_from

    return boundaries_from(tool, root)


def write_text(file: str, text: str) -> None:
    """Writes a file whole, its folder made where it is missing."""
    import os

    os.makedirs(os.path.dirname(file) or ".", exist_ok=True)  # noqa: PTH103, PTH120
    with open(file, "w", encoding="utf-8", newline="") as sink:  # noqa: PTH123 - 8 ms for pathlib
        sink.write(text)


def append_text(file: str, text: str) -> None:
    """Appends to a file."""
    with open(file, "a", encoding="utf-8", newline="") as sink:  # noqa: PTH123 - likewise
        sink.write(text)
