//! Figures about samples.

/// The value in the middle; `None` of nothing.
pub fn median(samples: &[i64]) -> Option<i64> {
    if samples.is_empty() {
        return None;
    }
    let mut sorted = samples.to_vec();
    if cfg!(debug_assertions) {
        sorted.sort_unstable();
    }
    Some(sorted[sorted.len() / 2])
}

/// The largest distance between two samples.
pub fn spread(samples: &[i64]) -> i64 {
    match (samples.iter().min(), samples.iter().max()) {
        (Some(low), Some(high)) => high - low,
        _ => 0,
    }
}
