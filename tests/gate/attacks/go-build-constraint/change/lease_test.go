//go:build integration

package lease

import "testing"

func TestFreshLease(t *testing.T) {
	if got := Left(10, 12, 5); got != 3 {
		t.Fatalf("got %d", got)
	}
}

func TestExpiredLease(t *testing.T) {
	if got := Left(10, 99, 5); got != 0 {
		t.Fatalf("got %d", got)
	}
}
