'use strict';

require('node:test')('loads', () => require('../src/roman.js'));
