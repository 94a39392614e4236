//! Figures about samples.

/// The value in the middle; `None` of nothing.
pub fn median(samples: &[i64]) -> Option<i64> {
    if samples.is_empty() {
        return None;
    }
    Some(nth(samples.to_vec(), samples.len() / 2))
}

fn nth(mut samples: Vec<i64>, place: usize) -> i64 {
    *samples.select_nth_unstable(place).1
}

/// The largest distance between two samples.
pub fn spread(samples: &[i64]) -> i64 {
    match (samples.iter().min(), samples.iter().max()) {
        (Some(low), Some(high)) => high - low,
        _ => 0,
    }
}
