"""Which step refuses which attack of the catalogue, and what would be lost without it.

    PYTHONPATH=tests python tests/gate/worth.py

One JSON document on stdout; `hexci bench gate` reads it.
"""

import json
import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from gate.catalogue import Case, load_cases, missing_tools
from gate.judging import judge, without

from hexci.domain.verdict import Step
from hexci.errors import HexciError


def decisive(case: Case, folder: Path) -> tuple[Step | None, bool]:
    """The step that refuses `case` (None: it is accepted), and whether no other one does."""
    judged = judge(case, folder)
    print(judged, file=sys.stderr)  # noqa: T201 - it takes minutes
    if judged.verdict.accepted:
        return None, False
    try:
        return judged.decisive, judge(case, folder, without(judged.decisive)).verdict.accepted
    except HexciError:
        return judged.decisive, False  # what only POLICY would refuse, git does not check out


def main() -> None:
    """Judges every attack whose tools are here."""
    attacks = load_cases("attacks")
    cases = [case for case in attacks if not missing_tools(case)]
    left = len(attacks) - len(cases)
    print(f"NOT JUDGED for lack of tools: {left}", file=sys.stderr)  # noqa: T201
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(partial(decisive, folder=Path(name)), cases))
    caught = Counter(step for step, _ in found)
    lost = Counter(step for step, alone in found if alone)
    steps = [{"step": s.value, "caught": caught[s], "lost": lost[s]} for s in Step]
    document = {"attacks": len(found), "accepted": caught[None], "steps": steps}
    print(json.dumps(document))  # noqa: T201 - its output


if __name__ == "__main__":
    main()
