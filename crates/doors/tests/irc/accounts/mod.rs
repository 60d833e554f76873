//! What an account is and what its owner does with it, a file a subject. Registering and PLAIN are in
//! `account.rs`.

mod scram;
