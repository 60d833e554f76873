//! What was asked, from the head of a request (RFC 9112). It is parsed by httparse, on which hyper stands.

use super::response::Status;
use crate::bounds::{HTTP_HEAD_BYTES_MAX, HTTP_HEADERS_MAX};

/// The head of a request.
pub(super) struct Request<'b> {
    pub method: &'b str,
    pub path: &'b str,
    headers: &'b [httparse::Header<'b>],
}

/// What bytes so far are.
pub(super) enum Head<'b> {
    /// Not a whole head yet.
    More,
    /// A head, and its length.
    Whole(Request<'b>, usize),
    /// None that can be answered otherwise.
    Wrong(Status),
}

/// Reads a head, with these places for its headers.
pub(super) fn read<'b>(
    bytes: &'b [u8],
    places: &'b mut [httparse::Header<'b>; HTTP_HEADERS_MAX],
) -> Head<'b> {
    let mut request = httparse::Request::new(places);
    match request.parse(bytes) {
        Ok(httparse::Status::Partial) if bytes.len() >= HTTP_HEAD_BYTES_MAX => {
            Head::Wrong(Status::HeadersTooLarge)
        }
        Ok(httparse::Status::Partial) => Head::More,
        Ok(httparse::Status::Complete(length)) => {
            let httparse::Request { method, path, headers, .. } = request;
            let (method, target) = (method.unwrap_or_default(), path.unwrap_or_default());
            let path = target.split('?').next().unwrap_or_default();
            check(Request { method, path, headers }, length)
        }
        Err(httparse::Error::TooManyHeaders) => Head::Wrong(Status::HeadersTooLarge),
        Err(httparse::Error::Version) => Head::Wrong(Status::VersionNotSupported),
        Err(_) => Head::Wrong(Status::BadRequest),
    }
}

/// One that nobody can misread: with one host (RFC 9112, section 3.2), and nothing after it.
fn check(request: Request<'_>, length: usize) -> Head<'_> {
    let has_body = request.all("transfer-encoding").next().is_some()
        || request.all("content-length").any(|value| value != "0");
    if request.all("host").count() != 1 {
        Head::Wrong(Status::BadRequest)
    } else if has_body {
        Head::Wrong(Status::ContentTooLarge)
    } else {
        Head::Whole(request, length)
    }
}

impl<'b> Request<'b> {
    /// The values of a header, in their order. One that is no text is empty.
    pub fn all(&self, name: &str) -> impl DoubleEndedIterator<Item = &'b str> {
        let named = self.headers.iter().filter(move |h| h.name.eq_ignore_ascii_case(name));
        named.map(|header| str::from_utf8(header.value).unwrap_or_default().trim())
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&'b str> {
        self.all(name).next()
    }

    /// The elements of a header that is a list (RFC 9110, section 5.6.1).
    pub fn list(&self, name: &str) -> impl DoubleEndedIterator<Item = &'b str> {
        self.all(name).flat_map(|value| value.split(',')).map(str::trim)
    }

    /// Whether a list has an element, however it is written.
    pub fn lists(&self, name: &str, element: &str) -> bool {
        self.list(name).any(|other| other.eq_ignore_ascii_case(element))
    }
}
