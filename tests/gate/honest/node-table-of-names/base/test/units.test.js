import test from 'node:test';
import assert from 'node:assert/strict';
import { unitName } from '../src/units.js';

test('units have names', () => {
  assert.equal(unitName('km'), 'kilometres');
  assert.equal(unitName('mi'), 'miles');
});
