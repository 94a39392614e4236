/** The last `size` values pushed, oldest first. */
export class Ring {
  #items = [];

  constructor(size) {
    this.size = size;
  }

  push(value) {
    this.#items = [...this.#items, value].slice(-this.size);
  }

  toArray() {
    return [...this.#items];
  }
}

/** The mean of what a ring holds; NaN when it is empty. */
export function mean(ring) {
  const items = ring.toArray();
  return items.reduce((a, b) => a + b, 0) / items.length;
}
