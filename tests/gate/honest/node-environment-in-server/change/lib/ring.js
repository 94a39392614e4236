/** The last `size` values pushed, oldest first. */
export class Ring {
  constructor(size) {
    this.size = size;
    this.items = [];
  }

  push(value) {
    this.items.push(value);
    if (this.items.length > this.size) this.items.shift();
  }

  toArray() {
    return [...this.items];
  }
}

/** The mean of what a ring holds; NaN when it is empty. */
export function mean(ring) {
  const items = ring.toArray();
  return items.reduce((a, b) => a + b, 0) / items.length;
}
