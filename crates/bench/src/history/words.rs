//! Texts to fill a history with: a few words are everywhere and most are rare, as in what people say.

/// Different words there are.
const VOCABULARY: u64 = 50_000;

/// Letters of which words are made, so that none is the beginning of all others.
const SYLLABLES: [&str; 16] = [
    "ba", "ko", "mi", "ru", "se", "ta", "vo", "ni", "la", "pe", "du", "go", "fi", "ze", "ho", "xu",
];

/// Numbers that look random and are the same in every run (xorshift64).
#[derive(Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }

    /// A word of the vocabulary, the first ones more often.
    pub fn word(&mut self) -> String {
        let place = self.below(VOCABULARY) * self.below(VOCABULARY) / VOCABULARY;
        word(place)
    }

    /// A word that most texts do not have.
    pub fn rare_word(&mut self) -> String {
        word(VOCABULARY / 2 + self.below(VOCABULARY / 2))
    }

    /// Appends words up to so many bytes.
    pub fn say(&mut self, bytes: usize, into: &mut String) {
        let end = into.len() + bytes;
        loop {
            let word = self.word();
            if into.len() + word.len() >= end {
                return;
            }
            into.push_str(&word);
            into.push(' ');
        }
    }
}

fn word(place: u64) -> String {
    let mut rest = place + 16;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 16) as usize]);
        rest /= 16;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_is_another_and_texts_are_as_long_as_asked() {
        let words: BTreeSet<String> = (0..VOCABULARY).map(word).collect();
        assert_eq!(words.len() as u64, VOCABULARY);
        let mut text = String::new();
        Chance::new(7).say(100, &mut text);
        assert!((80..=100).contains(&text.len()), "{text:?}");
    }
}
