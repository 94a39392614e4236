"""`hexci run`: a pipeline."""

import click


@click.command("run")
@click.argument("manifest", required=False)
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--pipeline", default="", metavar="NAME", help="Which one, where there are several.")
@click.option("--base", default="HEAD", show_default=True, metavar="REF", help="Of this commit.")
@click.option("--limit", "limits", multiple=True, metavar="NAME=N", help="max_usd=1, timeout=60, …")
@click.option("--deny", "denied", multiple=True, metavar="CAP", help="What it may not do now.")
@click.option("--resume", metavar="RUN", help="Go on with a suspended or lost run.")
@click.option("--approve", default="", metavar="NODE", help="Say yes to a wait of that run.")
@click.option("--reject", default="", metavar="NODE", help="Say no to a wait of that run.")
@click.option("--accept-drift", is_flag=True, help="Go on though the manifest has changed.")
@click.option("--fail-on-suspend", is_flag=True, help="Exit 1 when the run waits for somebody.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    manifest: str | None,
    inputs: tuple[str, ...],
    pipeline: str,
    base: str,
    limits: tuple[str, ...],
    denied: tuple[str, ...],
    resume: str | None,
    approve: str,
    reject: str,
    accept_drift: bool,  # noqa: FBT001
    fail_on_suspend: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """Run a pipeline of MANIFEST, as it stands in a commit, under its capabilities and limits."""
    from hexci.compose import pipelines
    from hexci.domain.law.narrowed import Narrowed
    from hexci.domain.outcome import Outcome
    from hexci.errors import ConflictError

    if (manifest is None) == (resume is None):
        raise click.UsageError("give a MANIFEST, or --resume RUN")
    if (approve or reject) and (resume is None or (approve and reject)):
        raise click.UsageError("--approve or --reject goes with --resume")
    if (limits or denied) and resume is not None:
        raise click.UsageError("a resumed run is as narrow as it began")
    if manifest is not None:
        ended = pipelines.run(manifest, inputs, base, pipeline, Narrowed(limits, denied))
    else:
        try:
            ended = pipelines.resume(
                resume or "", approve=approve, reject=reject, accept_drift=accept_drift
            )
        except ConflictError as error:
            # whoever has the run does the work: nothing is left to do here
            click.echo(f"not resumed: {error}", err=True)
            return 0
    click.echo(pipelines.ended_as(ended, as_json=as_json), nl=False)
    outcome = ended.result.outcome
    return 1 if fail_on_suspend and outcome is Outcome.SUSPENDED else outcome.exit_code
