// SPDX-License-Identifier: Apache-2.0
// lib.mjs - a real wenlud with bots, a platform's interface that it may call, and TAP.
import { spawn } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
export const top = path.resolve(here, "../../..");
const wenlud = path.resolve(process.env.WENLUD ?? path.join(top, "build/wenlud"));
const build = path.dirname(wenlud);
const only = process.env.ONLY;

let count = 0;
let failed = 0;
export function ok(good, name, seen) {
	count++;
	if (!good) failed++;
	console.log(`${good ? "ok" : "not ok"} ${count} - ${name}`);
	if (!good && seen !== undefined) console.log(String(typeof seen === "string" ? seen : JSON.stringify(seen)).replace(/^/gm, "# "));
	return good;
}
export const is = (got, want, name) => ok(got === want, name, `got: ${got}\nwanted: ${want}`);
export const has = (text, words, name) => ok(String(text).includes(words), name, `wanted: ${words}\ngot: ${text}`);

const tests = [];
/** A test is a true sentence and a function; they run one after the other. */
export function test(name, run) {
	if (!only || name.includes(only)) tests.push({ name, run });
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export async function until(check, ms = 30000) {
	for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
		const got = await check();
		if (got) return got;
	}
	return undefined;
}
export const now = () => Math.floor(Date.now() / 1000);
export const random = () => crypto.randomBytes(8).toString("hex");
let last = Date.now();
/** A message's number that was never used. */
export const fresh = () => String(++last);

/** The platform's interface: `calls` has what was asked for; `answer(call)` says what comes back. */
export class Interface {
	calls = [];
	answer = () => ({ errcode: 0 });
	async start() {
		this.server = http.createServer((req, res) => {
			let body = "";
			req.setEncoding("utf8");
			req.on("data", (part) => (body += part));
			req.on("end", () => {
				const url = new URL(req.url, "http://here");
				const call = { method: req.method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers: req.headers, body };
				try {
					call.json = JSON.parse(body);
				} catch {
					call.json = undefined;
				}
				this.calls.push(call);
				const reply = this.answer(call);
				res.writeHead(reply.status ?? 200, { "Content-Type": "application/json" });
				res.end(JSON.stringify(reply.json ?? reply));
			});
		});
		await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
		this.base = `http://127.0.0.1:${this.server.address().port}`;
	}
	stop() {
		this.server.closeAllConnections();
		this.server.close();
	}
	to(pathname) {
		return this.calls.filter((c) => c.path === pathname);
	}
}

