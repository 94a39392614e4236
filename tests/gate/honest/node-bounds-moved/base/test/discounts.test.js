'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { owed } = require('../src/discounts.js');

test('bounds are inclusive', () => {
  assert.strictEqual(owed(100), 90);
  assert.strictEqual(owed(500), 400);
});

test('small totals', () => {
  assert.strictEqual(owed(20), 20);
});
