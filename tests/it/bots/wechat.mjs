// SPDX-License-Identifier: Apache-2.0
// wechat.mjs - official accounts: wechat-crypto seals and signs, co-wechat reads and writes.
import crypto from "node:crypto";
import { createRequire } from "node:module";
import { fresh, has, is, now, ok, random, sleep, test, until } from "./lib.mjs";

const require = createRequire(import.meta.url);
const WXBizMsgCrypt = require("wechat-crypto");
const coWechat = require("co-wechat");

const token = "WeChatToken9";
const oldKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
const appid = "wx5823bf96d3bd56c7";
const user = "oUser-of-WeChat-1";
const account = "gh_10f6c3c3ac5a";

export const secrets = { "wechat.token": token, "wechat.key": key, "wechat.old": oldKey, "wechat.secret": "the AppSecret" };
export const sections = (base) => `
[bot wx]
platform = wechat
app_id = ${appid}
token_file = wechat.token
aes_key_file = wechat.key
previous_aes_key_file = wechat.old
[bot wx-plain]
platform = wechat
mode = plain
app_id = ${appid}
token_file = wechat.token
[bot wx-service]
platform = wechat
mode = compatible
app_id = ${appid}
token_file = wechat.token
aes_key_file = wechat.key
app_secret_file = wechat.secret
api_base = ${base}/wx
`;

const sha1 = (...parts) => crypto.createHash("sha1").update(parts.sort().join("")).digest("hex");
const cdata = (name, text) => `<${name}><![CDATA[${text}]]></${name}>`;

function textMessage(content, { id = fresh(), from = user, type = "text", extra = "" } = {}) {
	return (
		`<xml>${cdata("ToUserName", account)}${cdata("FromUserName", from)}<CreateTime>${now()}</CreateTime>` +
		`${cdata("MsgType", type)}${content === undefined ? "" : cdata("Content", content)}${extra}<MsgId>${id}</MsgId></xml>`
	);
}
const event = (name, extra = "") =>
	`<xml>${cdata("ToUserName", account)}${cdata("FromUserName", user)}<CreateTime>${now()}</CreateTime>${cdata("MsgType", "event")}${cdata("Event", name)}${extra}</xml>`;

function plain(xml, at = now()) {
	const timestamp = String(at);
	const nonce = random();
	return { query: { signature: sha1(token, timestamp, nonce), timestamp, nonce, openid: user }, body: xml };
}
function sealed(xml, { at = now(), aes = key, id = appid, secret = token, alsoPlain = false } = {}) {
	const crypt = new WXBizMsgCrypt(secret, aes, id);
	const timestamp = String(at);
	const nonce = random();
	const encrypt = crypt.encrypt(xml);
	const inner = alsoPlain ? xml.slice("<xml>".length, -"</xml>".length) : cdata("ToUserName", account);
	return {
		query: { signature: sha1(secret, timestamp, nonce), timestamp, nonce, openid: user, encrypt_type: "aes", msg_signature: crypt.getSignature(timestamp, nonce, encrypt) },
		body: `<xml>${inner}${cdata("Encrypt", encrypt)}</xml>`,
	};
}
const field = (xml, name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, "s").exec(xml)?.[1];
function opened(body, aes = key) {
	const crypt = new WXBizMsgCrypt(token, aes, appid);
	const encrypt = field(body, "Encrypt");
	is(crypt.getSignature(field(body, "TimeStamp"), field(body, "Nonce"), encrypt), field(body, "MsgSignature"), "wechat-crypto: the response is signed");
	const { message, id } = crypt.decrypt(encrypt);
	is(id, appid, "wechat-crypto: and sealed for this account");
	return message;
}
/** One message, and its delivery: sealed and signed anew each time. */
export const make = textMessage;
export const deliver = (daemon, xml, bot = "wx-service") => {
	const m = sealed(xml);
	return daemon.ask(bot, m.query, m.body, { "Content-Type": "text/xml" });
};
export const content = (body) => field(opened(body), "Content");
const question = "南京居住证多久能办下来";

