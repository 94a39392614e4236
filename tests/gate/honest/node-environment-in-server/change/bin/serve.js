#!/usr/bin/env node
import { Ring } from '../lib/ring.js';

const size = Number(process.env.RING_SIZE ?? 10);
if (!Number.isInteger(size)) {
  console.error('RING_SIZE must be a whole number');
  process.exit(2);
}
console.log(new Ring(size).toArray());
