'use strict';
const os = require('node:os');
const path = require('node:path');
exports.dir = (app, env = process.env) => path.join(env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), app);
