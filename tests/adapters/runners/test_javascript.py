"""The accounts of node's own runner and, slowly, of jest, vitest and mocha from the registry."""

import json
import shutil
from pathlib import Path

import pytest
from fakes.registry import lay_installed
from fakes.runners import Runs, statuses

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")

NODE = """
const { test, describe, it } = require('node:test');
const assert = require('node:assert');
test('good', () => {});
test('bad', () => assert.strictEqual(1, 2));
test.skip('skipped', () => {});
test.todo('todo');
describe('suite', () => {
  it('one', () => {});
  describe('inner', () => { it('one', () => {}); });
});
test('parent', async (t) => { await t.test('kid', () => { throw new Error('kid'); }); });
"""


@needs_node
@pytest.mark.parametrize("command", ["node --test", "npm test", "node --test sub/"])
def test_node_tells_every_test(run: Runs, command: str) -> None:
    files = {
        "sub/a.test.js": NODE,
        "package.json": json.dumps({"scripts": {"test": "node --test sub/"}}),
    }
    done = run(command, files)
    assert (done.exit_code, statuses(done)) == (
        1,
        {
            "sub/a.test.js::good": "passed",
            "sub/a.test.js::bad": "failed",
            "sub/a.test.js::skipped": "skipped",
            "sub/a.test.js::todo": "skipped",
            "sub/a.test.js::suite > one": "passed",
            "sub/a.test.js::suite > inner > one": "passed",
            "sub/a.test.js::parent > kid": "failed",
            "sub/a.test.js::parent": "failed",
        },
    )


@needs_node
def test_node_runs_selected_tests(run: Runs) -> None:
    wanted = ["sub/a.test.js::good", "sub/a.test.js::suite > one"]
    done = run("node --test", {"sub/a.test.js": NODE}, only=wanted)
    found = statuses(done)
    assert (done.exit_code, {found[id_] for id_ in wanted}) == (0, {"passed"})
    assert found.get("sub/a.test.js::bad", "skipped") == "skipped"


@needs_node
@pytest.mark.parametrize("text", ["this is not javascript", "throw new Error('at import')"])
def test_a_file_that_node_cannot_load_has_failed(run: Runs, text: str) -> None:
    assert statuses(run("node --test", {"a.test.js": text})) == {"a.test.js": "failed"}


@needs_node
@pytest.mark.parametrize(
    "text", ["", "require('node:test').test.skip('s', () => {})"], ids=["no file", "all skipped"]
)
def test_node_without_tests_executes_none(run: Runs, text: str) -> None:
    done = run("node --test", {"a.test.js" if text else "README": text})
    assert done.account is not None
    assert (done.exit_code, done.account.executed) == (0, frozenset())


@needs_node
def test_a_process_that_exits_early_is_not_green(run: Runs) -> None:
    wares = "process.exit(0)"
    test = "require('node:test').test('bad', () => { require('./wares.js'); throw 1 })"
    done = run("node --test", {"a.test.js": test, "wares.js": wares})
    assert "a.test.js::bad" not in statuses(done)


# ------------------------------------------------------------------- runners from the registry

TESTS = """
test('good', () => {});
test('bad', () => { throw new Error('of course'); });
SKIP('skipped', () => {});
describe('suite', () => { test('one', () => {}); });
"""
RUNNERS = {
    "jest": ("npx jest --ci", "test.skip", ""),
    "vitest": ("npx vitest run", "test.skip", "import { test, describe } from 'vitest';"),
    "mocha": ("npx mocha test/a.test.js", "it.skip", "const test = it;"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNNERS)
def test_runners_of_the_registry_tell_every_test(run: Runs, tmp_path: Path, name: str) -> None:
    command, skip, head = RUNNERS[name]
    lay_installed(name, tmp_path / "room")
    files = {"test/a.test.js": head + TESTS.replace("SKIP", skip)}
    done = run(command, files)
    assert (done.exit_code, statuses(done)) == (
        1,
        {
            "test/a.test.js::good": "passed",
            "test/a.test.js::bad": "failed",
            "test/a.test.js::skipped": "skipped",
            "test/a.test.js::suite one": "passed",
        },
    )
    wanted = ["test/a.test.js::suite one"]
    alone = run(command, {}, only=wanted)
    assert (alone.exit_code, alone.account and alone.account.executed) == (0, frozenset(wanted))
