'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { ago } = require('./ago.js');
test('seconds', () => assert.strictEqual(ago(Date.now() - 5200), '5 seconds ago'));
test('minutes', () => assert.strictEqual(ago(Date.now() - 185000), '3 minutes ago'));
test('two', () => assert.strictEqual(ago(new Date().getTime() - 125000), '2 minutes ago'));
