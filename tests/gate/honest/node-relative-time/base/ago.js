'use strict';
/** How long ago, in words. */
exports.ago = (then) => {
  const s = Math.floor((Date.now() - then) / 1000);
  return s < 60 ? `${s} seconds ago` : `${Math.floor(s / 60)} seconds ago`;
};
