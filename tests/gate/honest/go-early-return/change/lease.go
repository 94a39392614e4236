// Package lease says how long a claim holds.
package lease

// Left returns the seconds that a lease taken at start still has at now, never less than zero.
func Left(start, now, ttl int) int {
	if now >= start+ttl {
		return 0
	}
	return start + ttl - now
}
