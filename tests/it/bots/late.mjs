// SPDX-License-Identifier: Apache-2.0
// late.mjs - what is said after the response: answers that take longer, that are longer, whose
// asker has gone; each platform with its interface, which says no at times.
import fs from "node:fs";
import { Daemon, Interface, fresh, has, is, longMarks, longQuestion, ok, test, until } from "./lib.mjs";
import * as dingtalk from "./dingtalk.mjs";
import * as feishu from "./feishu.mjs";
import * as qq from "./qq.mjs";
import * as telegram from "./telegram.mjs";
import * as wechat from "./wechat.mjs";
import * as wecom from "./wecom.mjs";

export const secrets = {};
export const sections = () => "";

const slow = "杭州居住证多久能办下来"; // takes six seconds
const cutShort = "只显示了前一部分"; // wording/zh.yaml has it
const patience = Number(process.env.PATIENCE ?? 300000); // of this test, on machines with much else to do

/**
 * Of each platform that says things through an interface: its module, how an acknowledgement that
 * says nothing looks, the calls of its interface for somebody or a message, what they say, the answer
 * to them, what one message may hold. `isMute`: nothing is ever said in the response.
 */
const senders = ({ outside }) => [
	{
		name: "wechat",
		module: wechat,
		acknowledged: (r) => r.body === "success",
		calls: (from) => outside.to("/wx/cgi-bin/message/custom/send").filter((c) => c.json?.touser === from),
		text: (c) => c.json.text.content,
		good: { errcode: 0, errmsg: "ok" },
		fits: (text) => Buffer.byteLength(text) <= 2048,
	},
	{
		name: "wecom",
		module: wecom,
		acknowledged: (r) => r.body === "",
		calls: (from) => outside.to("/qy/cgi-bin/message/send").filter((c) => c.json?.touser === from),
		text: (c) => c.json.text.content,
		good: { errcode: 0, errmsg: "ok" },
		fits: (text) => Buffer.byteLength(text) <= 2048,
	},
	{
		name: "dingtalk",
		module: dingtalk,
		isMute: true,
		acknowledged: (r) => r.body === "{}",
		calls: (from, id) => outside.to("/dd/robot/sendBySession").filter((c) => c.query.session === id),
		text: (c) => c.json.text.content,
		good: { errcode: 0, errmsg: "ok" },
		fits: (text) => Buffer.byteLength(text) <= 15000,
	},
	{
		name: "feishu",
		module: feishu,
		isMute: true,
		acknowledged: (r) => r.body === "{}",
		calls: (from, id) => outside.to(`/fs/open-apis/im/v1/messages/${id}/reply`),
		text: (c) => JSON.parse(c.json.content).text,
		good: { code: 0, msg: "success", data: {} },
		fits: (text) => Buffer.byteLength(text) <= 20000,
	},
	{
		name: "qq",
		module: qq,
		isMute: true,
		acknowledged: (r) => JSON.parse(r.body).op === 12,
		calls: (from, id) => outside.calls.filter((c) => c.path.startsWith("/qq/v2/") && c.json?.msg_id === id),
		text: (c) => c.json.content,
		good: { id: "1", timestamp: 1 },
		fits: (text) => text.length <= 1500,
	},
	{
		name: "telegram",
		module: { ...telegram, content: (body) => JSON.parse(body).text },
		acknowledged: (r) => r.body === "{}",
		calls: (from) => outside.calls.filter((c) => c.path.endsWith("/sendMessage") && String(c.json?.chat_id) === from),
		text: (c) => c.json.text,
		good: { ok: true, result: { message_id: 1 } },
		fits: (text) => text.length <= 4096,
	},
];

/** Tokens for whoever asks for one; `says(call)` for all the rest. */
function interfaceOf(outside, says) {
	let tokens = 0;
	outside.answer = (call) => {
		const token = `LATE-${++tokens}`;
		if (call.path.endsWith("/stable_token") || call.path.endsWith("/gettoken")) return { errcode: 0, access_token: token, expires_in: 7200 };
		if (call.path.endsWith("/tenant_access_token/internal")) return { code: 0, tenant_access_token: token, expire: 7200 };
		if (call.path.endsWith("/getAppAccessToken")) return { access_token: token, expires_in: "7200" };
		return says(call);
	};
}
/** Numbers serve as names everywhere. */
const somebody = () => fresh();

