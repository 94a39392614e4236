'use strict';

/** What is owed for a total: a tenth less from 100, a fifth less from 500. */
function owed(total) {
  if (total > 500) return total * 0.8;
  if (total > 100) return total * 0.9;
  return total;
}

module.exports = { owed };
