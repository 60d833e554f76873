//! argon2, in memory that is kept.

use argon2::password_hash::Error;
use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// The memory of one hash after another: 19 MiB, once the first was made. An allocator that is given as much back
/// each time, and asked for it anew, came to keep eight times that.
#[derive(Debug, Default)]
pub struct Memory(Vec<Block>);

impl Memory {
    /// The PHC string of a password: argon2id with the library's defaults (19 MiB, two passes) and a random salt.
    pub fn hash(&mut self, password: &str) -> Result<String, Error> {
        let (algorithm, version, params) =
            (Algorithm::Argon2id, Version::default(), Params::default());
        let salt = Salt::generate();
        let argon2 = Argon2::new(algorithm, version, params.clone());
        let hash = self.output(&argon2, password, salt, Params::DEFAULT_OUTPUT_LEN)?;
        let phc = PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: params.try_into()?,
            salt: Some(salt),
            hash: Some(hash),
        };
        Ok(phc.to_string())
    }

    /// Whether it is the password of a PHC string.
    pub fn verify(&mut self, phc: &str, password: &str) -> Result<bool, Error> {
        let phc = PasswordHash::new(phc)?;
        let (Some(salt), Some(hash)) = (phc.salt, phc.hash) else { return Ok(false) };
        let algorithm = phc.algorithm.as_str().parse()?;
        let version = phc.version.map(Version::try_from).transpose()?.unwrap_or_default();
        let argon2 = Argon2::new(algorithm, version, Params::try_from(&phc)?);
        // It is compared in constant time.
        Ok(self.output(&argon2, password, salt, hash.len())? == hash)
    }

    fn output(
        &mut self,
        argon2: &Argon2<'_>,
        password: &str,
        salt: Salt,
        length: usize,
    ) -> Result<Output, Error> {
        let blocks = argon2.params().block_count();
        if self.0.len() < blocks {
            self.0.resize(blocks, Block::new());
        }
        let mut out = [0; Output::MAX_LENGTH];
        let out = &mut out[..length];
        argon2.hash_password_into_with_memory(password.as_bytes(), &salt, out, &mut self.0)?;
        Ok(Output::new(out)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::PasswordVerifier;

    #[test]
    fn hashes_of_other_parameters_are_read_in_the_same_memory() {
        let mut memory = Memory::default();
        let own = memory.hash("correct horse").unwrap();
        let blocks = memory.0.len();
        // RFC 9106 has no vector without a secret: this is of the reference implementation's tests.
        let small = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$\
                     nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        for (phc, password) in
            [(&*own, "correct horse"), (small, "password"), (&*own, "correct horse")]
        {
            assert_eq!(memory.verify(phc, password), Ok(true), "{phc}");
            assert_eq!(memory.verify(phc, "battery staple"), Ok(false), "{phc}");
        }
        assert_eq!(memory.0.len(), blocks, "it is kept, and no more is taken");
        let library = Argon2::default();
        assert_eq!(
            library.verify_password(b"correct horse", &PasswordHash::new(&own).unwrap()),
            Ok(())
        );
        assert!(memory.verify("not a hash", "correct horse").is_err());
    }
}
