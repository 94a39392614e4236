'use strict';
const test = require('node:test');
const assert = require('node:assert');
const { dir } = require('./conf.js');
const os = require('node:os');
test('home', () => assert.strictEqual(dir('x', {}), os.homedir() + '/.config/x'));
test('xdg', () => assert.strictEqual(dir('x', { XDG_CONFIG_HOME: '/c' }), '/c/x'));
test('name', () => assert.ok(dir('x').endsWith('x')));
