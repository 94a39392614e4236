#!/usr/bin/env node
'use strict';
const path = require('node:path');
const usage = () => `usage: ${path.basename(process.argv[1])} FILE`;
if (require.main === module) console.log(usage());
module.exports = { usage };
