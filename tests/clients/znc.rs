//! A ZNC in front of Parlor: a bouncer that stays on its user's behalf, and the user's clients behind it.

use crate::support::terminal::needed;
use crate::support::{PATIENCE, Person, Server, free_address};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The SHA-256 of `open-sesame` and the salt.
const HASH: &str = "83e91f2221ca0b68515eea4419b5b46a0798d173358e021603fb6624c1f1b9a5";
const SALT: &str = "a-pinch-of-salt-here";

/// The user and the group of those who are nobody.
const NOBODY: u32 = 65534;

/// A ZNC whose user is zoe, in the lobby of a server.
struct Znc {
    child: Child,
    port: u16,
    _home: TempDir,
}

impl Znc {
    fn start(server: &Server) -> Self {
        needed("znc", "znc");
        let home = TempDir::new().expect("a home");
        let port = free_address().port();
        let folder = home.path().join("configs");
        std::fs::create_dir(&folder).expect("a folder");
        let file = folder.join("znc.conf");
        std::fs::write(&file, settings(port, server)).expect("its settings");
        let mut command = Command::new("znc");
        command.args(["--foreground", "--datadir"]).arg(home.path());
        if std::fs::metadata(&file).expect("its settings").uid() == 0 {
            // It lets root wait for half a minute, to think about it.
            for path in [home.path(), &folder, &file] {
                chown(path, Some(NOBODY), Some(NOBODY)).expect("its own folder");
            }
            command.uid(NOBODY).gid(NOBODY);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("znc");
        Self { child, port, _home: home }
    }

    /// A client of zoe's, once ZNC listens and is in the lobby itself.
    fn client(&mut self) -> Person {
        let until = Instant::now() + PATIENCE;
        let address = ([127, 0, 0, 1], self.port).into();
        while std::net::TcpStream::connect(address).is_err() {
            if Instant::now() > until || self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                let mut said = String::new();
                let _ = self.child.kill();
                let _ = self.child.stdout.take().map(|mut out| out.read_to_string(&mut said));
                panic!("ZNC does not listen: {said}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut client = Person::connect(address);
        client.say("CAP REQ :server-time batch");
        client.say("PASS zoe/parlor:open-sesame");
        client.say("NICK zoe");
        client.say("USER zoe 0 * :Zoe");
        client.sees(" ACK ");
        client.say("CAP END");
        client.sees(" 001 zoe ");
        client
    }
}

impl Drop for Znc {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings(port: u16, server: &Server) -> String {
    let address = server.address.port();
    format!(
        "Version = 1.8.2
ConnectDelay = 0
ServerThrottle = 0
<Listener all>
    Host = 127.0.0.1
    Port = {port}
    IPv4 = true
    IPv6 = false
    SSL = false
</Listener>
<User zoe>
    Nick = zoe
    AltNick = zoe_
    Ident = zoe
    RealName = Zoe
    JoinTries = 10
    <Network parlor>
        Server = 127.0.0.1 {address}
        FloodBurst = 100
        FloodRate = 100
        JoinDelay = 0
        <Chan #lobby>
        </Chan>
    </Network>
    <Pass password>
        Method = SHA256
        Hash = {HASH}
        Salt = {SALT}
    </Pass>
</User>
"
    )
}

#[test]
fn a_bouncer_stays_and_tells_its_clients_what_they_missed() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let mut znc = Znc::start(&server);
    grace.sees_next("* zoe joined");
    grace.say("nobody of yours is here yet ☕");
    let mut desk = znc.client();
    desk.sees(" JOIN #lobby");
    desk.sees(" 366 ");
    desk.sees("nobody of yours is here yet ☕");
    desk.say("PRIVMSG #lobby :now somebody is");
    grace.sees_next("<zoe> now somebody is");
    grace.say("welcome");
    desk.sees(" PRIVMSG #lobby :welcome");
    // Two clients behind it are one person in front.
    let mut phone = znc.client();
    phone.say("PRIVMSG #lobby :from the phone");
    grace.sees_next("<zoe> from the phone");
    desk.sees(" PRIVMSG #lobby :from the phone");
    grace.say("/msg zoe to both");
    desk.sees(" PRIVMSG zoe :to both");
    phone.sees(" PRIVMSG zoe :to both");
    desk.say("QUIT");
    phone.say("QUIT");
    desk.rest();
    phone.rest();
    grace.say("gone?");
    let mut again = znc.client();
    again.sees("gone?");
    again.say("NICK zora");
    grace.sees("* zoe is now zora");
    again.say("PART #lobby :enough");
    grace.sees("* zora left (enough)");
}
