//! A connection until its one request is whole, and its answer.

use super::request::{self, Head, Request};
use super::response::{self, Status};
use super::upgrade;
use crate::bounds::{HTTP_HEAD_BYTES_MAX, HTTP_HEAD_WITHIN_MS, HTTP_HEADERS_MAX};
use crate::desk::{Desk, Voucher};
use crate::door::Caller;
use crate::facts::Facts;
use parlor_hub::id::Millis;
use std::net::IpAddr;

/// A browser's side of a connection, before it speaks IRC.
#[derive(Debug)]
pub(crate) struct WebDoor {
    head: Vec<u8>,
    since: Millis,
    /// The caller is a proxy whose word is taken for whom it speaks.
    is_trusted: bool,
    is_answered: bool,
}

impl WebDoor {
    pub fn new(caller: &Caller, now: Millis) -> Self {
        Self { head: Vec::new(), since: now, is_trusted: caller.is_trusted, is_answered: false }
    }

    /// Reads all there is.
    pub fn read(&mut self, bytes: &[u8], desk: &mut Desk<'_>) -> usize {
        if self.is_answered {
            return bytes.len();
        }
        let room = HTTP_HEAD_BYTES_MAX.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        let head = std::mem::take(&mut self.head);
        let mut places = [httparse::EMPTY_HEADER; HTTP_HEADERS_MAX];
        match request::read(&head, &mut places) {
            Head::More => self.head = head,
            Head::Wrong(status) => self.end(response::explained(status, true), desk),
            Head::Whole(request, length) => {
                let is_all = length == head.len() && bytes.len() <= room;
                self.answer(&request, is_all, desk);
            }
        }
        bytes.len()
    }

    fn answer(&mut self, request: &Request<'_>, is_all: bool, desk: &mut Desk<'_>) {
        if self.is_trusted
            && let Some(voucher) = vouched(request, desk.facts)
        {
            desk.vouch(voucher);
        }
        let with_body = request.method != "HEAD";
        let answer = match (request.method, request.path) {
            ("GET", _) if upgrade::is_asked_for(request) => {
                match upgrade::read(request, desk.facts) {
                    // Who does not wait for the answer cannot know what it allows.
                    Ok(_) if !is_all => response::explained(Status::BadRequest, true),
                    Ok(it) => {
                        self.is_answered = true;
                        desk.say(response::switching(&it.accept, it.protocol));
                        return desk.upgrade(it.framing);
                    }
                    Err(status) => response::explained(status, true),
                }
            }
            ("GET" | "HEAD", "/") => {
                response::page(desk.facts, request.header("host").unwrap_or_default(), with_body)
            }
            ("GET" | "HEAD", _) => response::explained(Status::NotFound, with_body),
            _ => response::explained(Status::MethodNotAllowed, true),
        };
        self.end(answer, desk);
    }

    fn end(&mut self, answer: Vec<u8>, desk: &mut Desk<'_>) {
        self.is_answered = true;
        desk.say(answer);
        desk.close("answered");
    }

    /// Whether the request should have been whole by now.
    pub fn is_late(&self, now: Millis) -> bool {
        now >= self.since + HTTP_HEAD_WITHIN_MS
    }

    /// The answer to a request that is not waited for any longer.
    pub fn farewell(&self, out: &mut Vec<u8>) {
        if !self.is_answered {
            out.extend(response::explained(Status::Timeout, true));
        }
    }
}

/// For whom a proxy speaks: the last address is the one that it saw itself.
fn vouched(request: &Request<'_>, facts: &Facts) -> Option<Voucher> {
    let address = request.list("x-forwarded-for").next_back()?.parse::<IpAddr>().ok()?;
    let secure = request.list("x-forwarded-proto").next_back().map(|scheme| scheme == "https");
    Some(Voucher { peer: facts.peer(address, None), secure, certificate: None })
}
