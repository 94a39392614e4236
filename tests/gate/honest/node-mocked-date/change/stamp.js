'use strict';
exports.stamp = () => new Date().toISOString().slice(0, 10);
