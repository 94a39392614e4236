/** The sum of two numbers. */
module.exports = (a, b) => a - b;
