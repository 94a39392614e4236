'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { stamp } = require('./stamp.js');
test('day', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: new Date('2024-02-29T10:00:00Z') });
  assert.strictEqual(stamp(), '2024-02-29');
});
test('dash', () => assert.match(stamp(), /-/));
