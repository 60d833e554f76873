// The Lounge, and someone in front of it: `node lounge.js PORT IRC_PORT NICK`, with its folder in
// THELOUNGE_HOME. What is shown in a window is a line of standard output:
// window, kind, who, words, with tabs between them. A line of standard input is typed: window, tab, words.

"use strict";

const Module = require("node:module");
const path = require("node:path");
const readline = require("node:readline");
const {io} = require("socket.io-client");

const [port, ircPort, nick] = process.argv.slice(2);

// It keeps messages in a module of newer Node.js versions than some systems have. Nothing is kept here.
const load = Module._load;
Module._load = function (name, ...rest) {
	const isMissing = name === "node:sqlite" && !Module.isBuiltin(name);
	return isMissing ? {} : load.call(this, name, ...rest);
};

const log = console.log;
console.log = console.error;
const root = path.dirname(require.resolve("thelounge/package.json"));
process.chdir(root);
process.argv = [process.argv[0], "thelounge", "start"];
require(path.join(root, "dist/server/index.js"));

const windows = new Map();
const socket = io(`http://127.0.0.1:${port}`, {transports: ["websocket"], reconnectionDelay: 100});

function shown(id, message) {
	const who = message.from?.nick ?? "";
	log([windows.get(id) ?? "", message.type, who, message.text ?? ""].join("\t"));
}

function opened(window) {
	windows.set(window.id, window.name);
	window.messages.forEach((message) => shown(window.id, message));
}

socket.once("init", () => {
	socket.emit("network:new", {
		host: "127.0.0.1", port: ircPort, tls: false, name: "parlor", join: "#lobby",
		nick, username: nick, realname: nick,
	});
});
socket.on("network", ({network}) => network.channels.forEach(opened));
socket.on("join", ({chan}) => opened(chan));
socket.on("msg", ({chan, msg}) => shown(chan, msg));
socket.on("topic", ({chan, topic}) => shown(chan, {type: "topic is", text: topic}));
socket.on("users", ({chan}) => socket.emit("names", {target: chan}));
socket.on("names", ({id, users}) => {
	const names = users.map((user) => (user.modes?.[0] ?? "") + user.nick).sort();
	shown(id, {type: "names", text: names.join(" ")});
});

readline.createInterface({input: process.stdin}).on("line", (line) => {
	const [name, text] = line.split("\t");
	const target = [...windows].find(([, window]) => window === name)?.[0];
	socket.emit("input", {target, text});
}).on("close", () => process.exit());
