'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { toRoman, fromRoman } = require('../src/roman.js');

test('adds numerals up', () => {
  assert.strictEqual(toRoman(2023), 'MMXXIII');
});

test('subtracts before five and ten', () => {
  assert.strictEqual(toRoman(4), 'IV');
  assert.strictEqual(toRoman(1990), 'MCMXC');
});

test('reads numerals', () => {
  assert.strictEqual(fromRoman('MCMXCIV'), 1994);
});