export function declare({ daemon, outside }) {
	const all = senders({ outside });
	for (const s of all) {
		const { make, deliver } = s.module;

		if (s.name !== "telegram")
			test(`${s.name}: a slow answer, and its question delivered again meanwhile and afterwards`, async () => {
				interfaceOf(outside, () => s.good);
				const [id, from] = [fresh(), somebody()];
				const message = make(slow, { id, from });
				const calls = () => s.calls(from, id);
				// As if our acknowledgements were lost on the way.
				const both = await Promise.all([deliver(daemon, message), deliver(daemon, message)]);
				ok(both.every((r) => r.status === 200 && s.acknowledged(r)), `${s.name} late: two deliveries are acknowledged`, both);
				await until(() => calls().length > 0, patience);
				has(calls()[0] && s.text(calls()[0]), "次查询的结果", `${s.name} late: the answer follows through the interface`);
				const third = await deliver(daemon, message);
				ok(third.status === 200 && s.acknowledged(third), `${s.name} late: a third delivery is acknowledged too`, third);
				// Whatever these have begun would be said before the answer to another question.
				const next = fresh();
				const after = await deliver(daemon, make("南京居住证多久能办下来", { id: next, from }));
				is(after.status, 200, `${s.name} late: the conversation goes on`);
				if (s.isMute) await until(() => s.calls(from, next).length > 0, patience);
				is(calls().filter((c) => s.text(c).includes("次查询的结果")).length, 1, `${s.name} late: of all three there is one answer`);
			});

		test(`${s.name}: an answer that is too long for one message`, async () => {
			interfaceOf(outside, () => s.good);
			const [id, from] = [fresh(), somebody()];
			const r = await deliver(daemon, make(longQuestion, { id, from }));
			is(r.status, 200, `${s.name} long: a long answer begins`);
			const first = s.acknowledged(r) ? [] : [s.module.content(r.body)];
			const pieces = () => [...first, ...s.calls(from, id).map(s.text)];
			const whole = () => pieces().join("");
			const isOver = () => whole().includes(`${longMarks.at(-1)}：`) || whole().includes(cutShort);
			await until(isOver, patience);
			ok(isOver(), `${s.name} long: all of it comes, or a word that there is more`, pieces());
			ok(pieces().every(s.fits), `${s.name} long: each piece fits`, pieces().map((p) => p.length));
			ok(pieces().length <= 4, `${s.name} long: in four messages at most`, pieces().length);
			const places = longMarks.map((mark) => whole().split(`${mark}：`)).map((parts) => ({ times: parts.length - 1, at: parts[0].length }));
			ok(places.slice(0, 3).every((p) => p.times === 1) && places.every((p) => p.times <= 1), `${s.name} long: nothing of it is said twice`, places);
			ok(places.every((p, i) => i === 0 || p.at > places[i - 1].at || p.times === 0), `${s.name} long: all in the right order`, places);
			ok(pieces().every((p) => /[。；，：、）？！]$/.test(p.trim())), `${s.name} long: cut where something ends`, pieces().map((p) => p.slice(-10)));
		});
	}

	const s = all.find((one) => one.name === "telegram");
	/** The platform asks, and hangs up while the answer is made; gives who asked and the message. */
	const askAndLeave = async () => {
		const from = somebody();
		const message = telegram.make(slow, { id: fresh(), from });
		const before = await daemon.figure("texts_total", "tg");
		const gone = new AbortController();
		const asked = telegram.deliver(daemon, message, gone.signal).catch(() => "gone");
		await until(async () => (await daemon.figure("texts_total", "tg")) === before + 1, patience);
		gone.abort();
		is(await asked, "gone", "telegram late: the platform hangs up while the answer is made");
		return { from, message };
	};

	test("telegram: the platform does not wait, and the answer is sent", async () => {
		interfaceOf(outside, () => s.good);
		const { from, message } = await askAndLeave();
		await until(() => s.calls(from).length > 0, patience);
		const call = s.calls(from)[0];
		ok(call?.method === "POST" && call.path === `/tg/bot${telegram.token}/sendMessage`, "telegram late: sendMessage is called with the bot's token", call?.path);
		ok(call?.headers["content-type"]?.startsWith("application/json") && !("method" in call.json), "telegram late: with JSON, without the method in it", call?.body);
		has(call?.json?.text, "次查询的结果", "telegram late: and says the answer to who asked");
		const again = await telegram.deliver(daemon, message);
		ok(again.status === 200 && again.body === "{}", "telegram late: delivered again, the message gets nothing more in the response", again);
		const after = await telegram.deliver(daemon, telegram.make("南京居住证多久能办下来", { id: fresh(), from }));
		has(JSON.parse(after.body).text, "工作日", "telegram late: the conversation goes on in responses");
		is(s.calls(from).length, 1, "telegram late: the late answer was sent once");
	});

	test("telegram: its interface says no", async () => {
		const failures = await daemon.figure("send_failures_total", "tg");
		interfaceOf(outside, () => ({ status: 403, json: { ok: false, error_code: 403, description: "Forbidden: bot was blocked by the user" } }));
		const blocked = (await askAndLeave()).from;
		await until(async () => (await daemon.figure("send_failures_total", "tg")) === failures + 1, patience);
		is(s.calls(blocked).length, 1, "telegram late: who has blocked the bot is written to once");
		has(daemon.log(), "bot was blocked by the user", "telegram late: and the log says why");

		let busy;
		interfaceOf(outside, () => (s.calls(busy).length === 1 ? { status: 429, json: { ok: false, error_code: 429, description: "Too Many Requests: retry after 1", parameters: { retry_after: 1 } } } : s.good));
		busy = (await askAndLeave()).from;
		await until(() => s.calls(busy).length === 2, patience);
		const [first, second] = s.calls(busy);
		ok(first && second && first.body === second.body, "telegram late: when there is too much, the same is sent again later", [first?.body, second?.body]);
		ok(!daemon.log().includes(telegram.token), "telegram late: no secret is logged");
	});

	test("several workers: one access token, kept over a reload", async () => {
		const there = new Interface();
		await there.start();
		interfaceOf(there, (call) => (call.path.startsWith("/qq/") ? { id: "1", timestamp: 1 } : { code: 0, msg: "success", data: {} }));
		const both = feishu.sections(there.base) + qq.sections(there.base);
		const many = new Daemon(both, { ...feishu.secrets, ...qq.secrets }, ["workers=3"]);
		const logins = (ending) => there.calls.filter((c) => c.path.endsWith(ending));
		/** Eight people, whose conversations are with one worker or another. */
		const talk = async (s) => {
			let n = 0;
			for (let i = 0; i < 8; i++) {
				const [id, from] = [fresh(), `a-person-${fresh()}`];
				await s.module.deliver(many, s.module.make("南京居住证多久能办下来", { id, from }));
				const said = () => s.calls(from, id);
				if (await until(() => said().length > 0, patience)) n += s.text(said()[0]).includes("工作日");
			}
			return n;
		};
		const [lark, penguin] = ["feishu", "qq"].map((name) => senders({ outside: there }).find((s) => s.name === name));
		try {
			await many.start();
			is(await talk(lark), 8, "workers: everybody is answered through the interface");
			is(logins("/tenant_access_token/internal").length, 1, "workers: with one access token for all of them");
			is(await talk(penguin), 8, "workers: at another platform too");
			is(logins("/getAppAccessToken").length, 1, "workers: with one of its own");
			// QQ's account is another one from now on, Feishu's stays.
			many.configure(feishu.sections(there.base) + qq.sections(there.base).replace("app_id = 1", "app_id = 2"));
			ok(await many.reload("bot 'penguin': ", 6), "workers: a changed section is read by all three", many.log());
			is(await talk(lark), 8, "workers: the unchanged bot answers");
			is(logins("/tenant_access_token/internal").length, 1, "workers: with the token it had");
			is(await talk(penguin), 8, "workers: the changed one answers");
			const accounts = logins("/getAppAccessToken").map((c) => c.json?.appId);
			is(accounts.length, 2, "workers: with a new token, fetched once");
			ok(accounts[0] !== accounts[1], "workers: for the other account", accounts);
			const kept = fs.readdirSync(`${many.dir}/state`).map((name) => fs.readFileSync(`${many.dir}/state/${name}`, "latin1")).join("\n");
			ok(kept.length > 0 && !kept.includes("a-person") && !kept.includes(qq.secrets["qq.secret"]), "workers: neither names nor secrets are in the state folder");
		} finally {
			await many.stop();
			there.stop();
			many.remove();
		}
	});
}
