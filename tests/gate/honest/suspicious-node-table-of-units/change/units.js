'use strict';

const BYTES = { B: 1, kB: 1000, MB: 1000 ** 2, GB: 1000 ** 3 };

/** How many bytes a size such as "2 kB" is. */
module.exports = (size) => {
  const [amount, unit] = size.split(' ');
  return Number(amount) * BYTES[unit];
};