/** The daemon; `sections` is text for wenlu.conf, `secrets` files that it names. */
export class Daemon {
	constructor(sections, secrets, settings = []) {
		this.settings = settings;
		this.dir = fs.mkdtempSync(path.join(os.tmpdir(), "wenlu-bots-"));
		const conf = fs
			.readFileSync(path.join(build, "in-place.conf"), "utf8")
			.replace(/= (www|plugins|wenlu-host|var\/)/g, `= ${build}/$1`);
		fs.mkdirSync(path.join(this.dir, "plugins"));
		for (const file of ["national.so"]) fs.copyFileSync(path.join(build, "plugins", file), path.join(this.dir, "plugins", file));
		fs.copyFileSync(path.join(top, "plugins/nanjing/nanjing.yaml"), path.join(this.dir, "plugins/nanjing.yaml"));
		fs.copyFileSync(path.join(build, "tests/plugin/slow.so"), path.join(this.dir, "plugins/slow.so"));
		for (const [name, text] of Object.entries(secrets)) fs.writeFileSync(path.join(this.dir, name), text, { mode: 0o600 });
		fs.writeFileSync(path.join(this.dir, "plugins/long.yaml"), longGuide);
		this.conf = conf;
		this.configure(sections);
	}
	configure(sections) {
		// All of it is sent by a few people, fast.
		const unhurried = sections.replace(/^\[bot .*$/gm, "$&\nuser_rate = 0");
		fs.writeFileSync(path.join(this.dir, "wenlu.conf"), `${this.conf}\n${unhurried}\n`);
	}
	/** SIGHUP; done when the log has this line `n` times. */
	async reload(line, n = 1) {
		this.process.kill("SIGHUP");
		return until(() => this.log().split(line).length - 1 >= n, 300000);
	}
	async start() {
		const port = path.join(this.dir, "port");
		fs.rmSync(port, { force: true });
		const args = ["-c", path.join(this.dir, "wenlu.conf"), "--port-file", port];
		for (const set of ["port=0", "listen=127.0.0.1", `admin_socket=${this.dir}/admin.sock`, `state_dir=${this.dir}/state`, `plugins=${this.dir}/plugins`, "plugin_budget_ms=10000", ...this.settings])
			args.push("--set", set);
		this.process = spawn(wenlud, args, { stdio: ["ignore", "ignore", fs.openSync(path.join(this.dir, "log"), "a")] });
		this.ended = new Promise((done) => this.process.on("exit", done));
		await until(() => (fs.existsSync(port) && fs.readFileSync(port, "utf8").trim()) || this.process.exitCode !== null, 60000);
		if (this.process.exitCode !== null) throw new Error(`wenlud did not start:\n${this.log()}`);
		this.base = `http://127.0.0.1:${fs.readFileSync(port, "utf8").trim()}`;
	}
	log() {
		return fs.readFileSync(path.join(this.dir, "log"), "utf8");
	}
	async stop(signal = "SIGTERM") {
		this.process?.kill(signal);
		return this.ended;
	}
	remove() {
		fs.rmSync(this.dir, { recursive: true, force: true });
	}
	/** What the administrator's socket says to a line. */
	admin(line) {
		return new Promise((done, failed) => {
			const socket = net.connect(path.join(this.dir, "admin.sock"));
			let text = "";
			socket.setEncoding("utf8");
			socket.on("error", failed);
			socket.on("connect", () => socket.write(`${line}\n`));
			socket.on("data", (part) => {
				text += part;
				if (text.endsWith("\n\n")) socket.end();
			});
			socket.on("close", () => done(text));
		});
	}
	/** A counter of a bot, 0 before there is one. */
	async figure(name, bot) {
		const found = new RegExp(`^wenlu_bot_${name}\\{bot="${bot}",[^}]*\\} (\\d+)`, "m").exec(await this.admin("metrics"));
		return Number(found?.[1] ?? 0);
	}
	/** { status, type, body } of a request to /bots/NAME. */
	async ask(name, query, body, headers = {}, signal = undefined) {
		const search = new URLSearchParams(query).toString();
		const response = await fetch(`${this.base}/bots/${name}${search ? `?${search}` : ""}`, {
			method: body === undefined ? "GET" : "POST",
			body,
			headers,
			redirect: "manual",
			signal,
		});
		return { status: response.status, type: response.headers.get("content-type"), body: await response.text() };
	}
}

/** A guide with an answer that few platforms take in one piece: each field is as long as it may be. */
function filled(head) {
	let text = head;
	while (Buffer.byteLength(text) < 1850) text += "原件和复印件：original and copy, one of each paper that is named here；";
	return `${text}到窗口办理。`;
}
export const longMarks = ["开头", "其一", "其二", "其三", "其四"];
const [head, ...steps] = longMarks.map((mark) => filled(`据资料（未核实），${mark}：`));
const longGuide = `guide: 1
name: long
title: 苏州市居住证办事指南
version: 1.0.0
contact: 测试
regions:
  - code: "320500"
sources:
  - {id: T1, title: 测试来源, kind: article, as_of: "2025", review_by: "2099-12-31"}
topics:
  permit.apply:
    source: T1
    summary: ${head}
    steps: [${steps.map((s) => `"${s}"`).join(", ")}]
`;
export const longQuestion = "苏州居住证怎么申请";

/** Run all tests that were declared. */
export async function run() {
	for (const t of tests) {
		try {
			await t.run();
		} catch (error) {
			ok(false, t.name, error.stack);
		}
	}
	console.log(`1..${count}`);
	process.exitCode = failed ? 1 : 0;
}
