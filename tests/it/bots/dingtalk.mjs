// SPDX-License-Identifier: Apache-2.0
// dingtalk.mjs - DingTalk robots in HTTP mode. dingtalk-stream, the platform's library, speaks its
// WebSocket mode only and has no code for the sign: so node's own HMAC is on the other side.
import crypto from "node:crypto";
import { fresh, has, is, ok, sleep, test, until } from "./lib.mjs";

const secret = "the-AppSecret-of-DingTalk";
const question = "南京居住证多久能办下来";
const hour = 3600 * 1000;
let base;

export const secrets = { "dingtalk.secret": secret };
export const sections = (outside) => {
	base = `${outside}/dd`;
	return `
[bot ding]
platform = dingtalk
app_secret_file = dingtalk.secret
api_base = ${base}
`;
};

let moment = 0;
/** Never the same time twice: a sign serves for one message. */
function headersOf({ away = 0, by = secret } = {}) {
	const timestamp = String((moment = Math.max(moment + 1, Date.now())) + away);
	return { timestamp, sign: crypto.createHmac("sha256", by).update(`${timestamp}\n${by}`).digest("base64") };
}
function message(content, { id = `msg${fresh()}`, group, isAt = false, from = "$:LWCP_v1:$somebody", webhook = `${base}/robot/sendBySession?session=${id}`, until: end = Date.now() + hour, ...rest } = {}) {
	return {
		conversationId: "cid1", msgId: id, senderNick: "某人", senderStaffId: "staff1", senderId: from, sessionWebhook: webhook, sessionWebhookExpiredTime: end,
		createAt: Date.now(), conversationType: group ? "2" : "1", robotCode: "r", isInAtList: group ? isAt : undefined, msgtype: "text", text: { content }, ...rest,
	};
}

/** One message, and its delivery, signed anew each time. */
export const make = message;
export const deliver = (daemon, m) => daemon.ask("ding", {}, JSON.stringify(m), { "Content-Type": "application/json; charset=utf-8", ...headersOf() });

export function declare({ daemon, outside }) {
	const post = (m, headers = headersOf()) => daemon.ask("ding", {}, typeof m === "string" ? m : JSON.stringify(m), { "Content-Type": "application/json; charset=utf-8", ...headers });
	const sent = (m) => outside.to("/dd/robot/sendBySession").filter((c) => c.query.session === m.msgId);
	const first = async (m) => (await until(() => sent(m)[0])) ?? {};
	const say = async (m) => {
		const r = await post(m);
		ok(r.status === 200 && r.body === "{}", "dingtalk: acknowledged", r);
		return m;
	};
	const content = async (m) => (await first(await say(m))).json?.text?.content;

	test("dingtalk: a message and its repetitions", async () => {
		outside.answer = () => ({ errcode: 0, errmsg: "ok" });
		const m = message(` ${question}`);
		const headers = headersOf();
		is((await post(m, headers)).body, "{}", "dingtalk: a question is acknowledged");
		const call = await first(m);
		is(call.json?.msgtype, "text", "dingtalk: then text goes to the session's webhook");
		has(call.json?.text?.content, "工作日", "dingtalk: that answers");
		ok(call.json && !("at" in call.json), "dingtalk: and calls nobody by name where two talk");
		is((await post(m, headers)).status, 200, "dingtalk: replayed, it is acknowledged");
		is((await post(m)).status, 200, "dingtalk: sent again by the platform too");
		await sleep(300);
		is(sent(m).length, 1, "dingtalk: and answered once");
		const other = message("另一个问题");
		is((await post(other, headers)).status, 403, "dingtalk: the sign does not serve for another message");
		ok(!daemon.log().includes(secret), "dingtalk: no secret is logged");
	});

	test("dingtalk: what is refused", async () => {
		const m = message(question);
		is((await post(m, headersOf({ away: -hour - 1000 }))).status, 403, "dingtalk: a stale message");
		is((await post(m, headersOf({ away: hour + 30000 }))).status, 403, "dingtalk: one from the future");
		is((await post(m, headersOf({ by: "another" }))).status, 403, "dingtalk: one signed with another secret");
		is((await post(m, { ...headersOf(), timestamp: String(Date.now() - 5) })).status, 403, "dingtalk: one whose time was changed");
		is((await post(m, { ...headersOf(), timestamp: "x" })).status, 403, "dingtalk: one whose time is no number");
		const { timestamp, sign } = headersOf();
		is((await post(m, { timestamp })).status, 403, "dingtalk: one without sign");
		is((await post(m, { sign })).status, 403, "dingtalk: one without timestamp");
		is((await daemon.ask("ding", {}, JSON.stringify(m), {})).status, 403, "dingtalk: one with neither");
		for (const bad of ["", "{", "[]", "null", "{}", '{"msgId":"1"}', "[".repeat(60)]) is((await post(bad)).status, 400, `dingtalk: '${bad.slice(0, 14)}' is malformed`);
		is((await post(message(question, { id: "" }))).status, 400, "dingtalk: so is one without a number");
		is((await post(message("x".repeat(70000)))).status, 413, "dingtalk: what is too long is too long");
		is(sent(m).length, 0, "dingtalk: none of these is answered");
	});

	test("dingtalk: nobody has it call where they like", async () => {
		outside.answer = () => ({ errcode: 0, errmsg: "ok" });
		const elsewhere = [`${outside.base}/elsewhere`, `${base}-elsewhere/x`, `${base}@elsewhere.example/x`, `${base}/../elsewhere`, "", "file:///etc/passwd"];
		const before = outside.calls.length;
		for (const webhook of elsewhere) is((await post(message(question, { webhook }))).status, 200, `dingtalk: with the webhook '${webhook.replace(outside.base, "")}' it is acknowledged`);
		const late = await say(message(question, { until: Date.now() - 1000 }));
		const last = message(question);
		has(await content(last), "工作日", "dingtalk: a good one after these is answered");
		await sleep(500);
		const calls = outside.calls.slice(before);
		is(calls.filter((c) => c.path !== "/dd/robot/sendBySession").length, 0, "dingtalk: addresses not below the platform's are never called");
		is(sent(late).length, 0, "dingtalk: nor a webhook whose time is over");
	});

	test("dingtalk: groups, voices, pictures", async () => {
		outside.answer = () => ({ errcode: 0, errmsg: "ok" });
		const silent = await say(message(question, { group: true }));
		const inGroup = await first(await say(message(` ${question}`, { group: true, isAt: true })));
		has(inGroup.json?.text?.content, "工作日", "dingtalk: who names the robot in a group is answered");
		is(inGroup.json?.at?.atUserIds?.[0], "staff1", "dingtalk: by name");
		has(await content(message("", { msgtype: "audio", text: undefined, content: { recognition: question } })), "工作日", "dingtalk: what was heard is answered");
		has(await content(message("", { msgtype: "picture", text: undefined, content: { downloadCode: "x" } })), "文字", "dingtalk: a picture is asked for words");
		has(await content(message("鼓楼区居住证怎么办", { from: "chooser" })), "2. 徐州市鼓楼区", "dingtalk: who is asked back gets numbers");
		has(await content(message("2", { from: "chooser" })), "徐州", "dingtalk: and may answer with one");
		is(sent(silent).length, 0, "dingtalk: who does not name it is left alone");
	});
}
