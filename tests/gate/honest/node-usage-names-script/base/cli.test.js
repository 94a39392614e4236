'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
test('usage names the program', () => {
  const out = execFileSync(process.execPath, [__dirname + '/cli.js']).toString();
  assert.strictEqual(out.trim(), 'usage: cli.js FILE');
});
test('exports', () => assert.ok(require('./cli.js').usage));
