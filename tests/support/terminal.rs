//! A real terminal, on which a real client runs and at which somebody sits: tmux, on a socket of its
//! own, with a home that is thrown away.

use super::PATIENCE;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Runs a program, noting its process's id while it runs, says how it ended and stays, so that the
/// screen can still be read.
const SHELL: &str = r#"sh -c 'echo $$ >~/pid; exec "$@"' sh "$@"; code=$?
rm ~/pid; echo "[exit $code]"; exec cat"#;

/// The rows and columns: so many that nothing scrolls away and no sentence is wrapped.
const SIZE: [&str; 4] = ["-x", "160", "-y", "150"];

/// Someone at a terminal.
pub struct Terminal {
    pub home: TempDir,
}

impl Terminal {
    /// Starts a program on a terminal, in this home.
    pub fn start(home: TempDir, command: &[&str]) -> Self {
        needed("tmux", "tmux");
        needed(command[0], package(command[0]));
        let terminal = Self { home };
        let shell = ["new-session", "-d", SIZE[0], SIZE[1], SIZE[2], SIZE[3], "--"];
        let shell = shell.into_iter().chain(["sh", "-c", SHELL, "sh"]);
        let arguments: Vec<&str> = shell.chain(command.iter().copied()).collect();
        terminal.tmux(&arguments);
        terminal
    }

    /// Types a line, and Enter.
    pub fn types(&self, line: &str) {
        self.keys(line);
        self.press("Enter");
    }

    /// Types characters.
    pub fn keys(&self, text: &str) {
        self.tmux(&["send-keys", "-l", "--", text]);
    }

    /// Presses a key by its name: `Enter`, `C-c`, `Up`.
    pub fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    /// What is on the screen, without its empty rows.
    pub fn screen(&self) -> String {
        let output = self.command(&["capture-pane", "-p"]).output();
        let screen = output.map(|output| output.stdout).unwrap_or_default();
        let screen = String::from_utf8_lossy(&screen).into_owned();
        let rows = screen.lines().map(str::trim_end).filter(|row| !row.is_empty());
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Waits until a row holds this text; returns that row.
    pub fn sees(&self, text: &str) -> String {
        let screen = self.screen_with(&format!("{text:?}"), |screen| screen.contains(text));
        let row = screen.lines().find(|row| row.contains(text)).expect("it was seen");
        row.to_owned()
    }

    /// Waits until a row has exactly these words behind the time that the client puts in front.
    pub fn reads(&self, words: &str) {
        let is_it = |row: &str| row == words || row.split_once(' ').is_some_and(|r| r.1 == words);
        self.screen_with(&format!("{words:?}"), |screen| screen.lines().any(is_it));
    }

    /// Waits until the screen is as wanted; returns it. `what` is told when it never is.
    pub fn screen_with(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        until(|| {
            let screen = self.screen();
            if wanted(&screen) { Ok(screen) } else { Err(format!("{what} on\n{screen}")) }
        })
    }

    /// How many rows hold this text.
    pub fn count(&self, text: &str) -> usize {
        self.screen().lines().filter(|row| row.contains(text)).count()
    }

    /// Waits for the program's end with this exit code; returns the screen.
    pub fn ends(&self, code: i32) -> String {
        let screen = self.screen_with("the end", |screen| screen.contains("[exit "));
        assert!(screen.contains(&format!("[exit {code}]")), "{screen}");
        screen
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().expect("tmux runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "tmux {arguments:?}: {error}");
        output
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-u", "-f", "/dev/null", "-S"]).arg(self.home.path().join("tmux"));
        command.args(arguments).env("HOME", self.home.path()).env("LC_ALL", "C.UTF-8");
        // A terminal inside of a terminal is none of ours; times are the same everywhere.
        command.env_remove("TMUX").env("TZ", "UTC").env("SHELL", "/bin/sh");
        command
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the screen at the end ---\n{}", self.screen());
        }
        // Not every program ends when its terminal hangs up.
        if let Ok(pid) = std::fs::read_to_string(self.home.path().join("pid")) {
            let _ = Command::new("kill").args(["-KILL", pid.trim()]).output();
        }
        let _ = self.command(&["kill-server"]).output();
    }
}

/// Tries again until it succeeds; fails with the last error once patience is at its end.
pub fn until<T>(mut attempt: impl FnMut() -> Result<T, String>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        match attempt() {
            Ok(value) => return value,
            Err(error) => assert!(Instant::now() < end, "waited in vain for {error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A client that is not here is a failure, not a pass.
pub fn needed(program: &str, package: &str) {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let is_here = |folder: PathBuf| folder.join(program).is_file();
    let found = Path::new(program).is_file() || std::env::split_paths(&folders).any(is_here);
    assert!(found, "{program} is needed here and is not installed: apt-get install {package}");
}

/// The Debian package of a client.
fn package(program: &str) -> &str {
    match program {
        "nc" => "netcat-openbsd",
        program => program,
    }
}
