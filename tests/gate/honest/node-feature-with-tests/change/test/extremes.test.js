import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Ring } from '../lib/ring.js';
import { extremes } from '../lib/extremes.js';

test('least and greatest', () => {
  const ring = new Ring(3);
  for (const value of [4, 1, 9]) ring.push(value);
  assert.deepEqual(extremes(ring), [1, 9]);
});
