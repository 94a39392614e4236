import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { Ring, mean } from '../lib/ring.js';

describe('Ring', () => {
  it('keeps what fits', () => {
    const ring = new Ring(3);
    ring.push(1);
    assert.deepEqual(ring.toArray(), [1]);
  });

  it('forgets the oldest', () => {
    const ring = new Ring(2);
    for (const value of [1, 2, 3]) ring.push(value);
    assert.deepEqual(ring.toArray(), [2, 3]);
  });
});

describe('mean', () => {
  it('is taken over what is left', () => {
    const ring = new Ring(2);
    for (const value of [10, 2, 4]) ring.push(value);
    assert.equal(mean(ring), 3);
  });
});
