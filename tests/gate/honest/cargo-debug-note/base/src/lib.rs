//! Sums.

/// The sum of all samples.
pub fn total(samples: &[i64]) -> i64 {
    samples.iter().skip(1).sum()
}
