// SPDX-License-Identifier: Apache-2.0
// telegram.mjs - Telegram's webhook: grammy reads the same updates and makes the same method calls.
// Nothing of Telegram is sealed, signed or dated: a secret header is all, so nothing can be stale.
import { createRequire } from "node:module";
import { fresh, has, is, now, ok, sleep, test, until } from "./lib.mjs";

const { Bot, webhookCallback } = createRequire(import.meta.url)("grammy");

const secret = "Secret_of-setWebhook9";
export const token = "4242:the-token-of-BotFather";
const question = "南京居住证多久能办下来";
const slow = "杭州居住证多久能办下来";
const header = "X-Telegram-Bot-Api-Secret-Token";

export const secrets = { "telegram.secret": secret, "telegram.token": token };
export const sections = (base) => `
[bot tg]
platform = telegram
username = wenlu_bot
secret_token_file = telegram.secret
bot_token_file = telegram.token
api_base = ${base}/tg
`;

let last = now();
const update = (text, { id = ++last, from = 77, chat = { id: from, type: "private", first_name: "某人" }, ...rest } = {}) => ({
	update_id: id,
	message: { message_id: 5, date: now(), chat, from: { id: from, is_bot: false, first_name: "某人" }, text, ...rest },
});
const group = { id: -100123, type: "supergroup", title: "群" };

/** One message, and its delivery. */
export const make = (text, { id, from }) => update(text, { id: Number(id), from: Number(from) });
export const deliver = (daemon, u, signal) => daemon.ask("tg", {}, JSON.stringify(u), { "Content-Type": "application/json", [header]: secret }, signal);

export function declare({ daemon, outside }) {
	const post = (u, headers = { [header]: secret }) => daemon.ask("tg", {}, typeof u === "string" ? u : JSON.stringify(u), { "Content-Type": "application/json", ...headers });
	const say = async (...args) => JSON.parse((await post(update(...args))).body);
	const api = `/tg/bot${token}/sendMessage`;
	const grammy = (base) => new Bot(token, { botInfo: { id: 4242, is_bot: true, first_name: "问路", username: "wenlu_bot" }, client: { apiRoot: `${base}/tg`, canUseWebhookReply: (method) => method === "sendMessage" } });
	/** What grammy answers to this update, saying `text`. */
	const theirs = async (u, text, given = secret) => {
		const bot = grammy(outside.base);
		let answer;
		bot.on("message:text", (ctx) => ctx.reply(text, ctx.chat.type === "private" ? {} : { reply_parameters: { message_id: ctx.msg.message_id, allow_sending_without_reply: true } }));
		await webhookCallback(bot, "callback", { secretToken: secret })(u, (json) => (answer = json), given);
		return answer;
	};
	const sorted = (o) => JSON.stringify(Object.entries({ ...o, chat_id: String(o.chat_id) }).sort());

	test("telegram: a message is answered in the response, as grammy would", async () => {
		const u = update(question);
		const r = await post(u);
		ok(r.status === 200 && r.type.startsWith("application/json"), "telegram: a question is answered", r);
		const call = JSON.parse(r.body);
		is(call.method, "sendMessage", "telegram: by a method call in the response");
		is(String(call.chat_id), "77", "telegram: to who asked");
		has(call.text, "工作日", "telegram: that answers");
		is(sorted(JSON.parse(await theirs(u, call.text))), sorted(call), "telegram: grammy's response with these words is the same");
		is((await post(u)).body, r.body, "telegram: replayed or sent again, it gets the same");
		const [a, b] = await Promise.all([update(question)].flatMap((same) => [post(same), post(same)]));
		is(a.body, b.body, "telegram: and so do two at once");
	});

	test("telegram: what is refused", async () => {
		const u = update(question);
		for (const [name, given] of [["none", null], ["another", "x"], ["a part of it", secret.slice(1)], ["more than it", `${secret}x`], ["other case", secret.toUpperCase()]]) {
			is((await post(u, given === null ? {} : { [header]: given })).status, 403, `telegram: the secret header is wanted: ${name} is refused`);
			is(await theirs(u, "x", given), '"unauthorized"', "telegram: grammy refuses it too");
		}
		is((await daemon.ask("tg", {}, undefined, { [header]: secret })).status, 403, "telegram: a GET is refused");
		for (const bad of ["", "{", "[]", "null", "{}", '{"update_id":{}}', "[".repeat(60)]) is((await post(bad)).status, 400, `telegram: '${bad.slice(0, 16)}' is malformed`);
		is((await post(update("x".repeat(70000)))).status, 413, "telegram: what is too long is too long");
	});

	test("telegram: groups, and what is no text", async () => {
		const silent = async (what, u) => {
			const r = await post(u);
			ok(r.status === 200 && r.body === "{}", `telegram: ${what} is left alone`, r);
		};
		await silent("who does not name the bot in a group", update(question, { chat: group }));
		await silent("who names another", update(`@wenlu_bot2 ${question}`, { chat: group }));
		await silent("another bot", { update_id: ++last, message: { ...update(question).message, from: { id: 9, is_bot: true, first_name: "b" } } });
		await silent("a channel's post", { update_id: ++last, channel_post: { message_id: 1, date: now(), chat: { id: -1, type: "channel" }, text: question } });
		await silent("a changed message", { update_id: ++last, edited_message: update(question).message });
		const u = update(`@Wenlu_Bot ${question}`, { chat: group });
		const call = JSON.parse((await post(u)).body);
		has(call.text, "工作日", "telegram: who names it is answered");
		is(sorted(JSON.parse(await theirs(u, call.text))), sorted(call), "telegram: as a reply, as grammy writes one");
		has((await say(question, { chat: group, reply_to_message: { message_id: 4, from: { id: 4242, is_bot: true, username: "wenlu_bot" } } })).text, "工作日", "telegram: who answers it is answered");
		has((await say("/start")).text, "您好", "telegram: who comes is greeted");
		has((await say(undefined, { photo: [{ file_id: "x" }] })).text, "文字", "telegram: a picture is asked for words");
		has((await say("鼓楼区居住证怎么办", { from: 78 })).text, "2. 徐州市鼓楼区", "telegram: who is asked back gets numbers");
		has((await say("2", { from: 78 })).text, "徐州", "telegram: and may answer with one");
	});

	test("telegram: who asked hangs up", async () => {
		const u = update(slow, { from: 79 });
		const before = outside.to(api).length;
		const hungUp = await fetch(`${daemon.base}/bots/tg`, { method: "POST", body: JSON.stringify(u), headers: { [header]: secret }, signal: AbortSignal.timeout(1000) }).catch(() => "gone");
		is(hungUp, "gone", "telegram: nobody waits for the response any more");
		const again = JSON.parse((await post(u)).body);
		has(again.text, "次查询的结果", "telegram: sent again, it is answered");
		is((await post(u)).body, JSON.stringify(again), "telegram: and once more with the same");
		is(outside.to(api).length, before, "telegram: nothing was sent twice by way of the interface");
		ok(!daemon.log().includes(token) && !daemon.log().includes(secret), "telegram: no secret is logged");
	});
}
