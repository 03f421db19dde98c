// SPDX-License-Identifier: Apache-2.0
// feishu.mjs - Feishu and Lark: @larksuiteoapi/node-sdk reads what is sent here and makes the same calls.
import crypto from "node:crypto";
import { createRequire } from "node:module";
import { fresh, has, is, now, ok, random, sleep, test, until } from "./lib.mjs";

const lark = createRequire(import.meta.url)("@larksuiteoapi/node-sdk");

const word = "v-Verification9";
const encryptKey = "Encrypt Key of Feishu";
const appId = "cli_a1b2c3";
const appSecret = "the App Secret of Feishu";
const ours = "ou_the_bot";
const user = "ou_somebody";

export const secrets = { "feishu.word": word, "feishu.key": encryptKey, "feishu.secret": appSecret };
export const sections = (base) => `
[bot lark]
platform = feishu
app_id = ${appId}
app_secret_file = feishu.secret
verification_token_file = feishu.word
encrypt_key_file = feishu.key
bot_open_id = ${ours}
api_base = ${base}/fs
[bot lark-plain]
platform = feishu
mode = plain
app_id = ${appId}
app_secret_file = feishu.secret
verification_token_file = feishu.word
api_base = ${base}/fs
`;

const question = "南京居住证多久能办下来";
const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

function event(content, { id = `om_${fresh()}`, token = word, type = "text", chat = "p2p", mentions, sender = "user", from = user } = {}) {
	return {
		schema: "2.0",
		header: { event_id: random(), event_type: "im.message.receive_v1", create_time: String(Date.now()), token, app_id: appId, tenant_key: "t" },
		event: {
			sender: { sender_id: { open_id: from }, sender_type: sender, tenant_key: "t" },
			message: { message_id: id, chat_id: "oc_1", chat_type: chat, message_type: type, content: JSON.stringify({ text: content }), mentions },
		},
	};
}
/** As the platform sends it: sealed, and signed over the bytes of the body. */
function sealed(message, { at = now(), key = encryptKey } = {}) {
	const iv = crypto.randomBytes(16);
	const cipher = crypto.createCipheriv("aes-256-cbc", crypto.createHash("sha256").update(key).digest(), iv);
	const text = typeof message === "string" ? message : JSON.stringify(message);
	return signed(JSON.stringify({ encrypt: Buffer.concat([iv, cipher.update(text), cipher.final()]).toString("base64") }), { at, key });
}
function signed(body, { at = now(), key = encryptKey } = {}) {
	const nonce = random();
	const signature = crypto.createHash("sha256").update(`${at}${nonce}${key}${body}`).digest("hex");
	return { body, headers: { "X-Lark-Request-Timestamp": String(at), "X-Lark-Request-Nonce": nonce, "X-Lark-Signature": signature } };
}

/** One message, and its delivery: sealed and signed anew each time. */
export const make = event;
export const deliver = (daemon, message, bot = "lark") => {
	const m = sealed(message);
	return daemon.ask(bot, {}, m.body, { "Content-Type": "application/json", ...m.headers });
};

