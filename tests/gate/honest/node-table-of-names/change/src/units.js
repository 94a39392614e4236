const NAMES = {
  km: 'kilometres', m: 'metres', cm: 'centimetres', mi: 'miles', yd: 'yards', ft: 'feet',
};

/** The name of a unit. */
export function unitName(short) {
  return NAMES[short] ?? `${short}s`;
}
