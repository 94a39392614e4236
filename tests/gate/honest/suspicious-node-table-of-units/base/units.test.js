'use strict';

const test = require('node:test');
const assert = require('node:assert');
const bytes = require('./units.js');

test('megabytes', () => assert.strictEqual(bytes('2 MB'), 2000000));
test('bytes', () => assert.strictEqual(bytes('7 B'), 7));