export function declare({ daemon, outside }) {
	const post = (bot, m, body = m.body) => daemon.ask(bot, m.query, body, { "Content-Type": "text/xml" });

	test("wechat: the address is checked", async () => {
		const m = plain();
		const r = await daemon.ask("wx", { ...m.query, echostr: "3071 4+/=号" });
		ok(r.status === 200 && r.body === "3071 4+/=号" && r.type.startsWith("text/plain"), "wechat: the echo is the same bytes, as plain text", r);
		is((await daemon.ask("wx", { ...m.query, signature: sha1("other"), echostr: "1" })).status, 403, "wechat: another token's check is refused");
		is((await daemon.ask("wx", { ...plain(undefined, now() - 400).query, echostr: "1" })).status, 403, "wechat: an old one is");
		is((await daemon.ask("wx", m.query)).status, 403, "wechat: and one without a word");
	});

	test("wechat: plain messages", async () => {
		const m = plain(textMessage(question));
		const r = await post("wx-plain", m);
		is(r.status, 200, "wechat plain: a question is answered");
		is(field(r.body, "ToUserName"), user, "wechat plain: to who asked");
		is(field(r.body, "FromUserName"), account, "wechat plain: by whom they asked");
		is(field(r.body, "MsgType"), "text", "wechat plain: with text");
		has(field(r.body, "Content"), "工作日", "wechat plain: that answers");
		ok(Buffer.byteLength(field(r.body, "Content")) <= 2048, "wechat plain: and is not too long");
		is(field((await post("wx-plain", m)).body, "Content"), field(r.body, "Content"), "wechat plain: replayed, it gets the same");
		is((await post("wx-plain", m, textMessage("另一个问题"))).status, 403, "wechat plain: the signature does not serve for other words");
		is((await post("wx-plain", plain(textMessage(question), now() - 301))).status, 403, "wechat plain: a stale one is refused");
		is((await post("wx-plain", plain(textMessage(question), now() + 330))).status, 403, "wechat plain: and one from the future");
		const bare = plain(textMessage(question));
		for (const name of ["signature", "timestamp", "nonce"]) {
			const query = { ...bare.query };
			delete query[name];
			is((await post("wx-plain", { query, body: bare.body })).status, 403, `wechat plain: without ${name} it is refused`);
		}
		is((await post("wx-plain", sealed(textMessage(question)))).status, 403, "wechat plain: so is a sealed one");
		for (const bad of ["", "{}", "<xml>", "<xml><MsgType>text</MsgType></xml>", '<!DOCTYPE a [<!ENTITY b "c">]><xml>&b;</xml>', "<xml>" + "<a>".repeat(50) + "</a>".repeat(50) + "</xml>"])
			is((await post("wx-plain", plain(bad))).status, 400, `wechat plain: '${bad.slice(0, 24)}' is malformed`);
		is((await post("wx-plain", plain("x".repeat(70000)))).status, 413, "wechat plain: 70 KB are too much");
	});

	for (const [bot, alsoPlain] of [["wx", false], ["wx-service", true]])
		test(`wechat: sealed messages at ${bot}`, async () => {
			const m = sealed(textMessage(question), { alsoPlain });
			const r = await post(bot, m);
			is(r.status, 200, `${bot}: a sealed question is answered`);
			const answer = field(opened(r.body), "Content");
			has(answer, "工作日", `${bot}: sealed`);
			ok(!r.body.includes("工作日"), `${bot}: and nothing of it in the clear`);
			is(field(opened((await post(bot, m)).body), "Content"), answer, `${bot}: replayed, it gets the same`);
			const xml = textMessage(question);
			const first = field(opened((await post(bot, sealed(xml, { alsoPlain }))).body), "Content");
			is(field(opened((await post(bot, sealed(xml, { alsoPlain }))).body), "Content"), first, `${bot}: the platform's own repetition too`);
			is((await post(bot, plain(textMessage(question)))).status, 403, `${bot}: a plain one is refused`);
			is((await post(bot, sealed(textMessage(question), { at: now() - 301, alsoPlain }))).status, 403, `${bot}: a stale one`);
			is((await post(bot, sealed(textMessage(question), { id: "wx0000000000000000", alsoPlain }))).status, 403, `${bot}: one for another account`);
			is((await post(bot, sealed(textMessage(question), { secret: "AnotherToken", alsoPlain }))).status, 403, `${bot}: one with another token`);
			is((await post(bot, sealed(textMessage(question), { aes: "Z".repeat(43), alsoPlain }))).status, 403, `${bot}: one with another key`);
			is((await post(bot, sealed("no xml", { alsoPlain: false }))).status, 400, `${bot}: rubbish that is sealed well is malformed`);
			const t = sealed(textMessage(question));
			for (let i = 0; i < 20; i++) {
				const at = Math.floor(t.body.indexOf("Encrypt><![CDATA[") + 17 + i * 7);
				const body = t.body.slice(0, at) + (t.body[at] === "A" ? "B" : "A") + t.body.slice(at + 1);
				const s = (await post(bot, t, body)).status;
				if (s !== 403) ok(false, `${bot}: a changed character is refused`, `at ${at}: ${s}`);
			}
			ok(true, `${bot}: a changed character is refused`);
		});

	test("wechat: a new key takes effect", async () => {
		const r = await post("wx", sealed(textMessage(question), { aes: oldKey }));
		is(r.status, 200, "wechat: the key before is still taken");
		has(opened(r.body, key), "工作日", "wechat: and answered with the new one");
		is((await post("wx-service", sealed(textMessage(question), { aes: oldKey }))).status, 403, "wechat: unless none is configured");
	});

	test("wechat: other kinds of messages", async () => {
		const say = async (xml) => field((await post("wx-plain", plain(xml))).body, "Content");
		const voice = (words) => textMessage(undefined, { type: "voice", extra: `${cdata("MediaId", "m")}${cdata("Recognition", words)}` });

		has(await say(voice(`${question}。`)), "工作日", "wechat: what was recognised of a voice is answered");
		has(await say(voice("")), "文字", "wechat: a voice without words is asked for words");
		has(await say(textMessage(undefined, { type: "image", extra: cdata("PicUrl", "x") })), "文字", "wechat: so is a picture");
		has(await say(event("subscribe")), "您好", "wechat: who follows is greeted");
		has(await say(event("CLICK", cdata("EventKey", question))), "工作日", "wechat: a menu's key is a question");
		for (const name of ["unsubscribe", "LOCATION", "VIEW", "TEMPLATESENDJOBFINISH"]) {
			const r = await post("wx-plain", plain(event(name)));
			ok(r.status === 200 && r.body === "success", `wechat: ${name} is acknowledged`, r);
		}
	});

	test("wechat: an event has no number: who and when tell whether it was there before", async () => {
		const figures = async () => [await daemon.figure("requests_total", "wx-plain"), await daemon.figure("repeated_total", "wx-plain"), await daemon.figure("others_total", "wx-plain")];
		const xml = event("subscribe").replace(user, `oEvent-${fresh()}`);
		const before = await figures();
		const first = await post("wx-plain", plain(xml));
		const again = await post("wx-plain", plain(xml));
		const later = await post("wx-plain", plain(xml.replace(/(?<=<CreateTime>)\d+/, (at) => String(Number(at) + 1))));
		ok([first, again, later].every((r) => field(r.body, "Content")?.includes("您好")), "wechat: an event that comes again gets the same", [first, again, later]);
		const after = await figures();
		is(String(after.map((n, i) => n - before[i])), "3,1,2", "wechat: as the one it was; one of another second is another");
	});

	test("wechat: numbered options", async () => {
		const from = `oChooser-${fresh()}`;
		const say = async (text, who = from) => field((await post("wx-plain", plain(textMessage(text, { from: who })))).body, "Content");

		has(await say("鼓楼区居住证怎么办"), "1. 南京市鼓楼区", "wechat: who is asked back gets numbers");
		ok(!(await say("2", `oOther-${fresh()}`)).includes("徐州"), "wechat: that mean nothing to others");
		has(await say("2"), "徐州市鼓楼区", "wechat: and choose for who was asked");
		has(await say("要带什么"), "徐州", "wechat: what was chosen is remembered");
	});

	test("wechat: co-wechat agrees", async () => {
		const m = sealed(textMessage("它怎么看"));
		const ctx = { method: "POST", query: m.query, request: { body: m.body } };
		let seen;

		await coWechat({ token, appid, encodingAESKey: key }).middleware(async (message) => {
			seen = message;
			return "好的";
		})(ctx);
		is(seen?.Content, "它怎么看", "co-wechat reads what this test sends");
		is(field(opened(ctx.body), "Content"), "好的", "and this test reads what co-wechat answers");
	});

	test("wechat: three tries and a plugin that takes six seconds", async () => {
		const xml = textMessage("杭州居住证多久能办下来");
		const tries = [];
		const end = Date.now() + 15000;

		// Five seconds each, the next when the one before has hung up.
		for (let i = 0; i < 3 && Date.now() < end; i++) {
			const abort = AbortSignal.timeout(5000);
			const m = plain(xml);
			try {
				const r = await fetch(`${daemon.base}/bots/wx-plain?${new URLSearchParams(m.query)}`, { method: "POST", body: xml, headers: { "Content-Type": "text/xml" }, signal: abort });
				tries.push(field(await r.text(), "Content"));
			} catch {
				tries.push(null);
			}
		}
		is(tries[0], null, "wechat: the first try gets nothing");
		const answers = tries.filter(Boolean);
		ok(answers.length > 0 && answers.every((a) => a === answers[0]), "wechat: a later one gets the answer, and always the same", tries);
		has(answers[0], "次查询的结果", "wechat: of one look-up");
	});

	test("wechat: an answer that comes too late goes through the interface", async () => {
		let n = 0;

		outside.answer = (call) => {
			if (call.path === "/wx/cgi-bin/stable_token") return { access_token: `TOKEN-${++n}`, expires_in: 7200 };
			// The first token turns out to be no longer good.
			return call.query.access_token === "TOKEN-1" ? { errcode: 40001, errmsg: "invalid credential" } : { errcode: 0, errmsg: "ok" };
		};
		const r = await post("wx-service", sealed(textMessage("杭州居住证多久能办下来")));
		ok(r.status === 200 && r.body === "success", "wechat: it is acknowledged in time", r);
		const sent = () => outside.to("/wx/cgi-bin/message/custom/send").filter((c) => c.query.access_token !== "TOKEN-1");
		await until(() => sent().length > 0);
		is(sent()[0]?.json?.touser, user, "wechat: then said to who asked");
		is(sent()[0]?.json?.msgtype, "text", "wechat: as text");
		has(sent()[0]?.json?.text?.content, "次查询的结果", "wechat: with the answer");
		ok(!sent()[0]?.body.includes("\\u"), "wechat: in letters, not in escapes");
		const asked = outside.to("/wx/cgi-bin/stable_token");
		ok(asked[0]?.json?.appid === appid && asked[0]?.json?.secret === "the AppSecret" && asked[0]?.json?.grant_type === "client_credential", "wechat: a token was asked for");
		is(asked.length, 2, "wechat: and a new one when it was refused");
		await sleep(300);
		is(sent().length, 1, "wechat: one answer");
		ok(!daemon.log().includes("AppSecret") && !daemon.log().includes("TOKEN-"), "wechat: no secret is logged");
	});
}
