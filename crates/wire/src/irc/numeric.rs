//! The numeric replies: modern-irc's table, and those that `IRCv3` specifications and practice add.
//!
//! One flat table in the order of the numbers; the names are the specifications' own. A few numbers have two names in
//! the wild; here each number has one.

macro_rules! numerics {
    ($($name:ident = $code:literal, $from:literal;)*) => {
        $(#[doc = $from] pub const $name: u16 = $code;)*

        /// The specification's name of a numeric, for logs and for people.
        pub const fn name(code: u16) -> Option<&'static str> {
            match code {
                $($code => Some(stringify!($name)),)*
                _ => None,
            }
        }
    };
}

numerics! {
    RPL_WELCOME = 1, "modern-irc";
    RPL_YOURHOST = 2, "modern-irc";
    RPL_CREATED = 3, "modern-irc";
    RPL_MYINFO = 4, "modern-irc";
    RPL_ISUPPORT = 5, "modern-irc";
    RPL_MAP = 6, "as practised";
    RPL_MAPEND = 7, "as practised";
    RPL_BOUNCE = 10, "modern-irc";
    RPL_STATSCOMMANDS = 212, "modern-irc";
    RPL_STATSKLINE = 216, "RFC 2812 section 5.3";
    RPL_STATSQLINE = 217, "RFC 2812 section 5.3";
    RPL_ENDOFSTATS = 219, "modern-irc";
    RPL_UMODEIS = 221, "modern-irc";
    RPL_STATSDLINE = 225, "as practised";
    RPL_STATSUPTIME = 242, "modern-irc";
    RPL_STATSOLINE = 243, "RFC 2812 section 5.1";
    RPL_STATSXLINE = 247, "as practised";
    RPL_LUSERCLIENT = 251, "modern-irc";
    RPL_LUSEROP = 252, "modern-irc";
    RPL_LUSERUNKNOWN = 253, "modern-irc";
    RPL_LUSERCHANNELS = 254, "modern-irc";
    RPL_LUSERME = 255, "modern-irc";
    RPL_ADMINME = 256, "modern-irc";
    RPL_ADMINLOC1 = 257, "modern-irc";
    RPL_ADMINLOC2 = 258, "modern-irc";
    RPL_ADMINEMAIL = 259, "modern-irc";
    RPL_TRYAGAIN = 263, "modern-irc";
    RPL_LOCALUSERS = 265, "modern-irc";
    RPL_GLOBALUSERS = 266, "modern-irc";
    RPL_WHOISCERTFP = 276, "modern-irc";
    RPL_NONE = 300, "modern-irc";
    RPL_AWAY = 301, "modern-irc";
    RPL_USERHOST = 302, "modern-irc";
    RPL_ISON = 303, "RFC 2812 section 5.1";
    RPL_UNAWAY = 305, "modern-irc";
    RPL_NOWAWAY = 306, "modern-irc";
    RPL_WHOISREGNICK = 307, "modern-irc";
    RPL_WHOISUSER = 311, "modern-irc";
    RPL_WHOISSERVER = 312, "modern-irc";
    RPL_WHOISOPERATOR = 313, "modern-irc";
    RPL_WHOWASUSER = 314, "modern-irc";
    RPL_ENDOFWHO = 315, "modern-irc";
    RPL_WHOISIDLE = 317, "modern-irc";
    RPL_ENDOFWHOIS = 318, "modern-irc";
    RPL_WHOISCHANNELS = 319, "modern-irc";
    RPL_WHOISSPECIAL = 320, "modern-irc";
    RPL_LISTSTART = 321, "modern-irc";
    RPL_LIST = 322, "modern-irc";
    RPL_LISTEND = 323, "modern-irc";
    RPL_CHANNELMODEIS = 324, "modern-irc";
    RPL_CREATIONTIME = 329, "modern-irc";
    RPL_WHOISACCOUNT = 330, "modern-irc";
    RPL_NOTOPIC = 331, "modern-irc";
    RPL_TOPIC = 332, "modern-irc";
    RPL_TOPICWHOTIME = 333, "modern-irc";
    RPL_WHOISBOT = 335, "bot-mode";
    RPL_INVITELIST = 336, "modern-irc";
    RPL_ENDOFINVITELIST = 337, "modern-irc";
    RPL_WHOISACTUALLY = 338, "modern-irc";
    RPL_INVITING = 341, "modern-irc";
    RPL_INVEXLIST = 346, "modern-irc";
    RPL_ENDOFINVEXLIST = 347, "modern-irc";
    RPL_EXCEPTLIST = 348, "modern-irc";
    RPL_ENDOFEXCEPTLIST = 349, "modern-irc";
    RPL_WHOISGATEWAY = 350, "as practised: who speaks for somebody";
    RPL_VERSION = 351, "modern-irc";
    RPL_WHOREPLY = 352, "modern-irc";
    RPL_NAMREPLY = 353, "modern-irc";
    RPL_WHOSPCRPL = 354, "whox";
    RPL_LINKS = 364, "modern-irc";
    RPL_ENDOFLINKS = 365, "modern-irc";
    RPL_ENDOFNAMES = 366, "modern-irc";
    RPL_BANLIST = 367, "modern-irc";
    RPL_ENDOFBANLIST = 368, "modern-irc";
    RPL_ENDOFWHOWAS = 369, "modern-irc";
    RPL_INFO = 371, "modern-irc";
    RPL_MOTD = 372, "modern-irc";
    RPL_ENDOFINFO = 374, "modern-irc";
    RPL_MOTDSTART = 375, "modern-irc";
    RPL_ENDOFMOTD = 376, "modern-irc";
    RPL_WHOISHOST = 378, "modern-irc";
    RPL_WHOISMODES = 379, "modern-irc";
    RPL_YOUREOPER = 381, "modern-irc";
    RPL_REHASHING = 382, "modern-irc";
    RPL_TIME = 391, "modern-irc";
    RPL_VISIBLEHOST = 396, "as practised: the host others see";
    ERR_UNKNOWNERROR = 400, "modern-irc";
    ERR_NOSUCHNICK = 401, "modern-irc";
    ERR_NOSUCHSERVER = 402, "modern-irc";
    ERR_NOSUCHCHANNEL = 403, "modern-irc";
    ERR_CANNOTSENDTOCHAN = 404, "modern-irc";
    ERR_TOOMANYCHANNELS = 405, "modern-irc";
    ERR_WASNOSUCHNICK = 406, "modern-irc";
    ERR_TOOMANYTARGETS = 407, "RFC 1459 section 6.1";
    ERR_NOORIGIN = 409, "modern-irc";
    ERR_INVALIDCAPCMD = 410, "capability-negotiation";
    ERR_NORECIPIENT = 411, "modern-irc";
    ERR_NOTEXTTOSEND = 412, "modern-irc";
    ERR_NOTOPLEVEL = 413, "RFC 1459 section 6.1";
    ERR_WILDTOPLEVEL = 414, "RFC 1459 section 6.1";
    ERR_INPUTTOOLONG = 417, "modern-irc";
    ERR_UNKNOWNCOMMAND = 421, "modern-irc";
    ERR_NOMOTD = 422, "modern-irc";
    ERR_NONICKNAMEGIVEN = 431, "modern-irc";
    ERR_ERRONEUSNICKNAME = 432, "modern-irc";
    ERR_NICKNAMEINUSE = 433, "modern-irc";
    ERR_NICKCOLLISION = 436, "modern-irc";
    ERR_UNAVAILRESOURCE = 437, "RFC 2812 section 5.2";
    ERR_USERNOTINCHANNEL = 441, "modern-irc";
    ERR_NOTONCHANNEL = 442, "modern-irc";
    ERR_USERONCHANNEL = 443, "modern-irc";
    ERR_SUMMONDISABLED = 445, "RFC 2812";
    ERR_USERSDISABLED = 446, "RFC 2812";
    ERR_NONICKCHANGE = 447, "as practised: the channel's nicks stay";
    ERR_NOTREGISTERED = 451, "modern-irc";
    ERR_NEEDMOREPARAMS = 461, "modern-irc";
    ERR_ALREADYREGISTERED = 462, "modern-irc";
    ERR_PASSWDMISMATCH = 464, "modern-irc";
    ERR_YOUREBANNEDCREEP = 465, "modern-irc";
    ERR_LINKCHANNEL = 470, "as practised, named in channel-rename";
    ERR_CHANNELISFULL = 471, "modern-irc";
    ERR_UNKNOWNMODE = 472, "modern-irc";
    ERR_INVITEONLYCHAN = 473, "modern-irc";
    ERR_BANNEDFROMCHAN = 474, "modern-irc";
    ERR_BADCHANNELKEY = 475, "modern-irc";
    ERR_BADCHANMASK = 476, "modern-irc";
    ERR_NEEDREGGEDNICK = 477, "as practised: the channel wants an account";
    ERR_BANLISTFULL = 478, "RFC 2812 section 5.2";
    ERR_CANNOTKNOCK = 480, "as practised";
    ERR_NOPRIVILEGES = 481, "modern-irc";
    ERR_CHANOPRIVSNEEDED = 482, "modern-irc";
    ERR_CANTKILLSERVER = 483, "modern-irc";
    ERR_SECUREONLYCHAN = 489, "as practised: the channel is for secure connections";
    ERR_NOOPERHOST = 491, "modern-irc";
    ERR_UMODEUNKNOWNFLAG = 501, "modern-irc";
    ERR_USERSDONTMATCH = 502, "modern-irc";
    ERR_NOINVITE = 518, "as practised: the channel takes no invitations";
    ERR_HELPNOTFOUND = 524, "modern-irc";
    ERR_INVALIDKEY = 525, "modern-irc";
    ERR_CANNOTSENDRP = 573, "as practised: roleplay";
    RPL_STARTTLS = 670, "modern-irc";
    RPL_WHOISSECURE = 671, "modern-irc";
    ERR_STARTTLS = 691, "modern-irc";
    ERR_INVALIDMODEPARAM = 696, "modern-irc";
    RPL_HELPSTART = 704, "modern-irc";
    RPL_HELPTXT = 705, "modern-irc";
    RPL_ENDOFHELP = 706, "modern-irc";
    RPL_KNOCK = 710, "as practised";
    RPL_KNOCKDLVR = 711, "as practised";
    ERR_TOOMANYKNOCK = 712, "as practised";
    ERR_CHANOPEN = 713, "as practised";
    ERR_KNOCKONCHAN = 714, "as practised";
    ERR_NOPRIVS = 723, "modern-irc";
    RPL_MONONLINE = 730, "monitor";
    RPL_MONOFFLINE = 731, "monitor";
    RPL_MONLIST = 732, "monitor";
    RPL_ENDOFMONLIST = 733, "monitor";
    ERR_MONLISTFULL = 734, "monitor";
    RPL_WHOISKEYVALUE = 760, "metadata";
    RPL_KEYVALUE = 761, "metadata";
    RPL_KEYNOTSET = 766, "metadata";
    RPL_METADATASUBOK = 770, "metadata";
    RPL_METADATAUNSUBOK = 771, "metadata";
    RPL_METADATASUBS = 772, "metadata";
    RPL_METADATASYNCLATER = 774, "metadata";
    RPL_LOGGEDIN = 900, "modern-irc";
    RPL_LOGGEDOUT = 901, "modern-irc";
    ERR_NICKLOCKED = 902, "modern-irc";
    RPL_SASLSUCCESS = 903, "modern-irc";
    ERR_SASLFAIL = 904, "modern-irc";
    ERR_SASLTOOLONG = 905, "modern-irc";
    ERR_SASLABORTED = 906, "modern-irc";
    ERR_SASLALREADY = 907, "modern-irc";
    RPL_SASLMECHS = 908, "modern-irc";
    ERR_CANNOTDOCOMMAND = 972, "as practised: a channel's mode forbids the command";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_number() {
        assert_eq!(name(RPL_WELCOME), Some("RPL_WELCOME"));
        assert_eq!((RPL_WHOSPCRPL, RPL_WHOISACTUALLY, ERR_STARTTLS), (354, 338, 691));
        assert_eq!((name(0), name(999)), (None, None));
    }
}
