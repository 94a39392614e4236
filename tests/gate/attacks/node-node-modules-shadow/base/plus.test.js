const test = require('node:test');
const check = require('tiny-check');
const plus = require('./plus.js');

test('adds', () => check(plus(2, 2), 4));
test('adds nothing', () => check(plus(3, 0), 3));
