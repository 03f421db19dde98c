// SPDX-License-Identifier: Apache-2.0
// wecom.mjs - WeCom's applications and AI robots, with @wecom/crypto on the other side.
import { createRequire } from "node:module";
import { fresh, has, is, now, ok, random, sleep, test, until } from "./lib.mjs";

const { decrypt, encrypt, getSignature } = createRequire(import.meta.url)("@wecom/crypto");

const token = "QDG6eK";
const key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
const corp = "wx5823bf96d3bd56c7";
const agent = "218";
const user = "zhangsan-of-wecom";

export const secrets = { "wecom.token": token, "wecom.key": key, "wecom.secret": "the Secret" };
export const sections = (base) => `
[bot company]
platform = wecom
corp_id = ${corp}
agent_id = ${agent}
token_file = wecom.token
aes_key_file = wecom.key
[bot company-late]
platform = wecom
corp_id = ${corp}
agent_id = ${agent}
token_file = wecom.token
aes_key_file = wecom.key
corp_secret_file = wecom.secret
api_base = ${base}/qy
[bot robot]
platform = wecom-robot
robot_id = AIBOT1
token_file = wecom.token
aes_key_file = wecom.key
`;

const cdata = (name, text) => `<${name}><![CDATA[${text}]]></${name}>`;
const field = (xml, name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, "s").exec(xml)?.[1];
const textMessage = (content, { id = fresh(), to = agent, type = "text", from = user } = {}) =>
	`<xml>${cdata("ToUserName", corp)}${cdata("FromUserName", from)}<CreateTime>${now()}</CreateTime>${cdata("MsgType", type)}${cdata("Content", content)}<MsgId>${id}</MsgId><AgentID>${to}</AgentID></xml>`;
const event = (name, extra = "") =>
	`<xml>${cdata("ToUserName", corp)}${cdata("FromUserName", user)}<CreateTime>${now()}</CreateTime>${cdata("MsgType", "event")}${cdata("Event", name)}${extra}<AgentID>${agent}</AgentID></xml>`;

function seal(text, { at = now(), id = corp, secret = token, aes = key } = {}) {
	const timestamp = String(at);
	const nonce = random();
	const ciphered = encrypt(aes, text, id);
	return { ciphered, query: { msg_signature: getSignature(secret, timestamp, nonce, ciphered), timestamp, nonce } };
}
function opened(body) {
	const sealed = field(body, "Encrypt");
	is(getSignature(token, field(body, "TimeStamp"), field(body, "Nonce"), sealed), field(body, "MsgSignature"), "@wecom/crypto: the response is signed");
	const { message, id } = decrypt(key, sealed);
	is(id, corp, "@wecom/crypto: and sealed for the corporation");
	return message;
}
const send = (daemon, bot, s) => daemon.ask(bot, s.query, `<xml>${cdata("ToUserName", corp)}${cdata("AgentID", agent)}${cdata("Encrypt", s.ciphered)}</xml>`, { "Content-Type": "text/xml" });
/** One message, and its delivery: sealed and signed anew each time. */
export const make = textMessage;
export const deliver = (daemon, xml, bot = "company-late") => send(daemon, bot, seal(xml));
export const content = (body) => field(opened(body), "Content");
const question = "南京居住证多久能办下来";

