/** The name of a unit. */
export function unitName(short) {
  return `${short}s`;
}
