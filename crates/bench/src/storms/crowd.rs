//! The crowd: thousands of people, what they do all at once, and how it is known that they have. Whatever they do
//! says when it was done.

use crate::bounds;
use crate::error::Error;
use crate::load::{Load, command};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// People in channels of equal size.
pub(super) struct Crowd {
    address: SocketAddr,
    load: Load,
    size: Size,
}

/// How many there are, in how many channels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub people: usize,
    pub channels: usize,
}

/// What the last answer to everything that someone asked for ends with.
const DONE: &str = "all-is-done";

/// Who is still known to be there when a crowd is gone: bystanders, and who asks.
const OTHERS_MAX: usize = 20;

impl Crowd {
    /// Comes in, in no hurry.
    pub fn come(address: SocketAddr, size: Size) -> Result<Self, Error> {
        let mut load = Load::new(address)?;
        load.sign_on(size.people, "c")?;
        load.join((0..size.people).map(|place| (place, size.channel_of(place))))?;
        Ok(Self { address, load, size })
    }

    /// Everyone leaves their channel at once.
    pub fn leave(&mut self) -> Result<Instant, Error> {
        let size = self.size;
        self.ask_all("leaving", |place| format!("PART {}", size.channel_of(place)))
    }

    /// Everyone comes into their channel at once.
    pub fn enter(&mut self) -> Result<Instant, Error> {
        let size = self.size;
        self.ask_all("entering", |place| format!("JOIN {}", size.channel_of(place)))
    }

    /// Everyone's connection breaks at once. It is over when the server has seen all of them go.
    pub fn vanish(&mut self) -> Result<Instant, Error> {
        self.load = Load::new(self.address)?;
        let mut asker = Load::new(self.address)?;
        asker.sign_on(1, "z")?;
        let until = Instant::now() + bounds::STALL;
        while people(&mut asker)? > OTHERS_MAX {
            if Instant::now() >= until {
                let what = "they are still there".to_owned();
                return Err(Error::Stalled { doing: "vanishing", what });
            }
        }
        Ok(Instant::now())
    }

    /// Everyone connects, signs on, comes into their channel and asks who is there, as clients do.
    pub fn come_back(&mut self) -> Result<Instant, Error> {
        const DOING: &str = "coming back";
        let Self { load, size, .. } = self;
        let (mut begun, mut welcome, mut done) = (0, Vec::new(), 0);
        let (mut welcomed, mut refused) = (0, None);
        while done < size.people {
            while begun < size.people && begun - welcomed < bounds::RETURNS_MAX {
                let place = load.connect()?;
                load.send(place, format!("NICK r{place:05}\r\nUSER bench 0 * :b\r\n").as_bytes())?;
                begun += 1;
            }
            load.expect(DOING, |place, line| match command(line) {
                Some("376" | "422") => welcome.push(place),
                Some("PONG") if line.ends_with(DONE.as_bytes()) => done += 1,
                Some("432" | "433" | "ERROR") => refused = Some(line.to_vec()),
                _ => {}
            })?;
            if let Some(said) = refused.take() {
                let said = String::from_utf8_lossy(&said).into_owned();
                return Err(Error::Refused { doing: DOING, said });
            }
            welcomed += welcome.len();
            for place in welcome.drain(..) {
                let channel = size.channel_of(place);
                let asked = format!(
                    "JOIN {channel}\r\nNAMES {channel}\r\nWHO {channel}\r\nPING {DONE}\r\n"
                );
                load.send(place, asked.as_bytes())?;
            }
        }
        self.at_rest()
    }

    /// Some ask for the list of all channels, again and again for a while.
    pub fn list(&mut self, askers: usize, time: Duration) -> Result<Instant, Error> {
        let until = Instant::now() + time;
        let (mut free, mut under_way): (Vec<usize>, usize) = ((0..askers).collect(), 0);
        loop {
            if Instant::now() < until {
                for asker in free.drain(..) {
                    self.load.send(asker, b"LIST\r\n")?;
                    under_way += 1;
                }
            }
            if under_way == 0 {
                return Ok(Instant::now());
            }
            self.load.expect("listing", |asker, line| {
                if command(line) == Some("323") {
                    under_way -= 1;
                    free.push(asker);
                }
            })?;
        }
    }

    /// Everyone does something; it is over when everyone has been told all that came of their own.
    fn ask_all(
        &mut self,
        doing: &'static str,
        asked: impl Fn(usize) -> String,
    ) -> Result<Instant, Error> {
        for place in 0..self.size.people {
            let asked = format!("{}\r\nPING {DONE}\r\n", asked(place));
            self.load.send(place, asked.as_bytes())?;
        }
        let mut done = 0;
        while done < self.size.people {
            self.load.expect(doing, |_, line| {
                done += usize::from(line.ends_with(DONE.as_bytes()));
            })?;
        }
        self.at_rest()
    }

    /// It is done now; what else came of it is read before anything else happens.
    fn at_rest(&mut self) -> Result<Instant, Error> {
        let done = Instant::now();
        self.load.settle()?;
        Ok(done)
    }
}

impl Size {
    /// The channel that someone is in, or several where there are more channels than people.
    fn channel_of(self, place: usize) -> String {
        let channels = self.channels / self.people.min(self.channels);
        let name = |channel: usize| format!("#crowd{:05}", channel % self.channels);
        (0..channels).map(|nth| name(place * channels + nth)).collect::<Vec<_>>().join(",")
    }
}

/// How many people a server says there are.
fn people(asker: &mut Load) -> Result<usize, Error> {
    let mut there = None;
    asker.send(0, b"LUSERS\r\n")?;
    while there.is_none() {
        asker.expect("counting", |_, line| {
            if command(line) == Some("265") {
                let words = String::from_utf8_lossy(line).into_owned();
                there = words.split(' ').nth(3).and_then(|count| count.parse().ok());
            }
        })?;
    }
    Ok(there.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyone_has_a_channel_and_every_channel_somebody() {
        let few = Size { people: 4, channels: 2 };
        assert_eq!([0, 3].map(|place| few.channel_of(place)), ["#crowd00000", "#crowd00001"]);
        let many = Size { people: 2, channels: 4 };
        let all = [0, 1].map(|place| many.channel_of(place));
        assert_eq!(all, ["#crowd00000,#crowd00001", "#crowd00002,#crowd00003"]);
    }
}
