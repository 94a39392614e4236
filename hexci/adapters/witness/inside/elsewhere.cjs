'use strict';
// Preloaded into every Node process of a run; acts in those where tests run. There it is another
// machine, years later, at a program's start that no test file is named in.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const Module = require('node:module');

const LATER = 3_000_000_000_000; // milliseconds, about 95 years
const HIDDEN = new Set(['NODE_OPTIONS', 'NODE_TEST_CONTEXT', 'NODE_TEST_WORKER_ID']);

function runsTests() {
  if (process.env.NODE_TEST_CONTEXT) return true;
  return /[\\/](_?mocha|mocha\.js)$/.test(process.argv[1] || '');
}

function answer(thing, name, value) {
  Object.defineProperty(thing, name, { value, configurable: true, writable: true });
}

function later() {
  const Real = Date;
  const now = () => Real.now() + LATER;
  globalThis.Date = new Proxy(Real, {
    construct: (kind, given, target) =>
      Reflect.construct(kind, given.length ? given : [now()], target),
    apply: () => new Real(now()).toString(),
    get: (kind, name) => (name === 'now' ? now : kind[name]),
  });
  const up = process.uptime.bind(process);
  process.uptime = () => up() + 86_400;
}

function anotherMachine() {
  answer(process, 'pid', process.pid + 50_000);
  answer(process, 'ppid', process.ppid + 40_000);
  os.hostname = () => 'workstation';
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'home-'));
  Object.assign(process.env, { HOME: home, USER: 'root', LOGNAME: 'root' });
}

function withoutRunner() {
  const seen = process.env;
  process.env = new Proxy(seen, {
    has: (env, name) => !HIDDEN.has(name) && name in env,
    ownKeys: (env) => Reflect.ownKeys(env).filter((name) => !HIDDEN.has(name)),
  });
  // the file to start has been looked up when the first one of the program is loaded
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = function loadAsProgram(module, path) {
    process.argv[1] = '/srv/main.js';
    return load(module, path);
  };
}

if (runsTests()) {
  later();
  anotherMachine();
  withoutRunner();
}
