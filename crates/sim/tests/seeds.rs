//! Some hundred seeds with every run of the tests; `./check` runs thousands.

use parlor_sim::{Options, Tally, run};

#[test]
fn the_invariants_hold_in_some_hundred_worlds() {
    let options = Options { steps: 600, verbose: false };
    let mut total = Tally::default();
    for seed in 1_000_000..1_000_800 {
        match run(seed, options) {
            Err(failure) => panic!("{failure} --steps {}", options.steps),
            Ok(tally) => {
                total.entries += tally.entries;
                total.shown += tally.shown;
                total.crashes += tally.crashes;
                total.while_held += tally.while_held;
                total.losses += tally.losses;
                total.real |= tally.real;
            }
        }
    }
    // A world in which nothing happens proves nothing.
    assert!(total.entries > 40_000 && total.shown > 4_000, "{total:?}");
    assert!(total.crashes > 800 && total.while_held > 20, "{total:?}");
    assert!(total.real && total.losses > 0, "{total:?}");
}

#[test]
fn a_seed_does_the_same_again() {
    let options = Options { steps: 500, verbose: false };
    for seed in 0..10 {
        let tallies = [run(seed, options), run(seed, options)];
        let [one, other] = tallies.map(|tally| tally.map(|tally| (tally.entries, tally.shown)));
        assert_eq!(one, other);
    }
}
