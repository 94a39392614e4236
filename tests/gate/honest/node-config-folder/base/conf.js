'use strict';
const path = require('node:path');
exports.dir = (app, env = process.env) => path.join('~', '.config', app);
