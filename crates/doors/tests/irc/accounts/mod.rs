//! What an account is and what its owner does with it, a file a subject. Registering and PLAIN are in
//! `account.rs`.

mod again;
mod before_connect;
mod exchanges;
mod external;
mod nickserv;
mod operators;
mod passwords;
mod presence;
mod scram;
mod verification;

use crate::common::Town;

#[test]
fn what_there_is_is_said_to_those_for_whom_it_is() {
    let offered = |mut town: Town, caller: &str| {
        assert!(town.play(&format!("++{caller}")));
        assert!(town.play("ada> CAP LS 302"));
        town.take_seen().join(" ")
    };
    let usual = offered(Town::new(), "ada");
    assert!(usual.contains(" draft/account-registration=before-connect,custom-account-name "));
    assert!(usual.contains("sasl=PLAIN,SCRAM-SHA-256"));
    let secure = offered(Town::new(), "ada TLS ab");
    assert!(secure.contains("sasl=PLAIN,EXTERNAL,SCRAM-SHA-256"));
    let closed = Town::with(|facts| facts.password = Some("phc:knock".into()));
    assert!(offered(closed, "ada").contains(" draft/account-registration=custom-account-name "));
    let verifying = offered(Town::with(|facts| facts.verification = true), "ada");
    let value = "before-connect,custom-account-name,email-required";
    assert!(verifying.contains(&format!(" draft/account-registration={value} ")));
}
