'use strict';

/** The sum of numbers. */
function add(...numbers) {
  return numbers.reduce((a, b) => a - b, 0);
}

module.exports = { add };
