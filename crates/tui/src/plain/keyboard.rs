//! The person's side: an edited line at the bottom of a terminal, or plain lines where there is no terminal to edit on.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Once;

use crossterm::cursor::{MoveToColumn, MoveUp};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType, disable_raw_mode};
use rustyline_async::{Readline, ReadlineError, ReadlineEvent, SharedWriter};

use super::bounds;
use super::input::{Lines, stdin_lines};

/// Where lines come from and go to.
pub enum Keyboard {
    /// A terminal on both sides.
    Edited(Box<Edited>),
    /// Standard input is a terminal that is not edited on, because the output is not shown on one.
    Plain(Lines),
}

/// A terminal in raw mode, with the line being typed and its prompt.
pub struct Edited {
    readline: Readline,
    writer: SharedWriter,
    prompt: String,
    /// Whether the editor's queue had no room for the last lines.
    is_stalled: bool,
    /// Ctrl+D leaves the line on the screen and the cursor below it.
    ended: bool,
}

/// What the person did.
#[derive(Debug, PartialEq, Eq)]
pub enum Key {
    /// A whole line.
    Line(String),
    /// Ctrl+D, or the input's end.
    End,
    /// Ctrl+C.
    Interrupt,
}

impl Keyboard {
    /// Takes over the terminal, if both sides are one that can be edited on.
    pub fn open(prompt: &str) -> io::Result<Self> {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if dumb || !io::stdout().is_terminal() {
            return Ok(Self::Plain(stdin_lines()?));
        }
        restore_on_panic();
        let (mut readline, writer) = Readline::new(prompt.to_owned()).map_err(into_io)?;
        // Lines are shown when the server has them, marked as ours; not a second time as typed.
        readline.should_print_line_on(false, false);
        readline.set_max_history(bounds::HISTORY_LINES_MAX);
        let prompt = prompt.to_owned();
        Ok(Self::Edited(Box::new(Edited {
            readline,
            writer,
            prompt,
            is_stalled: false,
            ended: false,
        })))
    }

    /// Waits for the next line. May be dropped at any moment without losing a key.
    pub async fn read(&mut self) -> io::Result<Key> {
        match self {
            Self::Edited(edited) => edited.read().await,
            Self::Plain(lines) => match lines.recv().await {
                Some(Ok(line)) => Ok(Key::Line(line)),
                Some(Err(error)) => Err(error),
                None => Ok(Key::End),
            },
        }
    }

    /// Shows whole lines, each with its end, above the line being typed.
    pub fn show(&mut self, lines: &str) -> io::Result<()> {
        match self {
            Self::Edited(edited) => edited.show(lines),
            Self::Plain(_) => {
                let mut out = io::stdout().lock();
                out.write_all(lines.as_bytes())?;
                out.flush()
            }
        }
    }

    /// Changes what stands before the line being typed.
    pub fn set_prompt(&mut self, prompt: &str) -> io::Result<()> {
        match self {
            Self::Edited(edited) if edited.prompt != prompt => {
                prompt.clone_into(&mut edited.prompt);
                edited.readline.update_prompt(prompt).map_err(into_io)
            }
            _ => Ok(()),
        }
    }

    /// Gives the terminal back as it was, without prompt or half a line.
    pub fn close(self) {
        if let Self::Edited(mut edited) = self {
            // The terminal may be gone; then there is nothing to tidy.
            let _ = edited.tidy();
        }
    }
}

impl Edited {
    async fn read(&mut self) -> io::Result<Key> {
        if self.is_stalled {
            self.show("")?;
        }
        match self.readline.readline().await.map_err(into_io)? {
            ReadlineEvent::Line(line) => {
                if !line.trim().is_empty() {
                    self.readline.add_history_entry(line.clone());
                }
                Ok(Key::Line(line))
            }
            ReadlineEvent::Eof => {
                self.ended = true;
                Ok(Key::End)
            }
            ReadlineEvent::Interrupted => Ok(Key::Interrupt),
        }
    }

    /// Queues lines, which the editor shows while it waits for a key. (Its own `flush` followed by
    /// a redraw would go up twice from a line of several rows, and erase what is above.)
    fn show(&mut self, lines: &str) -> io::Result<()> {
        match self.writer.write(lines.as_bytes()) {
            Ok(_) => self.is_stalled = false,
            // The writer keeps what the queue has no room for, and sends it before the next lines.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.is_stalled = true,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn tidy(&mut self) -> io::Result<()> {
        if self.ended {
            // One row below the first row of what was typed.
            return execute!(
                io::stdout(),
                MoveUp(1),
                MoveToColumn(0),
                Clear(ClearType::FromCursorDown)
            );
        }
        self.readline.flush().map_err(into_io)
    }
}

/// A panic's words are for a terminal that works.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // Without a terminal in raw mode this does nothing.
            let _ = disable_raw_mode();
            before(panic);
        }));
    });
}

fn into_io(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::IO(error) => error,
        ReadlineError::Closed => io::ErrorKind::BrokenPipe.into(),
    }
}