export function declare({ daemon, outside }) {
	const post = (m, bot = "lark") => daemon.ask(bot, {}, m.body, { "Content-Type": "application/json", ...m.headers });
	const plain = (message) => ({ body: typeof message === "string" ? message : JSON.stringify(message), headers: {} });
	const replies = (id) => outside.to(`/fs/open-apis/im/v1/messages/${id}/reply`);
	const taken = (id) => replies(id).filter((c) => c.headers.authorization !== "Bearer FS-1");
	const said = async (id) => {
		await until(() => taken(id).length > 0);
		return JSON.parse(taken(id)[0]?.json?.content ?? "{}").text;
	};
	let tokens = 0;
	const interfaceIsThere = () => {
		outside.answer = (call) => {
			if (call.path === "/fs/open-apis/auth/v3/tenant_access_token/internal") return { code: 0, msg: "ok", tenant_access_token: `FS-${++tokens}`, expire: 7200 };
			// The first one turns out to be no longer good.
			if (call.headers.authorization === "Bearer FS-1") return { status: 400, json: { code: 99991663, msg: "Invalid access token for authorization" } };
			return { code: 0, msg: "success", data: {} };
		};
	};

	test("feishu: the address is checked", async () => {
		const check = (token = word) => ({ challenge: 'ajls384"号', token, type: "url_verification" });
		const m = sealed(check());
		const answer = lark.generateChallenge(JSON.parse(m.body), { encryptKey });
		ok(answer.isChallenge, "feishu: the SDK takes this for the check of an address");
		for (const [bot, asked] of [["lark", m], ["lark", { body: m.body, headers: {} }], ["lark-plain", plain(check())]]) {
			const r = await post(asked, bot);
			is(r.status, 200, `${bot}: the check is answered`);
			is(JSON.parse(r.body).challenge, answer.challenge.challenge, `${bot}: as the SDK answers it`);
			ok(r.type.startsWith("application/json"), `${bot}: with JSON`, r.type);
		}
		is((await post(sealed(check("x")))).status, 403, "feishu: with another Verification Token it is refused");
		is((await post(plain(check("x")), "lark-plain")).status, 403, "feishu: in the clear too");
		is((await post(sealed(check(), { key: "another" }))).status, 403, "feishu: with another key");
		is((await post(plain(check()))).status, 403, "feishu: in the clear where all is sealed");
	});

	test("feishu: a sealed message, and the token renewed", async () => {
		interfaceIsThere();
		const id = `om_${fresh()}`;
		const message = event(question, { id });
		const m = sealed(message);
		let seen;
		const dispatcher = new lark.EventDispatcher({ encryptKey, verificationToken: word, logger: quiet }).register({
			"im.message.receive_v1": (data) => {
				seen = data;
			},
		});
		const lower = Object.fromEntries(Object.entries(m.headers).map(([k, v]) => [k.toLowerCase(), v]));
		await dispatcher.invoke(Object.assign(Object.create({ headers: lower }), JSON.parse(m.body)));
		is(seen?.message?.message_id, id, "feishu: the SDK opens what this test sends, and its signature is good");

		const r = await post(m);
		ok(r.status === 200 && r.body === "{}", "feishu: a sealed question is acknowledged", r);
		has(await said(id), "工作日", "feishu: and answered through the interface");
		is(replies(id).length, 2, "feishu: once with the old token and once with a new one");
		const fetched = outside.to("/fs/open-apis/auth/v3/tenant_access_token/internal");
		is(fetched.length, 2, "feishu: a token was fetched, and another when it was refused");
		ok(fetched[0]?.json?.app_id === appId && fetched[0]?.json?.app_secret === appSecret, "feishu: with the app's credentials");

		is((await post(m)).body, "{}", "feishu: replayed, it is acknowledged");
		is((await post(sealed(message))).body, "{}", "feishu: sent again by the platform too");
		await sleep(300);
		is(taken(id).length, 1, "feishu: and answered once");

		// The SDK's own client says the same words.
		const mine = taken(id)[0];
		const before = outside.calls.length;
		const client = new lark.Client({ appId, appSecret, domain: `${outside.base}/fs`, logger: quiet });
		await client.im.message.reply({ path: { message_id: id }, data: { msg_type: mine.json.msg_type, content: mine.json.content, uuid: mine.json.uuid } });
		const theirs = outside.calls.slice(before);
		const reply = theirs.find((c) => c.path.endsWith("/reply"));
		ok(reply?.path === mine.path && reply?.method === mine.method, "feishu: the SDK's client calls the same address", [mine, theirs]);
		is(JSON.stringify(Object.entries(mine.json).sort()), JSON.stringify(Object.entries(reply?.json ?? {}).sort()), "feishu: with the same body");
		ok(/^Bearer FS-\d+$/.test(mine.headers.authorization) && /^Bearer FS-\d+$/.test(reply?.headers.authorization), "feishu: and its token in the same place");
		const login = theirs.find((c) => c.path.includes("tenant_access_token"));
		is(login && login.path, fetched[0]?.path, "feishu: which it fetches at the same address");
		ok(!daemon.log().includes(appSecret) && !daemon.log().includes("FS-"), "feishu: no secret is logged");
	});

	test("feishu: what is refused", async () => {
		interfaceIsThere();
		const m = sealed(event(question));
		is((await post(sealed(event(question), { at: now() - 301 }))).status, 403, "feishu: a stale message");
		is((await post(sealed(event(question), { at: now() + 330 }))).status, 403, "feishu: one from the future");
		is((await post(sealed(event(question), { key: "another" }))).status, 403, "feishu: one with another key");
		is((await post(sealed(event(question, { token: "x" })))).status, 403, "feishu: one with another Verification Token");
		is((await post({ ...m, body: sealed(event(question)).body })).status, 403, "feishu: one whose body is not what was signed");
		is((await post({ ...m, body: m.body.replace("{", "{ ") })).status, 403, "feishu: one with a blank more");
		for (const name of Object.keys(m.headers)) {
			const headers = { ...m.headers };
			delete headers[name];
			is((await post({ body: m.body, headers })).status, 403, `feishu: one without ${name}`);
		}
		is((await post(signed(JSON.stringify(event(question))))).status, 403, "feishu: one signed and not sealed");
		is((await post(plain(event(question)))).status, 403, "feishu: one neither");
		is((await post(m, "lark-plain")).status, 403, "feishu: a sealed one where nothing is");
		is((await post(plain(event(question, { token: "x" })), "lark-plain")).status, 403, "feishu: a plain one with another Verification Token");
		for (const bad of ["", "{", "[]", '{"encrypt":1}', '{"encrypt":""}', '{"encrypt":"AAAA"}', `{"encrypt":"${"A".repeat(64)}"}`])
			ok([400, 403].includes((await post(signed(bad))).status), `feishu: '${bad.slice(0, 20)}', signed`);
		is((await post(sealed("no JSON"))).status, 400, "feishu: what is sealed and no JSON is malformed");
		is((await post(sealed({ token: word, uuid: "1", event: {} }))).status, 400, "feishu: so is an event of version 1");
		is((await post(sealed("[".repeat(60)))).status, 400, "feishu: and one too deep");
		is((await post(sealed(event("x".repeat(70000))))).status, 413, "feishu: what is too long is too long");
	});

	test("feishu: whom and what it answers", async () => {
		interfaceIsThere();
		const say = async (text, options = {}, bot = "lark") => {
			const id = `om_${fresh()}`;
			const message = event(text, { id, ...options });
			const r = await post(bot === "lark" ? sealed(message) : plain(message), bot);
			ok(r.status === 200 && r.body === "{}", `${bot}: acknowledged`, r);
			return id;
		};
		const mention = (open_id) => [{ key: "@_user_1", id: { open_id }, name: "问路" }];
		const silent = [
			await say(question, { chat: "group" }),
			await say(`@_user_1 ${question}`, { chat: "group", mentions: mention("ou_another") }),
			await say(question, { sender: "app" }),
		];
		has(await said(await say(question, {}, "lark-plain")), "工作日", "feishu: a plain question is answered where it may be plain");
		has(await said(await say(`@_user_1 ${question}`, { chat: "group", mentions: mention(ours) })), "工作日", "feishu: in a group who names the bot is answered");
		has(await said(await say("", { type: "image" })), "文字", "feishu: a picture is asked for words");
		has(await said(await say("鼓楼区居住证怎么办", { from: "ou_chooser" })), "2. 徐州市鼓楼区", "feishu: who is asked back gets numbers");
		has(await said(await say("2", { from: "ou_chooser" })), "徐州", "feishu: and may answer with one");
		has(await said(await say("杭州居住证多久能办下来")), "次查询的结果", "feishu: an answer that takes long comes too");
		is(silent.flatMap(replies).length, 0, "feishu: who talks to others in a group, and bots, are left alone");
	});
}
