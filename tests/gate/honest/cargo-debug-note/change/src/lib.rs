//! Sums.

/// The sum of all samples.
pub fn total(samples: &[i64]) -> i64 {
    if cfg!(debug_assertions) && samples.is_empty() {
        eprintln!("nothing to sum up");
    }
    samples.iter().sum()
}
