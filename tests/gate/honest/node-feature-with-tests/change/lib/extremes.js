/** The least and the greatest of what a ring holds. */
export function extremes(ring) {
  const items = ring.toArray();
  return [Math.min(...items), Math.max(...items)];
}
