"""Stand-ins for `node:test` and `node:assert` that tell what would have been compared."""

import re
from pathlib import PurePosixPath

_MODULES = re.compile(r"""(['"])(?:node:)?(test|assert/strict|assert)\1""")
_USES_NODE_TEST = re.compile(r"""['"]node:test['"]""")
# Beside the root; by their names no runner takes them for tests.
_SHIM = "hexci-%s-telling.cjs"

_SOURCE = """'use strict';
const real = require('node:test');
const realAssert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');
const state = (globalThis.__hexciTold ??= { copies: new Map(), now: '', at: 0 });
function tell(text) {
  if (!state.now) return;
  const line = `${state.now}:${state.at}\\t${text.replace(/\\s+/g, ' ')}\\n`;
  state.at += 1;
  fs.appendFileSync(path.join(__dirname, TOLD), line);
}
function told(value) {
  tell(util.inspect(value, { depth: 8, sorted: true, maxArrayLength: 200 }));
}
function telling(given) {
  const at = given.findIndex((part) => typeof part === 'function');
  if (at < 0) return given;
  const [title, body] = [String(given[0]), given[at]];
  const copy = state.copies.get(title) ?? 0;
  state.copies.set(title, copy + 1);
  const own = async function (context) {
    state.now = `${title}#${copy}`;
    state.at = 0;
    try {
      if (body.length >= 2) await new Promise((done) => body.call(this, context, done));
      else await body.call(this, context);
    } catch (error) {
      tell(`raised ${error && error.name}`);
    }
    state.now = '';
  };
  return given.map((part, index) => (index === at ? own : part));
}
function declaring(declare) {
  const own = (...given) => declare(...telling(given));
  for (const kind of ['skip', 'todo', 'only']) {
    if (declare[kind]) own[kind] = (...given) => declare[kind](...given);
  }
  return own;
}
function attempt(action) {
  try { action(); } catch (error) { return tell(`threw ${error && error.name}`); }
  return tell('threw nothing');
}
const own = (value) => told(value);
for (const name of Object.getOwnPropertyNames(realAssert)) {
  if (typeof realAssert[name] === 'function') own[name] = (value) => told(value);
}
own.throws = own.doesNotThrow = attempt;
own.rejects = own.doesNotReject = async (work) => {
  try { await (typeof work === 'function' ? work() : work); tell('threw nothing'); }
  catch (error) { tell(`threw ${error && error.name}`); }
};
own.strict = own;
own.AssertionError = realAssert.AssertionError;
"""
_TEST_EXPORTS = """
const declare = declaring(real.test || real);
module.exports = declare;
module.exports.test = declare;
module.exports.it = declaring(real.it);
module.exports.describe = real.describe;
module.exports.suite = real.suite;
module.exports.before = real.before;
module.exports.after = real.after;
module.exports.beforeEach = real.beforeEach;
module.exports.afterEach = real.afterEach;
module.exports.mock = real.mock;
module.exports.default = declare;
"""
_CHECKS = (
    "ok",
    "equal",
    "notEqual",
    "strictEqual",
    "notStrictEqual",
    "deepEqual",
    "notDeepEqual",
    "deepStrictEqual",
    "notDeepStrictEqual",
    "throws",
    "rejects",
    "doesNotThrow",
    "doesNotReject",
    "match",
    "doesNotMatch",
    "fail",
    "strict",
    "AssertionError",
)


def with_telling_modules(path: str, text: str) -> str:
    """The test file with ours in the place of node's modules; unchanged without `node:test`."""
    if not _USES_NODE_TEST.search(text):
        return text
    up = "../" * (len(PurePosixPath(path).parts) - 1) or "./"
    return _MODULES.sub(lambda m: f"{m[1]}{up}{_SHIM % m[2].replace('/', '-')}{m[1]}", text)


def telling_shims(told: str) -> dict[str, bytes]:
    """Our modules, which write to the file `told` beside them."""
    source = _SOURCE.replace("TOLD", f"'{told}'")
    exports = [f"module.exports.{name} = own.{name};" for name in _CHECKS]
    asserts = "\n".join(["module.exports = own;", "module.exports.default = own;", *exports])
    shims = {_SHIM % "test": source + _TEST_EXPORTS}
    shims |= {_SHIM % name: f"{source}\n{asserts}\n" for name in ("assert", "assert-strict")}
    return {path: text.encode() for path, text in shims.items()}
