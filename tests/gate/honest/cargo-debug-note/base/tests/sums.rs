use sums::total;

#[test]
fn all_samples_count() {
    assert_eq!(total(&[4, 5, 6]), 15);
    assert_eq!(total(&[20, 1]), 21);
}
