"""The entry point: `hexci` and `python -m hexci`."""

import os
import sys


def main() -> None:
    """Runs the verbs that hooks wait for without the command line, and that for all else."""
    if sys.argv[1:2] == ["analyze"]:
        from hexci.adapters.sources.heads import answer  # noqa: PLC0415

        code = answer(sys.argv[2:])
        if code is None:
            import gc  # noqa: PLC0415

            gc.disable()  # half a second of allocations, no cycle among them, then the process ends
            from hexci.cli.plainly import run_plainly  # noqa: PLC0415

            code = run_plainly(sys.argv[2:])
            gc.enable()
        if code is not None:
            sys.stdout.flush()
            os._exit(code)  # taking the graph apart first would cost a thirtieth of the run
    if sys.argv[1:3] == ["adr", "check"]:
        from hexci.cli.plainly_adr import run_plainly as check_plainly  # noqa: PLC0415

        code = check_plainly(sys.argv[3:])
        if code is not None:
            sys.stdout.flush()
            os._exit(code)  # taking the graph apart first would cost a thirtieth of the run
    if sys.argv[1:2] in (["validate"], ["lint"]):
        from hexci.cli.plainly_manifests import run_plainly as judge_plainly  # noqa: PLC0415

        code = judge_plainly(sys.argv[1], sys.argv[2:])
        if code is not None:
            sys.stdout.flush()
            os._exit(code)  # likewise, an eighth
    from hexci.cli.main import main as run  # noqa: PLC0415 - click costs 25 ms

    run()


if __name__ == "__main__":
    main()
