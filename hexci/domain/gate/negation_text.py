"""The negation probe for JavaScript, Go and Rust tests: none of them can pass honestly."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from hexci.domain.gate.masking import closing, family_of, masked
from hexci.domain.gate.negation_expect import negate_expectations

# At the root; by their names no runner takes them for tests.
_SHIM = "hexci-%s-negation.cjs"
_TEST_MODULES = re.compile(r"""(['"])(?:node:)?(test|assert/strict|assert)\1""")
_USES_NODE_TEST = re.compile(r"""['"]node:test['"]""")
_RUST_TEST = re.compile(r"#\[(?:\w+::)*test\b[^\]]*\]")
_GO_TEST = re.compile(r"\bfunc\s+Test\w*\s*\(\s*(\w+)\s+\*testing\.T\s*\)\s*\{")
_GUARD = (
    " struct HexciGuard; impl Drop for HexciGuard { fn drop(&mut self) {"
    ' if !::std::thread::panicking() { panic!("negated by hexci") } } }'
    " let _hexci_guard = HexciGuard; "
)

_SHIM_SOURCE = """'use strict';
const real = require('node:test');
const seen = [];
function fails(check) {
  try { check(); } catch { return; }
  seen.push(1);
}
function negated(body) {
  if (typeof body !== 'function') return body;
  const settle = () => { if (!seen.length) throw new Error('negated by hexci'); };
  if (body.length >= 2) {
    return function (context, done) {
      seen.length = 0;
      return body.call(this, wrapped(context), (error) => {
        if (error) { done(error); return; }
        try { settle(); done(); } catch (negation) { done(negation); }
      });
    };
  }
  return async function (context) {
    seen.length = 0;
    await body.call(this, wrapped(context));
    settle();
  };
}
function wrapped(context) {
  return new Proxy(context, {
    get(target, name) {
      const value = target[name];
      if (name === 'test') return (...given) => target.test(...given.map(negated));
      if (name === 'assert') return value;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
function declaring(declare) {
  const own = (...given) => declare(...given.map(negated));
  for (const kind of ['skip', 'todo', 'only']) {
    if (declare[kind]) own[kind] = (...given) => declare[kind](...given.map(negated));
  }
  return own;
}
function checking(assert) {
  const pairs = ['equal', 'strictEqual', 'deepEqual', 'deepStrictEqual'];
  const fixed = {
    ok: [false], notEqual: [1, 1], notStrictEqual: [1, 1], notDeepEqual: [1, 1],
    notDeepStrictEqual: [1, 1], throws: [() => {}], match: ['a', /b/], doesNotMatch: ['a', /a/],
  };
  const own = (...given) => {
    assert(...given);
    fails(() => assert(false));
  };
  for (const name of Object.getOwnPropertyNames(assert)) {
    if (typeof assert[name] !== 'function') continue;
    own[name] = (...given) => {
      const check = assert[name];
      const result = check.apply(assert, given);
      if (pairs.includes(name) && given.length >= 2) {
        fails(() => check.call(assert, given[0], Symbol('other')));
        fails(() => check.call(assert, Symbol('other'), given[1]));
      } else if (fixed[name]) {
        fails(() => check.apply(assert, fixed[name]));
      }
      return result;
    };
  }
  if (assert.AssertionError) own.AssertionError = assert.AssertionError;
  return own;
}
"""
_TEST_EXPORTS = """
const own = declaring(real.test || real);
module.exports = own;
module.exports.test = own;
module.exports.it = declaring(real.it);
module.exports.describe = real.describe;
module.exports.suite = real.suite;
module.exports.before = real.before;
module.exports.after = real.after;
module.exports.beforeEach = real.beforeEach;
module.exports.afterEach = real.afterEach;
module.exports.mock = real.mock;
module.exports.default = own;
"""
_ASSERT_EXPORTS = """
module.exports = own;
module.exports.default = own;
module.exports.ok = own.ok;
module.exports.equal = own.equal;
module.exports.notEqual = own.notEqual;
module.exports.strictEqual = own.strictEqual;
module.exports.notStrictEqual = own.notStrictEqual;
module.exports.deepEqual = own.deepEqual;
module.exports.notDeepEqual = own.notDeepEqual;
module.exports.deepStrictEqual = own.deepStrictEqual;
module.exports.notDeepStrictEqual = own.notDeepStrictEqual;
module.exports.throws = own.throws;
module.exports.rejects = own.rejects;
module.exports.doesNotThrow = own.doesNotThrow;
module.exports.doesNotReject = own.doesNotReject;
module.exports.match = own.match;
module.exports.doesNotMatch = own.doesNotMatch;
module.exports.fail = own.fail;
module.exports.strict = own.strict;
module.exports.AssertionError = own.AssertionError;
"""


def negate_texts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The rewritten test files of `files`, with what they need beside them; empty: none can be."""
    rewritten: dict[str, bytes] = {}
    for path, content in files.items():
        text = content.decode("utf-8", "surrogateescape")
        negated = _BY_FAMILY.get(family_of(path), _unchanged)(path, text)
        if negated != text:
            rewritten[path] = negated.encode("utf-8", "surrogateescape")
    if any(family_of(path) == "ecmascript" for path in rewritten):
        rewritten |= _shims()
    return rewritten


def _shims() -> dict[str, bytes]:
    tests = _SHIM_SOURCE.replace("const seen = []", "const seen = (globalThis.__hexciSeen ??= [])")
    asserts = {
        "assert": "const own = checking(require('node:assert'));",
        "assert-strict": "const own = checking(require('node:assert').strict);",
    }
    shims = {_shim("test"): tests + _TEST_EXPORTS}
    shims |= {_shim(name): f"{tests}{own}\n{_ASSERT_EXPORTS}" for name, own in asserts.items()}
    return {path: source.encode() for path, source in shims.items()}


def _shim(name: str) -> str:
    return _SHIM % name


def _node(path: str, text: str) -> str:
    if not _USES_NODE_TEST.search(text):
        negated = negate_expectations(text)
        untyped = PurePosixPath(path).suffix in {".ts", ".tsx", ".mts", ".cts"}
        return f"// @ts-nocheck\n{negated}" if untyped and negated != text else negated
    up = "../" * (len(PurePosixPath(path).parts) - 1) or "./"
    return _TEST_MODULES.sub(lambda m: f"{m[1]}{up}{_shim(m[2].replace('/', '-'))}{m[1]}", text)


def _go(_: str, text: str) -> str:
    guard = ' defer func() { if !%s.Failed() { %s.Errorf("negated by hexci") } }(); '
    mask = masked(text, "go")
    for test in reversed(list(_GO_TEST.finditer(mask))):
        text = text[: test.end()] + guard % (test[1], test[1]) + text[test.end() :]
    return text


def _rust(_: str, text: str) -> str:
    mask = masked(text, "rust")
    for test in reversed(list(_RUST_TEST.finditer(mask))):
        opening = mask.find("{", test.end())
        if opening < 0:
            continue
        panics = "should_panic" in mask[test.start() - 40 : opening]
        # a test that must panic fails when it returns; any other when its guard is dropped
        body = "" if panics else text[opening + 1 : closing(mask, opening)]
        text = (
            text[: opening + 1]
            + ("" if panics else _GUARD)
            + body
            + (text[closing(mask, opening) :])
        )
    return text


def _unchanged(_: str, text: str) -> str:
    return text


_BY_FAMILY = {"ecmascript": _node, "go": _go, "rust": _rust}
