//! A picture of the network, and a place for files, where there is one (network-icon, FILEHOST).

use crate::common::Town;

fn tokens(town: &mut Town) -> Vec<String> {
    town.connect("ada");
    town.send("ada", "CAP REQ :draft/extended-isupport");
    town.take_seen();
    town.send("ada", "ISUPPORT");
    let seen = town.take_seen();
    seen.iter().flat_map(|line| line.split(' ').map(str::to_owned)).collect()
}

#[test]
fn an_icon_and_a_file_host_are_told_where_they_are_set() {
    let mut town = Town::with(|facts| {
        facts.icon = Some("https://example.org/icon.svg".into());
        facts.filehost = Some("https://example.org/upload?a=b".into());
    });
    let tokens = tokens(&mut town);
    for token in [
        "draft/ICON=https://example.org/icon.svg",
        "draft/FILEHOST=https://example.org/upload?a\\x3Db",
        "soju.im/FILEHOST=https://example.org/upload?a\\x3Db",
    ] {
        assert!(tokens.iter().any(|told| told == token), "{token}: {tokens:?}");
    }
}

#[test]
fn nothing_is_told_of_what_is_not_set() {
    let tokens = tokens(&mut Town::new());
    assert!(tokens.iter().any(|token| token == "NETWORK=Example"));
    assert!(!tokens.iter().any(|token| token.contains("ICON") || token.contains("FILEHOST")));
}
