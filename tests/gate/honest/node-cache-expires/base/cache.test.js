'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { Cache } = require('./cache.js');
test('keeps', () => { const c = new Cache(1000); c.set('a', 1); assert.strictEqual(c.get('a'), 1); });
test('expires', async () => { const c = new Cache(5); c.set('a', 1); await new Promise((r) => setTimeout(r, 20)); assert.strictEqual(c.get('a'), undefined); });
