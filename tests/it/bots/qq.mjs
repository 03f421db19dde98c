// SPDX-License-Identifier: Apache-2.0
// qq.mjs - QQ bots: node's own Ed25519 on the other side, as the platform publishes no library for JavaScript webhooks.
import crypto from "node:crypto";
import { fresh, has, is, now, ok, sleep, test, until } from "./lib.mjs";

const appId = "11111111";
const secret = "naOC0ocQE3shWLAfffVLB1rhYPG7";
const question = "南京居住证多久能办下来";

export const secrets = { "qq.secret": secret };
export const sections = (base) => `
[bot penguin]
platform = qq
app_id = ${appId}
app_secret_file = qq.secret
api_base = ${base}/qq
token_base = ${base}/qq-token
`;

/** The key is the secret, repeated to 32 bytes. */
function keyOf(text) {
	const seed = Buffer.from(text.repeat(Math.ceil(32 / text.length))).subarray(0, 32);
	return crypto.createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
}
const key = keyOf(secret);

function signed(message, { at = now(), by = key } = {}) {
	const body = typeof message === "string" ? message : JSON.stringify(message);
	return { body, headers: { "X-Signature-Timestamp": String(at), "X-Signature-Ed25519": crypto.sign(null, Buffer.from(`${at}${body}`), by).toString("hex") } };
}
const person = (content, { id = `ROBOT1.0_${fresh()}`, user = "U1", type = "C2C_MESSAGE_CREATE" } = {}) => ({ op: 0, s: 1, id: "e", t: type, d: { id, content, timestamp: "2026-01-01T00:00:00+08:00", author: { id: user, user_openid: user } } });
const group = (content, { id = `ROBOT1.0_${fresh()}`, type = "GROUP_AT_MESSAGE_CREATE" } = {}) => ({ op: 0, s: 1, id: "e", t: type, d: { id, content, group_openid: "G/1", author: { id: "M1", member_openid: "M1" } } });
const channel = (content, { id = fresh(), type = "AT_MESSAGE_CREATE" } = {}) => ({ op: 0, s: 1, id: "e", t: type, d: { id, content, channel_id: "C1", guild_id: "9", author: { id: "A1", bot: false } } });

/** One message, and its delivery: signed anew each time. */
export const make = (text, { id, from }) => person(text, { id, user: from });
export const deliver = (daemon, message, bot = "penguin") => {
	const m = signed(message);
	return daemon.ask(bot, {}, m.body, { "Content-Type": "application/json", ...m.headers });
};

