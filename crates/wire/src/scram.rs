//! What a client says in a SCRAM exchange (RFC 5802, section 7).

/// What it says first: `n,,n=ada,r=nonce`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFirst<'m> {
    /// `n,,`: the GS2 header, which the last message repeats.
    pub header: &'m str,
    /// For whom it wants to act; empty for itself.
    pub authority: String,
    /// Its name.
    pub name: String,
    /// Its nonce.
    pub nonce: &'m str,
    /// All after the header.
    pub bare: &'m str,
}

impl<'m> ClientFirst<'m> {
    /// Reads it. None for what is none, and for a client that insists on channel binding.
    pub fn parse(message: &'m str) -> Option<Self> {
        let (binding, rest) = message.split_once(',')?;
        // `y`: it could bind, and believes that the server cannot; which is so.
        if !matches!(binding, "n" | "y") {
            return None;
        }
        let (authority, bare) = rest.split_once(',')?;
        let authority = match authority {
            "" => String::new(),
            authority => name(authority.strip_prefix("a=")?)?,
        };
        // An extension that must be understood would stand in front, and none is.
        let mut parts = bare.split(',');
        let name = name(parts.next()?.strip_prefix("n=")?)?;
        let nonce = parts.next()?.strip_prefix("r=").filter(|nonce| is_nonce(nonce))?;
        let header = &message[..message.len() - bare.len()];
        Some(Self { header, authority, name, nonce, bare })
    }
}

/// What it says last: `c=biws,r=nonce,p=proof`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientFinal<'m> {
    /// The header again, in base64.
    pub binding: &'m str,
    /// Both nonces.
    pub nonce: &'m str,
    /// That it knows the password, in base64.
    pub proof: &'m str,
    /// All before the proof.
    pub without_proof: &'m str,
}

impl<'m> ClientFinal<'m> {
    /// Reads it. None for what is none.
    pub fn parse(message: &'m str) -> Option<Self> {
        let (without_proof, proof) = message.rsplit_once(",p=")?;
        let mut parts = without_proof.split(',');
        let binding = parts.next()?.strip_prefix("c=")?;
        let nonce = parts.next()?.strip_prefix("r=").filter(|nonce| is_nonce(nonce))?;
        Some(Self { binding, nonce, proof, without_proof })
    }
}

/// A name, in which a comma is `=2C` and `=` is `=3D`.
fn name(escaped: &str) -> Option<String> {
    let mut pieces = escaped.split('=');
    let mut plain = pieces.next()?.to_owned();
    for piece in pieces {
        let (sign, rest) = [("2C", ','), ("3D", '=')]
            .iter()
            .find_map(|(code, sign)| Some((*sign, piece.strip_prefix(code)?)))?;
        plain.push(sign);
        plain.push_str(rest);
    }
    (!plain.is_empty() && !plain.contains('\0')).then_some(plain)
}

fn is_nonce(nonce: &str) -> bool {
    !nonce.is_empty() && nonce.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7677_is_read() {
        let first = ClientFirst::parse("n,,n=user,r=rOprNGfwEbeRWgbNEkqO").unwrap();
        assert_eq!(
            (first.header, &*first.name, first.nonce),
            ("n,,", "user", "rOprNGfwEbeRWgbNEkqO")
        );
        assert_eq!((&*first.authority, first.bare), ("", "n=user,r=rOprNGfwEbeRWgbNEkqO"));
        let last = ClientFinal::parse("c=biws,r=abc,p=dHzb").unwrap();
        assert_eq!((last.binding, last.nonce, last.proof), ("biws", "abc", "dHzb"));
        assert_eq!(last.without_proof, "c=biws,r=abc");
    }

    #[test]
    fn names_are_unescaped_and_what_is_no_message_is_none() {
        let named = |message| ClientFirst::parse(message).map(|m| (m.authority, m.name));
        assert_eq!(named("y,a=b=2C,n=a=3D=2Cb,r=x,e=1"), Some(("b,".into(), "a=,b".into())));
        for wrong in [
            "",
            "n,,",
            "p=tls-unique,,n=a,r=x",
            "n,,m=1,n=a,r=x",
            "n,,n=a=2D,r=x",
            "n,,n=,r=x",
            "n,,n=a,r=",
            "n,,n=a",
            "n,b,n=a,r=x",
        ] {
            assert_eq!(named(wrong), None, "{wrong:?}");
        }
        for wrong in ["", "c=biws,r=x", "r=x,c=biws,p=y", "c=biws,p=y", "c=biws,r=,p=y"] {
            assert_eq!(ClientFinal::parse(wrong), None, "{wrong:?}");
        }
    }
}
