"""The one place where an exception becomes a message and an exit code."""

import errno
import signal
import sys

import click

from hexci.domain.outcome import Outcome
from hexci.errors import HexciError


def exit_with(cli: click.Group) -> int:
    """Runs `cli` on `sys.argv`; the exit code of whatever happened.

    A `HexciError` prints its message and hint. Anything unknown is a bug of ours: it prints a
    traceback and exits 7, never 0. Ctrl-C and SIGTERM exit 128 plus the signal's number, as
    shells do, after the verb has cleaned up.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        result = cli.main(standalone_mode=False)
    except click.exceptions.Abort as abort:
        click.echo("interrupted; nothing was committed", err=True)
        cause = abort.__cause__ or abort.__context__
        return 128 + (signal.SIGTERM if isinstance(cause, Terminated) else signal.SIGINT)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return Outcome.BAD_INPUT.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return Outcome.BAD_INPUT.exit_code
    except HexciError as error:
        click.echo(f"hexci: {error}", err=True)
        return Outcome(error.outcome).exit_code
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _our_bug(error)
        click.echo(f"hexci: infra_error: {error}; nothing was committed", err=True)
        return Outcome.INFRA_ERROR.exit_code
    except Exception as error:  # noqa: BLE001 - the outermost boundary
        return _our_bug(error)
    return result if isinstance(result, int) else 0


class Terminated(KeyboardInterrupt):
    """SIGTERM, cleaned up after like Ctrl-C: a CI runner that cancels a job sends it."""


def _terminate(*_: object) -> None:
    raise Terminated


def _our_bug(error: Exception) -> int:
    import traceback

    traceback.print_exception(error, file=sys.stderr)
    click.echo("hexci: infra_error: this is a bug of hexci; nothing was committed", err=True)
    return Outcome.INFRA_ERROR.exit_code