export function declare({ daemon, outside }) {
	const post = (m) => daemon.ask("penguin", {}, m.body, { "Content-Type": "application/json", ...m.headers });
	const sent = (id) => outside.calls.filter((c) => c.path.startsWith("/qq/") && c.json?.msg_id === id);
	const taken = (id) => sent(id).filter((c) => c.headers.authorization !== "QQBot QQ-1");
	const say = async (message) => {
		const r = await post(signed(message));
		ok(r.status === 200 && JSON.parse(r.body).op === 12, "qq: acknowledged with op 12", r);
		return message.d.id;
	};
	const first = async (id) => (await until(() => taken(id)[0])) ?? {};
	let tokens = 0;
	const interfaceIsThere = () => {
		outside.answer = (call) => {
			// The platform writes the seconds as a string.
			if (call.path === "/qq-token/app/getAppAccessToken") return { access_token: `QQ-${++tokens}`, expires_in: "7200" };
			if (call.headers.authorization === "QQBot QQ-1") return { status: 401, json: { code: 11244, message: "token not exist or expire" } };
			return { id: "1", timestamp: 1 };
		};
	};

	test("qq: the address is checked", async () => {
		const check = { op: 13, d: { plain_token: "Arq0D5A61EgUu4OxUvOp", event_ts: "1725442341" } };
		const r = await post(signed(check));
		is(r.status, 200, "qq: a signed check is answered");
		const answer = JSON.parse(r.body);
		is(answer.plain_token, check.d.plain_token, "qq: with its word");
		ok(crypto.verify(null, Buffer.from(check.d.event_ts + check.d.plain_token), crypto.createPublicKey(key), Buffer.from(answer.signature, "hex")), "qq: node verifies the signature over it");
		is((await post({ body: JSON.stringify(check), headers: {} })).status, 403, "qq: an unsigned check is refused: we would sign for anybody");
		is((await post(signed(check, { by: keyOf("another secret") }))).status, 403, "qq: and one by another secret");
		is((await post(signed({ op: 13, d: { plain_token: "", event_ts: "1" } }))).status, 403, "qq: one without a word");
		is((await post(signed({ op: 13, d: { plain_token: '{"op":0}', event_ts: 'x' } }))).status, 403, "qq: one whose time is no number");
	});

	test("qq: a message of one person, and the token renewed", async () => {
		interfaceIsThere();
		const message = person(question);
		const m = signed(message);
		is(JSON.parse((await post(m)).body).op, 12, "qq: a question is acknowledged");
		const id = message.d.id;
		const call = await first(id);
		is(call.path, "/qq/v2/users/U1/messages", "qq: then answered to who asked");
		has(call.json?.content, "工作日", "qq: through the interface");
		ok(call.json?.msg_type === 0 && call.json?.msg_seq === 1, "qq: as the first text to that message", call.json);
		is(call.headers?.authorization, "QQBot QQ-2", "qq: with a new token, as the old one was refused");
		is(sent(id).length, 2, "qq: after one try with that");
		const fetched = outside.to("/qq-token/app/getAppAccessToken");
		ok(fetched.length === 2 && fetched[0].json?.appId === appId && fetched[0].json?.clientSecret === secret, "qq: both fetched with the bot's credentials", fetched);
		is((await post(m)).status, 200, "qq: replayed, it is acknowledged");
		is((await post(signed(message, { at: now() - 1 }))).status, 200, "qq: sent again by the platform too");
		await sleep(300);
		is(taken(id).length, 1, "qq: and answered once");
		ok(!daemon.log().includes(secret) && !daemon.log().includes("QQ-"), "qq: no secret is logged");
	});

	test("qq: what is refused", async () => {
		interfaceIsThere();
		const m = signed(person(question));
		is((await post(signed(person(question), { at: now() - 301 }))).status, 403, "qq: a stale message");
		is((await post(signed(person(question), { at: now() + 330 }))).status, 403, "qq: one from the future");
		is((await post(signed(person(question), { by: keyOf("another secret") }))).status, 403, "qq: one by another secret");
		is((await post({ ...m, body: m.body.replace("南京", "北京") })).status, 403, "qq: one that was changed");
		is((await post({ ...m, headers: { ...m.headers, "X-Signature-Timestamp": String(now() + 1) } })).status, 403, "qq: one with another time");
		for (const name of Object.keys(m.headers)) {
			const headers = { ...m.headers };
			delete headers[name];
			is((await post({ body: m.body, headers })).status, 403, `qq: one without ${name}`);
		}
		for (const bad of ["", "00", "x".repeat(128), m.headers["X-Signature-Ed25519"].slice(2), `${m.headers["X-Signature-Ed25519"]}00`])
			is((await post({ ...m, headers: { ...m.headers, "X-Signature-Ed25519": bad } })).status, 403, `qq: the signature '${bad.slice(0, 8)}' of ${bad.length} letters`);
		for (const bad of ["", "{", "[]", "null", "{}", "[".repeat(60)]) is((await post(signed(bad))).status, 400, `qq: '${bad.slice(0, 8)}' is malformed`);
		is((await post(signed(person("x".repeat(70000))))).status, 413, "qq: what is too long is too long");
	});

	test("qq: groups, channels and what is no text", async () => {
		interfaceIsThere();
		const silent = [await say(group(question, { type: "GROUP_MESSAGE_CREATE" })), await say(channel(question, { type: "MESSAGE_CREATE" })), await say(person("", { type: "FRIEND_ADD" }))];
		const inGroup = await first(await say(group(` ${question}`)));
		is(inGroup.path, "/qq/v2/groups/G%2F1/messages", "qq: who names the bot in a group is answered there");
		has(inGroup.json?.content, "工作日", "qq: with the answer");
		const inChannel = await first(await say(channel(`<@!4242> ${question}`)));
		is(inChannel.path, "/qq/channels/C1/messages", "qq: and in a channel");
		has(inChannel.json?.content, "工作日", "qq: without its own name in the question");
		ok(inChannel.json && !("msg_seq" in inChannel.json), "qq: where pieces have no numbers");
		has((await first(await say(person("")))).json?.content, "文字", "qq: a picture is asked for words");
		has((await first(await say(person("鼓楼区居住证怎么办", { user: "U2" })))).json?.content, "2. 徐州市鼓楼区", "qq: who is asked back gets numbers");
		has((await first(await say(person("2", { user: "U2" })))).json?.content, "徐州", "qq: and may answer with one");
		is(silent.flatMap(sent).length, 0, "qq: where it is not named it is silent");
	});
}
