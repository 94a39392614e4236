"""`hexci build`: agents design, attack, specify, test and code; the gate decides."""

import click

from hexci.cli.options import grant_option, model_options


@click.command("build")
@click.argument("challenge", required=False, default="")
@click.option("--target", metavar="DIR", default=".", show_default=True, help="Code goes there.")
@click.option("--gate", metavar="CMD", help="What proves it, or a name in .hexci/config.yaml.")
@click.option("--designs", type=int, default=3, show_default=True, metavar="N", help="1 to 4.")
@click.option("--review", is_flag=True, help="Review what was built before it lands.")
@click.option(
    "--candidate", "candidates", multiple=True, metavar="SPEC",
    help="Models that debate and write; the first writes the code, the next if it fails. "
    "Different ones play the different parts.",
)  # fmt: skip
@click.option("--base", default="HEAD", show_default=True, metavar="REF", help="Start from here.")
@click.option("--allow-edit", multiple=True, metavar="GLOB", help="Code may go there, too.")
@click.option("--protect", multiple=True, metavar="GLOB", help="Never touch these.")
@click.option("--timeout", type=float, metavar="S", help="Seconds for the whole build (1800).")
@click.option("--max-steps", type=int, metavar="N", help="Model turns of whoever writes code.")
@model_options
@grant_option
@click.option(
    "--resume", metavar="RUN", help="Take up a killed build: paid calls are not repeated."
)
@click.option("--dry-run", is_flag=True, help="Judge, show the patch, commit nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    challenge: str,
    target: str,
    gate: str | None,
    designs: int,
    review: bool,  # noqa: FBT001
    candidates: tuple[str, ...],
    base: str,
    allow_edit: tuple[str, ...],
    protect: tuple[str, ...],
    timeout: float | None,
    max_steps: int | None,
    max_usd: float | None,
    max_tokens: int | None,
    max_calls: int | None,
    record: str | None,
    replay: str | None,
    grants: tuple[str, ...],
    resume: str | None,
    dry_run: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """Have agents build what CHALLENGE asks for; commit it if the gate proves it.

    Several designs are made and attacked, one specification is agreed on, tests are written from
    it and frozen, then code is written until the gate says yes. Your files are never touched.
    """
    from hexci.compose import building, main_job, planning
    from hexci.compose.candidates import Tape
    from hexci.domain.building.order import order_of
    from hexci.domain.plan import AskedLimits, Mode

    if record and replay:
        raise click.UsageError("--record and --replay cannot be had together")
    tape = Tape(record, replay)
    if resume:
        result = building.resume(resume, tape=tape, grants=grants)
    else:
        order = order_of(challenge, target, designs, review=review, also=allow_edit)
        request = planning.request_from_argv(
            task=order.challenge,
            evidence=gate,
            mode=Mode.FEATURE,
            candidates=candidates,
            protect=protect,
            limits=AskedLimits(timeout, max_steps, max_usd, max_tokens, max_calls),
            dry_run=dry_run,
        )
        result = building.build(request, order, base, tape=tape, grants=grants)
    click.echo(main_job.result_as(result, as_json=as_json), nl=False)
    return result.outcome.exit_code
