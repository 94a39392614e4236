"""The one place where an exception becomes a message and an exit code."""

import sys

import click

from hexci.domain.outcome import Outcome
from hexci.errors import HexciError


def exit_with(cli: click.Group) -> int:
    """Runs `cli` on `sys.argv`; the exit code of whatever happened.

    A `HexciError` prints its message and hint. Anything unknown is a bug of ours: it prints a
    traceback and exits 7, never 0. Ctrl-C exits 130 after the verb has cleaned up.
    """
    try:
        result = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return Outcome.BAD_INPUT.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return Outcome.BAD_INPUT.exit_code
    except HexciError as error:
        click.echo(f"hexci: {error}", err=True)
        return Outcome(error.outcome).exit_code
    except Exception as error:  # noqa: BLE001 - the outermost boundary
        return _our_bug(error)
    return result if isinstance(result, int) else 0


def _our_bug(error: Exception) -> int:
    import traceback

    traceback.print_exception(error, file=sys.stderr)
    click.echo("hexci: infra_error: this is a bug of hexci; nothing was committed", err=True)
    return Outcome.INFRA_ERROR.exit_code
