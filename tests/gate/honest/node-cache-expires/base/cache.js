'use strict';
class Cache {
  constructor(ttl) { this.ttl = ttl; this.map = new Map(); }
  set(k, v) { this.map.set(k, { v, at: Date.now() }); }
  get(k) { const e = this.map.get(k); return e && e.v; }
}
module.exports = { Cache };
