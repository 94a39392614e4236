//! Figures about samples.

mod middle;

pub use middle::median;

/// The largest distance between two samples.
pub fn spread(samples: &[i64]) -> i64 {
    match (samples.iter().min(), samples.iter().max()) {
        (Some(low), Some(high)) => high - low,
        _ => 0,
    }
}
