//! Mode strings: `+ov-b ada bob *!*@bad` becomes one change after another (modern-irc, "MODE message", "CHANMODES").

/// Which letters take a parameter, as ISUPPORT's CHANMODES has it. A letter in none of them is taken for one of `never`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Table<'t> {
    /// Type A, lists: a parameter adds or removes; without one, the list is asked for.
    pub lists: &'t str,
    /// Type B: a parameter both when set and unset. The prefix modes (`o`, `v`) belong here too.
    pub always: &'t str,
    /// Type C: a parameter when set only.
    pub when_set: &'t str,
    /// Type D: never a parameter.
    pub never: &'t str,
}

impl Table<'_> {
    /// Whether any type has the letter.
    pub fn knows(&self, letter: char) -> bool {
        [self.lists, self.always, self.when_set, self.never].iter().any(|one| one.contains(letter))
    }

    /// Whether the letter is a list (type A).
    pub fn is_list(&self, letter: char) -> bool {
        self.lists.contains(letter)
    }

    fn takes_param(&self, adding: bool, letter: char) -> bool {
        self.is_list(letter)
            || self.always.contains(letter)
            || (adding && self.when_set.contains(letter))
    }
}

/// One letter of a mode string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// After a `+` (which is implied at the start) or a `-`.
    pub adding: bool,
    /// The mode; not necessarily one that the table knows.
    pub letter: char,
    /// The parameter, if the letter takes one here and there was one left. A list without one is a question; any other mode
    /// without one is incomplete.
    pub param: Option<&'a str>,
}

/// Reads the changes of `modes` in order, and their parameters from `params`.
pub fn parse<'a>(table: Table<'a>, modes: &'a str, params: &'a [&'a str]) -> Changes<'a> {
    Changes { table, letters: modes.chars(), params: params.iter(), adding: true }
}

/// The changes of a mode string, one after another.
#[derive(Debug, Clone)]
pub struct Changes<'a> {
    table: Table<'a>,
    letters: std::str::Chars<'a>,
    params: std::slice::Iter<'a, &'a str>,
    adding: bool,
}

impl<'a> Iterator for Changes<'a> {
    type Item = Change<'a>;

    fn next(&mut self) -> Option<Change<'a>> {
        loop {
            match self.letters.next()? {
                '+' => self.adding = true,
                '-' => self.adding = false,
                letter => {
                    let adding = self.adding;
                    let takes = self.table.takes_param(adding, letter);
                    let param = if takes { self.params.next().copied() } else { None };
                    return Some(Change { adding, letter, param });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: Table<'_> =
        Table { lists: "beI", always: "kov", when_set: "lj", never: "imnst" };

    #[track_caller]
    fn check(modes: &str, params: &[&str], expected: &str) {
        let changes: Vec<String> = parse(CHANNEL, modes, params)
            .map(|change| {
                let sign = if change.adding { '+' } else { '-' };
                format!("{sign}{}={}", change.letter, change.param.unwrap_or("none"))
            })
            .collect();
        assert_eq!(changes.join(" "), expected);
    }

    #[test]
    fn parameters_go_to_the_letters_that_take_them() {
        check("+o", &["ada"], "+o=ada");
        check("o", &["ada"], "+o=ada");
        check("+ov-b", &["ada", "bob", "*!*@bad"], "+o=ada +v=bob -b=*!*@bad");
        check("+l-l+i", &["10"], "+l=10 -l=none +i=none");
        check("-k+m", &["key"], "-k=key +m=none");
        check("b", &[], "+b=none");
        check("+ob", &["ada"], "+o=ada +b=none");
        check("+xo", &["ada"], "+x=none +o=ada");
        check("+-+", &["ada"], "");
        check("", &[], "");
        check("-+im", &["unused"], "+i=none +m=none");
    }

    #[test]
    fn a_table_knows_its_letters() {
        assert!(CHANNEL.knows('b') && CHANNEL.knows('t') && !CHANNEL.knows('x'));
        assert!(CHANNEL.is_list('e') && !CHANNEL.is_list('k'));
    }
}
