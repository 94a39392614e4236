"""`hexci do`: the main job."""

import click

from hexci.cli.options import evidence_options, grant_option, model_options, path_options


@click.command("do")
@click.argument("task", required=False, default="")
@evidence_options
@path_options
@click.option("--file", "files", multiple=True, metavar="PATH", help="Where the work is; repeat.")
@click.option(
    "--candidate", "candidates", multiple=True, metavar="SPEC",
    help="Who tries, in order: repair, openai/MODEL, anthropic/MODEL, ollama/MODEL, "
    "local[:GGUF], claude-code[/MODEL], cmd:ARGV. Default: repair, then what is reachable.",
)  # fmt: skip
@click.option("--base", default="HEAD", show_default=True, metavar="REF", help="Start from here.")
@click.option("--max-steps", type=int, metavar="N", help="Model turns for each candidate.")
@model_options
@grant_option
@click.option("--dry-run", is_flag=True, help="Judge, show the patch, commit nothing.")
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same search.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    task: str,
    evidence: str | None,
    mode: str,
    timeout: float | None,
    allow_edit: tuple[str, ...],
    protect: tuple[str, ...],
    files: tuple[str, ...],
    candidates: tuple[str, ...],
    base: str,
    max_steps: int | None,
    max_usd: float | None,
    max_tokens: int | None,
    max_calls: int | None,
    record: str | None,
    replay: str | None,
    grants: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001
    seed: int,
    as_json: bool,  # noqa: FBT001
) -> int:
    """Let candidates change a copy of the code for TASK; commit what the evidence proves.

    Your branch, index and files are never touched: an accepted change is a commit on
    hex/auto/<run>.
    """
    from hexci.compose import main_job, planning
    from hexci.compose.candidates import Tape
    from hexci.domain.plan import AskedLimits, Mode

    if record and replay:
        raise click.UsageError("--record and --replay cannot be had together")
    request = planning.request_from_argv(
        task=task or "make the evidence pass",
        evidence=evidence,
        mode=Mode(mode),
        files=files,
        candidates=candidates,
        allow_edit=allow_edit,
        protect=protect,
        limits=AskedLimits(timeout, max_steps, max_usd, max_tokens, max_calls),
        dry_run=dry_run,
        seed=seed,
    )
    result = main_job.do(request, base, tape=Tape(record, replay), grants=grants)
    click.echo(main_job.result_as(result, as_json=as_json), nl=False)
    return result.outcome.exit_code
