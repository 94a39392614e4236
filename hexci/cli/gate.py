"""`hexci gate`: the gate alone, for anyone's change."""

from typing import BinaryIO

import click

from hexci.cli.options import evidence_options, path_options


@click.command("gate")
@evidence_options
@path_options
@click.option(
    "--base",
    metavar="REF",
    envvar="PRE_COMMIT_FROM_REF",
    help="What the change starts from; in a pre-push hook: what the remote has.",
)
@click.option(
    "--head", metavar="REF", envvar="PRE_COMMIT_TO_REF",
    help="The commit that holds the change. Default: HEAD.",
)  # fmt: skip
@click.option(
    "--patch", type=click.File("rb"), metavar="FILE", help="Judge this patch on --base instead."
)
@click.option(
    "--minimise", is_flag=True,
    help="Print the smallest part of an accepted change that is accepted as well, as a patch.",
)  # fmt: skip
@click.option(
    "--staged", is_flag=True,
    help="Judge only the paths of what is staged, as a commit hook: patch policy, protected paths.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    evidence: str | None,
    mode: str,
    timeout: float | None,
    allow_edit: tuple[str, ...],
    protect: tuple[str, ...],
    base: str | None,
    head: str | None,
    patch: BinaryIO | None,
    minimise: bool,  # noqa: FBT001
    staged: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> int:
    """Judge a change by the evidence, without making one. Your checkout is never touched."""
    from hexci.domain.plan import AskedLimits, Mode

    if staged:
        if head or patch or minimise or as_json or timeout:
            raise click.UsageError("--staged judges paths only; leave the other options out")
        return _staged(evidence, mode, allow_edit, protect)
    if base is None:
        raise click.UsageError("Missing option '--base'.")
    from hexci.compose import gate, planning

    if head is not None and patch is not None:
        raise click.UsageError("give --head or --patch, not both")
    if minimise and Mode(mode) is Mode.REFACTOR:
        raise click.UsageError("the evidence of a refactoring is as green without any of it")
    request = planning.request_from_argv(
        task="judge a change",
        evidence=evidence,
        mode=Mode(mode),
        candidates=("repair",),  # nobody is asked to change anything
        allow_edit=allow_edit,
        protect=protect,
        limits=AskedLimits(timeout),
    )
    content = patch.read() if patch is not None else None
    outcome, text = gate.judge(
        request, base, head or "HEAD", content, as_json=as_json, minimise=minimise
    )
    click.echo(text, nl=False)
    return outcome.exit_code


def _staged(
    evidence: str | None, mode: str, allow_edit: tuple[str, ...], protect: tuple[str, ...]
) -> int:
    from hexci.compose import staged
    from hexci.domain.plan import Mode, PathRules

    paths = PathRules((allow_edit,) if allow_edit else (), protect)
    outcome, text = staged.judge_staged(evidence, Mode(mode), paths)
    click.echo(text, nl=False)
    return outcome.exit_code
