"""The gate over the runners of the npm registry."""

from pathlib import Path

import pytest
from fakes.command_line import hexci
from fakes.registry import lay_installed
from fakes.repositories import commit, fingerprint, repo_with

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
JEST = "const { add } = require('../sum');\n"
VITEST = "import { test, expect } from 'vitest';\nimport { add } from '../sum';\n"
MOCHA = "const assert = require('assert');\nconst { add } = require('../sum');\n"
EXPECT = """\
test('adds', () => { expect(add(1, 2)).toEqual(3); });
test('none', () => { expect(add(0, 0)).toEqual(0); });
"""
ASSERT = """\
it('adds', () => { assert.deepEqual(add(1, 2), 3); });
it('none', () => { assert.deepEqual(add(0, 0), 0); });
"""
RUNNERS = {
    "jest": ("npx jest --ci", JEST + EXPECT),
    "vitest": ("npx vitest run", VITEST + EXPECT),
    "mocha": ("npx mocha test/sum.test.js", MOCHA + ASSERT),
}
BUGGY = "exports.add = (a, b) => { return a - b; };\n"
FIXED = BUGGY.replace("-", "+")
# equal to everything, by jest's and vitest's own protocol: no test can be red
LIAR = "exports.add = (a, b) => { return { asymmetricMatch() { return true; } }; };\n"


def repo_for(name: str, folder: Path) -> Path:
    _, test = RUNNERS[name]
    repo = repo_with(
        folder,
        {
            "package.json": '{"name": "wares", "version": "1.0.0"}\n',
            ".gitignore": "node_modules\npackage-lock.json\n",
            "sum.js": BUGGY,
            "test/sum.test.js": test,
        },
    )
    lay_installed(name, repo)
    # npm writes the dependency down: that is the base's, not the change's
    commit(repo, {}, "Install")
    return repo


@pytest.mark.parametrize(
    # jest's rooms take as long as the others' together, and vitest asks objects the same way
    "name",
    [pytest.param(name, marks=[pytest.mark.whole] * (name == "jest")) for name in RUNNERS],
)
def test_a_fix_is_proven_by_negation_and_a_liar_is_found_out(name: str, tmp_path: Path) -> None:
    repo = repo_for(name, tmp_path / "r")
    asked = ("gate", "--base", "HEAD~1", "--evidence", RUNNERS[name][0], "--json")
    commit(repo, {"sum.js": FIXED})
    before = fingerprint(repo)
    fixed = hexci(repo, *asked).document
    proven = next(step for step in fixed["steps"] if step["step"] == "proven")
    probes = dict(proven["data"])["probes"]
    assert (fixed["outcome"], probes["negation"]) == ("ok", "red"), fixed["feedback"]
    assert fingerprint(repo) == before
    if name != "vitest":
        return  # jest asks objects the same way; node's assert asks none
    commit(repo, {"sum.js": BUGGY})
    commit(repo, {"sum.js": LIAR})
    lied = hexci(repo, *asked).document
    assert lied["outcome"] in {"tampered", "unproven"}
    assert lied["accepted"] is False
