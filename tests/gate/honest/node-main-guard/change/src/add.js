'use strict';

/** The sum of numbers. */
function add(...numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}

if (require.main === module) {
  console.log(add(...process.argv.slice(2).map(Number)));
}

module.exports = { add };
