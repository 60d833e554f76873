//! How others see one, told at the sign-on (draft/whoami).

use crate::common::Town;

#[test]
fn who_asked_is_told_between_the_facts_and_the_counts_how_others_see_them() {
    let around = |wanted: &str| {
        let mut town = Town::new();
        for line in ["++ada", wanted, "ada>> NICK ada", "ada>> USER ada 0 * :Ada Lovelace"] {
            town.play(line);
        }
        town.play("ada> CAP END");
        let told = town.take_seen();
        let counts = told.iter().position(|line| line.contains(" 251 ")).unwrap();
        (told[counts - 2].clone(), told[counts - 1].clone())
    };
    let (facts, person) = around("ada>> CAP REQ :draft/whoami");
    assert!(facts.contains(" 005 ada "), "{facts}");
    assert_eq!(person, "ada< :ada!~ada@10.0.0.1 SETNAME :Ada Lovelace");
    let (_, facts) = around("ada>> CAP REQ :setname");
    assert!(facts.contains(" 005 ada "), "{facts}");
}