export function declare({ daemon, outside }) {
	const post = (xml, options = {}, bot = "company") => {
		return send(daemon, bot, typeof xml === "string" ? seal(xml, options) : xml);
	};
	const said = async (...args) => content((await post(...args)).body);

	for (const [bot, id] of [["company", corp], ["robot", ""]])
		test(`wecom: the address of ${bot} is checked`, async () => {
			const s = seal("1616140317555161061", { id });
			const r = await daemon.ask(bot, { ...s.query, echostr: s.ciphered });
			ok(r.status === 200 && r.body === "1616140317555161061" && r.type.startsWith("text/plain"), `${bot}: the word comes back unsealed, without quotes or a line's end`, r);
			is((await daemon.ask(bot, { ...s.query, echostr: `${s.ciphered.slice(0, -4)}AAA=` })).status, 403, `${bot}: another word under this signature is refused`);
			const other = seal("1", { id: "ww0" });
			is((await daemon.ask(bot, { ...other.query, echostr: other.ciphered })).status, 403, `${bot}: one for another receiver is`);
			const old = seal("1", { id, at: now() - 400 });
			is((await daemon.ask(bot, { ...old.query, echostr: old.ciphered })).status, 403, `${bot}: and an old one`);
		});

	test("wecom: messages of an application", async () => {
		const xml = textMessage(question);
		const s = seal(xml);
		const answer = field(opened((await post(s)).body), "Content");

		has(answer, "工作日", "wecom: a question is answered");
		is(field(opened((await post(s)).body), "Content"), answer, "wecom: replayed, with the same");
		is(await said(xml), answer, "wecom: sent again, with the same");
		is((await post(textMessage(question, { to: "219" }))).status, 403, "wecom: another application's message is refused");
		is((await post(textMessage(question), { id: "ww0" })).status, 403, "wecom: another corporation's");
		is((await post(textMessage(question), { at: now() - 301 })).status, 403, "wecom: a stale one");
		is((await post(textMessage(question), { secret: "x" })).status, 403, "wecom: one with another token");
		is((await post(textMessage(question), { aes: "Z".repeat(43) })).status, 403, "wecom: one with another key");
		is((await post({ ...seal(xml), ciphered: seal(xml).ciphered })).status, 403, "wecom: one whose body is not what was signed");
		is((await daemon.ask("company", seal(xml).query, xml, {})).status, 403, "wecom: one that is not sealed");
		is((await post("{}")).status, 400, "wecom: what is sealed and no XML is malformed");
		is((await post("x".repeat(60000))).status, 413, "wecom: what is too long is too long");
		has(await said(event("subscribe")), "您好", "wecom: who comes is greeted");
		has(await said(event("click", cdata("EventKey", question))), "工作日", "wecom: a menu's key is a question");
		has(await said(textMessage("", { type: "image" })), "文字", "wecom: a picture is asked for words");
		const entered = await post(event("enter_agent"));
		ok(entered.status === 200 && entered.body === "", "wecom: who only looks in is left alone", entered);
		has(await said(textMessage("鼓楼区居住证怎么办", { from: "lisi" })), "2. 徐州市鼓楼区", "wecom: who is asked back gets numbers");
		has(await said(textMessage("2", { from: "lisi" })), "徐州", "wecom: and may answer with one");
	});

	test("wecom: an answer that comes too late goes through the interface", async () => {
		outside.answer = (call) => (call.path === "/qy/cgi-bin/gettoken" ? { errcode: 0, access_token: "QY", expires_in: 7200 } : { errcode: 0, errmsg: "ok" });
		const r = await post(textMessage("杭州居住证多久能办下来"), {}, "company-late");
		ok(r.status === 200 && r.body === "", "wecom: it is acknowledged in time", r);
		const sent = () => outside.to("/qy/cgi-bin/message/send");
		await until(() => sent().length > 0);
		const call = sent()[0];
		ok(call?.json?.touser === user && call?.json?.agentid === 218 && call?.query.access_token === "QY", "wecom: then said to who asked", call);
		has(call?.json?.text?.content, "次查询的结果", "wecom: with the answer");
		is(outside.to("/qy/cgi-bin/gettoken")[0]?.query.corpsecret, "the Secret", "wecom: by a token of the application");
	});

	const robot = async (message, options = {}) => {
		const s = seal(JSON.stringify({ aibotid: "AIBOT1", chattype: "single", from: { userid: user }, ...message }), { id: "", ...options });
		return daemon.ask("robot", s.query, JSON.stringify({ encrypt: s.ciphered }), { "Content-Type": "application/json" });
	};
	const spoken = (r) => {
		const outer = JSON.parse(r.body);
		is(getSignature(token, outer.timestamp, outer.nonce, outer.encrypt), outer.msgsignature, "@wecom/crypto: the robot's response is signed");
		return JSON.parse(decrypt(key, outer.encrypt).message);
	};
	const text = (content, msgid = fresh()) => ({ msgid, msgtype: "text", text: { content } });

	test("wecom: AI robots", async () => {
		const asked = text(question);
		const first = spoken(await robot(asked));

		ok(first.msgtype === "stream" && first.stream.finish === true && first.stream.id === asked.msgid, "robot: the answer is a whole stream", first);
		has(first.stream.content, "工作日", "robot: that answers");
		is(spoken(await robot(asked)).stream.content, first.stream.content, "robot: sent again, it is the same");
		has(spoken(await robot({ ...text(`@问路 ${question}`), chattype: "group", chatid: "g1" })).stream.content, "工作日", "robot: in a group its own name is left out");
		has(spoken(await robot({ msgid: fresh(), msgtype: "voice", voice: { content: question } })).stream.content, "工作日", "robot: what was heard is answered");
		has(spoken(await robot({ msgid: fresh(), msgtype: "image", image: { url: "x" } })).stream.content, "文字", "robot: a picture is asked for words");
		const greeting = spoken(await robot({ msgid: fresh(), msgtype: "event", event: { eventtype: "enter_chat" } }));
		ok(greeting.msgtype === "text" && greeting.text.content.includes("您好"), "robot: who comes is greeted", greeting);
		is((await robot({ msgid: fresh(), msgtype: "event", event: { eventtype: "feedback_event" } })).body, "", "robot: other events are acknowledged");
		is((await robot({ ...text(question), aibotid: "AIBOT2" })).status, 403, "robot: another robot's message is refused");
		is((await robot(text(question), { id: corp })).status, 403, "robot: and one for a receiver");
		is((await robot(text(question), { at: now() - 301 })).status, 403, "robot: and a stale one");
		is((await robot({ msgtype: "text", text: { content: question } })).status, 400, "robot: a message without a number is malformed");
		is((await daemon.ask("robot", {}, JSON.stringify(text(question)), {})).status, 403, "robot: what is not sealed is refused");
		for (const bad of ["", "[]", "{", "null", '{"encrypt":1}'])
			ok([400, 403].includes((await daemon.ask("robot", seal("{}", { id: "" }).query, bad, {})).status), `robot: '${bad}' is refused`);
	});

	test("wecom: a robot's answer that takes long is fetched", async () => {
		const asked = text("杭州居住证多久能办下来");
		let answer = spoken(await robot(asked));

		is(answer.stream.finish, false, "robot: at first there is a stream without an end");
		for (let i = 0; i < 20 && !answer.stream.finish; i++) {
			await sleep(500);
			answer = spoken(await robot({ msgid: fresh(), msgtype: "stream", stream: { id: asked.msgid } }));
		}
		has(answer.stream.content, "次查询的结果", "robot: then the platform fetches the answer");
		has(spoken(await robot({ msgid: fresh(), msgtype: "stream", stream: { id: "nobody-knows" } })).stream.content, "抱歉", "robot: of what it does not know it says so");
	});
}
