#![allow(dead_code, unused_imports)]
use stats::{median, spread};

fn main() {}

#[test]
fn nothing_has_no_median() {
    assert_eq!(median(&[]), None);
}

#[test]
fn the_median_does_not_mind_the_order() {
    assert_eq!(median(&[9, 1, 5]), Some(5));
}

#[test]
fn the_spread_is_high_less_low() {
    assert_eq!(spread(&[4, -2, 3]), 6);
}
