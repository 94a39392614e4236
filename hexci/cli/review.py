"""`hexci review`: find defects, and believe only those that a test shows."""

from pathlib import Path

import click

from hexci.cli.options import model_options


@click.command("review")
@click.argument("target", default=".", metavar="[PATH|BASE..HEAD]")
@click.option("--gate", metavar="CMD", help="Passes now; or a name in .hexci/config.yaml.")
@click.option("--lens", "lenses", multiple=True, metavar="NAME", help="Look only for this.")
@click.option(
    "--candidate", "candidates", multiple=True, metavar="SPEC",
    help="A model that looks, too. Default: only lenses that need none.",
)  # fmt: skip
@click.option(
    "--mode", type=click.Choice(["feature", "refactor"]), default="feature", show_default=True,
    help="In a refactoring every answer has to stay as it was on BASE.",
)  # fmt: skip
@click.option("--fix", is_flag=True, help="Fix each finding, as hexci do would, on a branch.")
@click.option("--timeout", type=float, metavar="S", help="Seconds in all (1800).")
@model_options
@click.option("--seed", type=int, default=0, show_default=True, help="Of the searches.")
@click.option("--resume", metavar="RUN", help="Take up a killed review: nothing is paid twice.")
@click.option(
    "--format", "format_name", type=click.Choice(["text", "json", "sarif", "github", "comment"]),
    default="text", show_default=True,
)  # fmt: skip
@click.option(
    "--since", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="An earlier review (its comment or JSON): what is resolved is told.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    target: str,
    gate: str | None,
    lenses: tuple[str, ...],
    candidates: tuple[str, ...],
    mode: str,
    fix: bool,  # noqa: FBT001
    timeout: float | None,
    max_usd: float | None,
    max_tokens: int | None,
    max_calls: int | None,
    record: str | None,
    replay: str | None,
    seed: int,
    resume: str | None,
    format_name: str,
    since: Path | None,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Hunt for defects in PATH, or in what changed from BASE to HEAD.

    A finding counts only when a test shows it: in a clean clone, three times out of three, for
    the reason that was claimed. Your checkout is never touched; what --fix lands is on branches
    of its own, the test that shows the defect first.
    """
    from hexci.compose import planning
    from hexci.compose import review as wiring
    from hexci.compose.candidates import Tape
    from hexci.domain.plan import AskedLimits, Mode

    if record and replay:
        raise click.UsageError("--record and --replay cannot be had together")
    request = planning.request_from_argv(
        task=f"review {target}",
        evidence=gate,
        mode=Mode(mode),
        # it looks at nothing, but may fix what others found
        candidates=tuple(dict.fromkeys(("repair", *candidates))),
        limits=AskedLimits(timeout, None, max_usd, max_tokens, max_calls),
        seed=seed,
    )
    format_name = "json" if as_json else format_name
    outcome, text = wiring.review(
        request,
        target,
        lenses,
        Tape(record, replay),
        format_name,
        fix=fix,
        resume=resume or "",
        since=since,
    )
    click.echo(text, nl=False)
    return outcome.exit_code
