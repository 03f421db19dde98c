// SPDX-License-Identifier: Apache-2.0
// talk.mjs - the conversation in a real browser: answers, lost lines, tabs, pages, feedback.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, Server, until, Widget } from './browser.mjs';
import { done, equal, ok, test } from './tap.mjs';

const browser = await launch();
const PHONE = { width: 390, height: 844 };

/** A fresh server and a fresh browser profile for each test. */
function visit(name, run, { path = '/strict.html', state = false, context: options = {}, start = (w) => w.open(), mood } = {}) {
	test(name, async () => {
		const file = state ? join(mkdtempSync(join(tmpdir(), 'wenlu-')), 'sessions.json') : '';
		const server = await Server.start({ state: file });
		const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
		const faults = [];
		try {
			if (mood) await server.be(mood);
			const page = await context.newPage();
			page.on('pageerror', (e) => faults.push(e.message));
			page.on('console', (m) => /Content Security|Refused to|Trusted|violat/.test(m.text()) && faults.push(m.text()));
			await page.goto(server.url + path);
			const w = new Widget(page);
			if (start) await start(w);
			const skip = await run({ w, page, server, context, file, faults });
			equal(faults, []);
			return skip;
		} finally {
			await context.close();
			await server.kill().catch(() => {});
		}
	});
}

visit('a question is answered by a card with channels, steps, documents, sources and grade', async ({ w }) => {
	const card = await w.ask('郑州居住证编号怎么查');
	const text = await card.innerText();
	for (const words of ['郑州市', '居住证编号查询', '网络资料，未核实', '办理渠道', '郑好办', '公众号', '办理步骤', '所需材料', '资料来源', '12345'])
		ok(text.includes(words), words);
	equal(await card.locator('.steps ol > li').count(), 3);
	equal(await card.locator('a.go').getAttribute('href'), 'https://www.hnzwfw.gov.cn/');
	equal(await card.locator('a.go').getAttribute('rel'), 'noopener noreferrer');
});
visit('what an answer asks for stands under what depends on it, and the line shows how to say it until it is said', async ({ w, page }) => {
	const usual = await w.input.getAttribute('placeholder');
	const card = await w.ask('郑州居住证逾期了怎么办');
	equal(await card.locator('.ask').innerText(), '已经逾期的，请告诉我逾期了多少天（例如“逾期20天”），我可以说得更准确。');
	equal(await card.locator('.summary + .ask + .channels').count(), 1);
	await until('it is spoken', async () => (await w.live.innerText()).includes('请告诉我逾期了多少天'));
	equal(await w.input.getAttribute('placeholder'), '例如：逾期20天');
	await page.reload();
	await w.cards.first().waitFor();
	equal(await w.input.getAttribute('placeholder'), '例如：逾期20天');
	equal(await (await w.ask('40天')).locator('.ask').count(), 0);
	equal(await w.input.getAttribute('placeholder'), usual);
});
visit('of a thing that was asked about by its name it is said first what is known', async ({ w }) => {
	const card = await w.ask('居住证能邮寄吗');
	equal(await card.locator('.point').innerText(), '关于邮寄：据公开报道，制好以后可以自己领取，也可以邮寄到家。');
	equal(await card.locator('.point + .summary').count(), 1);
	await until('it is spoken', async () => (await w.live.innerText()).includes('关于邮寄'));
});
visit('the page may forbid everything but its own scripts and connections', async ({ w, page, faults }) => {
	await w.ask('郑州居住证编号怎么查');
	await w.button('更多').click();
	await w.button('转人工').waitFor();
	equal(faults, []);
	ok((await w.launcher.evaluate((n) => getComputedStyle(n).position)) === 'fixed', 'styled');
	equal(await page.locator('wenlu-chat').evaluate((n) => n.shadowRoot.querySelectorAll('[style], style, link').length), 0);
});
visit('it works where trusted types are required', async ({ w }) => { await w.ask('居住证编号怎么查'); }, { path: '/trusted.html' });
visit('a browser without constructed style sheets gets the linked one', async ({ w, page }) => {
	await w.ask('居住证编号怎么查');
	await until('it is styled', () => w.launcher.evaluate((n) => getComputedStyle(n).position === 'fixed'));
	equal(await page.locator('wenlu-chat').evaluate((n) => n.shadowRoot.querySelectorAll('link').length), 1);
}, { path: '/second.html', start: async (w) => {
	await w.page.addInitScript(() => { window.CSSStyleSheet = class { constructor() { throw new Error('none here'); } }; });
	await w.page.reload();
	await w.open();
} });
visit('text from the server is text, and only http links become links', async ({ w, page }) => {
	const card = await w.ask('攻击');
	ok((await card.innerText()).includes('<img src=x onerror="window.hit=1"><b>粗体</b>'));
	equal(await card.locator('a, img, script, b').count(), 0);
	equal(await page.evaluate(() => window.hit), undefined);
});
visit('nothing is asked of any other host, and no cookie is set', async ({ w, page, server, context }) => {
	const hosts = new Set();
	page.on('request', (r) => hosts.add(new URL(r.url()).host));
	await page.reload();
	await w.ask('居住证编号怎么查');
	equal([...hosts], [new URL(server.url).host]);
	equal(await context.cookies(), []);
});
visit('the page pays for no connection before the window is opened', async ({ page, server }) => {
	await page.waitForTimeout(400);
	const { requests } = await server.heard();
	equal(requests.filter((r) => /UPGRADE|cards|speech|print|more|lang/.test(r)), []);
}, { start: null });
visit('while a reply is due, it says so', async ({ w, server }) => {
	await server.be({ delay: 700 });
	await w.type('居住证编号怎么查');
	await w.page.locator('wenlu-chat .typing').waitFor();
	await w.cards.first().waitFor();
	equal(await w.page.locator('wenlu-chat .typing').count(), 0);
});
visit('asked back, a button answers with the option, and stays marked', async ({ w, server }) => {
	await w.ask('鼓楼区居住证编号怎么查');
	await w.button('南京市鼓楼区').click();
	await w.cards.nth(1).waitFor();
	const chosen = (await server.heard()).received.filter((m) => m.type === 'choose');
	equal(chosen.map((m) => m.option), ['1']);
	ok((await w.cards.nth(1).innerText()).includes('南京市鼓楼区'));
	equal(await w.cards.first().getByRole('button', { name: '南京市鼓楼区' }).getAttribute('aria-pressed'), 'true');
});
visit('an option of an older question is asked in words', async ({ w, server }) => {
	await w.ask('鼓楼区居住证编号怎么查');
	await w.ask('居住证多久能办好');
	await w.button('福州市鼓楼区').click();
	await w.cards.nth(2).waitFor();
	equal((await server.asked()).slice(-1), ['福州市鼓楼区']);
});
visit('a comparison is a table with headers, and says in words what differs', async ({ w }) => {
	const card = await w.ask('上海和深圳哪个快');
	equal(await card.locator('thead th[scope=col]').allInnerTexts(), ['项目', '上海市', '深圳市']);
	equal(await card.locator('tbody th[scope=row]').count(), 4);
	equal(await card.locator('tr.differs .mark').allInnerTexts(), ['不同', '不同']);
	ok((await card.locator('td.unknown').innerText()).includes('暂无该项信息'));
	equal(await card.locator('caption').count(), 1);
});
visit('two questions in one message give two answers', async ({ w }) => {
	const card = await w.ask('编号怎么查，还有多久能办好');
	equal(await card.locator('.part').allInnerTexts(), ['第 1 个问题', '第 2 个问题']);
});
visit('an old or unverified answer is marked, and what was carried over is said', async ({ w }) => {
	ok((await (await w.ask('多久能办好')).innerText()).includes('资料可能已过期，请先核实'));
	ok((await (await w.ask('要带什么材料')).innerText()).includes('沿用前面说的：郑州市'));
	ok((await (await w.ask('居住正编号怎么查')).innerText()).includes('按“居住证”理解'));
});
visit('what was asked for stands first', async ({ w }) => {
	equal((await (await w.ask('要带什么材料')).locator('h4').first().innerText()), '所需材料');
	equal((await (await w.ask('多久能办好')).locator('h4').first().innerText()), '办理时限');
});
visit('a question that cannot be answered offers others, and a person', async ({ w, server }) => {
	const card = await w.ask('今天天气怎么样');
	await card.getByRole('button', { name: '转人工' }).click();
	await w.cards.nth(1).waitFor();
	equal((await server.asked()).slice(-1), ['转人工服务']);
	ok((await w.cards.nth(1).innerText()).includes('12345'));
});
visit('related questions are asked by a button', async ({ w, server }) => {
	const card = await w.ask('郑州居住证编号怎么查');
	await card.getByRole('button', { name: '居住证丢了怎么补办' }).click();
	await w.cards.nth(1).waitFor();
	equal((await server.asked()).length, 2);
});
visit('hot questions are there at the start and go once one has asked', async ({ w, page }) => {
	equal(await page.locator('wenlu-chat .hot button').count(), 4);
	await page.locator('wenlu-chat .hot button').first().click();
	await w.cards.first().waitFor();
	equal(await page.locator('wenlu-chat .hot button').count(), 0);
});
visit('suggestions come while typing, also from pinyin, and are picked with the keys', async ({ w, page, server }) => {
	await w.input.pressSequentially('juzhu');
	const options = page.locator('wenlu-chat [role=option]');
	await options.first().waitFor();
	await w.input.press('ArrowDown');
	await w.input.press('ArrowDown');
	equal(await options.nth(1).getAttribute('aria-selected'), 'true');
	equal(await w.input.getAttribute('aria-activedescendant'), await options.nth(1).getAttribute('id'));
	await w.input.press('Enter');
	await w.cards.first().waitFor();
	equal(await server.asked(), ['居住证怎么办理']);
});
visit('Enter while a word is being composed sends nothing', async ({ w, page }) => {
	await w.input.fill('居住');
	await w.input.evaluate((n) => n.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })));
	await page.waitForTimeout(200);
	equal(await w.questions.count(), 0);
});
visit('the page\'s region goes with the first question, and again when it has changed', async ({ w, page, server }) => {
	await w.ask('居住证编号怎么查');
	await w.ask('要带什么材料');
	await page.locator('wenlu-chat').evaluate((n) => { n.region = '310000'; });
	await w.ask('多久能办好');
	equal((await server.heard()).received.filter((m) => m.type === 'ask').map((m) => m.region || ''), ['410100', '', '310000']);
});
visit('the page\'s region goes with every question until one was answered for a place', async ({ w, server }) => {
	await w.ask('今天天气怎么样');
	await w.ask('居住证编号怎么查');
	await w.ask('要带什么材料');
	equal((await server.heard()).received.filter((m) => m.type === 'ask').map((m) => m.region || ''), ['410100', '410100', '']);
});
visit('a refused question says why, and can be sent again', async ({ w }) => {
	await w.type('限流');
	await w.page.locator('wenlu-chat .state.failed').waitFor();
	ok((await w.page.locator('wenlu-chat .state.failed').innerText()).includes('请过一会儿再试'));
	await w.button('取消').click();
	await until('it is gone', async () => (await w.questions.count()) === 0);
});
visit('asked too fast, the question waits and is answered', async ({ w, server }) => {
	await server.be({ limit: 1 });
	await w.type('居住证编号怎么查');
	await w.notice.getByText('提问太频繁').waitFor();
	await w.cards.first().waitFor();
	equal((await server.asked()).length, 2);
	equal(await w.questions.count(), 1);
});

/* The line is lost. */
visit('a server killed and started again goes on with the same conversation', async ({ w, page, server, file }) => {
	await w.ask('郑州居住证编号怎么查');
	const { session } = await w.memory();
	await server.kill();
	await w.mode('down');
	await w.notice.getByText('连接中断').waitFor();
	await w.type('要带什么材料');
	await page.locator('wenlu-chat .question.queued').waitFor();
	const again = await Server.start({ port: server.port, state: file });
	await w.cards.nth(1).waitFor({ timeout: 30000 });
	await until('the notice is gone', async () => !(await w.notice.isVisible()));
	equal((await w.memory()).session, session);
	equal(await again.asked(), ['要带什么材料']);
	await again.kill();
}, { state: true });
visit('a server that forgot the conversation gets a new one, and no question is lost', async ({ w, server }) => {
	await w.ask('郑州居住证编号怎么查');
	const { session } = await w.memory();
	await server.kill();
	await w.mode('down');
	await w.type('要带什么材料');
	const again = await Server.start({ port: server.port });
	await w.cards.nth(1).waitFor({ timeout: 30000 });
	ok((await w.memory()).session !== session);
	equal(await again.asked(), ['要带什么材料']);
	equal(await w.questions.count(), 2);
	await again.kill();
});
visit('a reply that was missed is fetched, and its question is not asked twice', async ({ w, server }) => {
	await w.ask('郑州居住证编号怎么查');
	await server.be({ drop_after: true });
	await w.type('要带什么材料');
	await w.cards.nth(1).waitFor({ timeout: 20000 });
	equal(await server.asked(), ['郑州居住证编号怎么查', '要带什么材料']);
	equal(await w.cards.count(), 2);
});
visit('a line cut again and again loses and repeats nothing', async ({ w, server, page }) => {
	for (let i = 0; i < 6; i++) {
		await w.type(i % 2 ? '要带什么材料' : '多久能办好');
		if (i % 2) await server.cut();
	}
	await until('six answers', async () => (await w.cards.count()) === 6, 40000);
	await page.waitForTimeout(800);
	equal(await w.cards.count(), 6);
	equal((await server.asked()).length, 6);
});
visit('offline, questions wait through a reload and go out once, in order', async ({ w, page, server, context }) => {
	await w.ask('郑州居住证编号怎么查');
	await context.setOffline(true);
	await w.notice.getByText('没有联网').waitFor();
	await w.type('要带什么材料');
	await w.type('多久能办好');
	equal(await page.locator('wenlu-chat .question.queued').count(), 2);
	await context.setOffline(false);
	await server.be({ websocket: false, http: false });
	await page.reload();
	await until('both are shown again', async () => (await page.locator('wenlu-chat .question').count()) === 3);
	await server.be({ websocket: true, http: true });
	await until('three answers', async () => (await w.cards.count()) === 3, 30000);
	equal(await server.asked(), ['郑州居住证编号怎么查', '要带什么材料', '多久能办好']);
});
visit('a line that died in silence is noticed, and the question is asked on a new one', async ({ w, server }) => {
	await w.ask('郑州居住证编号怎么查');
	await server.be({ answer: false });
	await w.type('要带什么材料');
	await w.page.waitForTimeout(1000);
	await server.be({ answer: true });
	await w.cards.nth(1).waitFor({ timeout: 30000 });
	equal(await w.questions.count(), 2);
});
visit('a draining server is left, and the question asked of its successor', async ({ w, server }) => {
	await server.be({ draining: true });
	await w.type('多久能办好');
	await w.mode('down');
	await server.be({ draining: false });
	await w.cards.first().waitFor({ timeout: 20000 });
	equal(await w.page.locator('wenlu-chat .failed').count(), 0);
});
visit('where no WebSocket gets through, HTTP does', async ({ w, server }) => {
	await w.mode('http');
	await w.ask('郑州居住证编号怎么查');
	await w.ask('鼓楼区居住证编号怎么查');
	await w.button('南京市鼓楼区').click();
	await w.cards.nth(2).waitFor();
	ok((await w.cards.nth(2).innerText()).includes('南京市鼓楼区'));
	await w.notice.getByText('简易连接').waitFor();
	await w.input.pressSequentially('居住证');
	await w.page.locator('wenlu-chat [role=option]').first().waitFor();
	equal(new Set((await server.heard()).received.map((m) => m.session)).size <= 2, true);
}, { mood: { websocket: false } });
visit('where HTTP breaks too, the question waits and is answered later', async ({ w, server }) => {
	await w.mode('http');
	await server.be({ http: false });
	await w.type('多久能办好');
	await w.mode('down');
	await server.be({ http: true });
	await w.cards.first().waitFor({ timeout: 40000 });
}, { mood: { websocket: false } });

/* Tabs and pages. */
visit('two tabs show one conversation, and each question is asked once', async ({ w, server, context }) => {
	await w.ask('郑州居住证编号怎么查');
	const second = await context.newPage();
	await second.goto(server.url + '/second.html');
	const v = new Widget(second);
	await v.open();
	await v.cards.first().waitFor();
	await v.ask('要带什么材料');
	await until('the first tab shows it too', async () => (await w.cards.count()) === 2);
	await w.page.bringToFront();
	await w.ask('多久能办好');
	await until('the second tab shows it too', async () => (await v.cards.count()) === 3);
	equal(await server.asked(), ['郑州居住证编号怎么查', '要带什么材料', '多久能办好']);
	await until('one line is open', async () => (await server.heard()).sockets === 1);
});
visit('a tab that closes with a question under way leaves it to the other', async ({ w, server, context }) => {
	await w.ask('郑州居住证编号怎么查');
	const second = await context.newPage();
	await second.goto(server.url + '/second.html');
	const v = new Widget(second);
	await v.open();
	await server.be({ delay: 1500 });
	await v.type('要带什么材料');
	await v.page.locator('wenlu-chat .typing').waitFor();
	await second.close();
	await w.page.bringToFront();
	await w.cards.nth(1).waitFor({ timeout: 20000 });
	equal(await w.cards.count(), 2);
});
visit('the next page goes on where the last one was', async ({ w, page, server }) => {
	await w.ask('郑州居住证编号怎么查');
	await page.goto(server.url + '/second.html');
	await w.cards.first().waitFor();
	equal(await w.panel.isVisible(), true);
	await w.ask('要带什么材料');
	const { received } = await server.heard();
	equal(received.filter((m) => m.type === 'hello' && m.session).length >= 1, true);
});
visit('on a phone the next page is not covered', async ({ w, page, server }) => {
	await w.ask('郑州居住证编号怎么查');
	await page.goto(server.url + '/second.html');
	await w.launcher.waitFor();
	equal(await w.panel.isVisible(), false);
	await w.open();
	equal(await w.cards.count(), 1);
}, { context: { viewport: PHONE } });
visit('kept for the tab alone, a conversation is not seen by others', async ({ w, server, context }) => {
	await w.ask('居住证编号怎么查');
	const second = await context.newPage();
	await second.goto(server.url + '/tab.html');
	const v = new Widget(second);
	await v.open();
	equal(await v.cards.count(), 0);
}, { path: '/tab.html' });
visit('a browser that refuses storage still talks', async ({ w }) => {
	await w.ask('居住证编号怎么查');
	await w.ask('多久能办好');
}, { start: async (w) => {
	await w.page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } }));
	await w.page.reload();
	await w.open();
} });

/* What is done with an answer. */
visit('a thumb up is sent with the number of the reply', async ({ w, server }) => {
	const card = await w.ask('居住证编号怎么查');
	await card.getByRole('button', { name: '有用', exact: true }).click();
	const vote = await until('it arrives', async () => (await server.heard()).received.find((m) => m.type === 'feedback'));
	equal([vote.value, vote.seq], ['up', 1]);
	equal(await w.cards.first().getByRole('button', { name: '有用', exact: true }).getAttribute('aria-pressed'), 'true');
});
visit('a thumb down asks for the reason and sends it, without personal numbers', async ({ w, server }) => {
	const card = await w.ask('居住证编号怎么查');
	await card.getByRole('button', { name: '没用' }).click();
	await card.getByLabel('内容过时').check();
	await card.getByLabel('补充说明').fill('我的身份证号410102199003071234');
	await card.getByRole('button', { name: '提交' }).click();
	const vote = await until('it arrives', async () => (await server.heard()).received.find((m) => m.type === 'feedback'));
	equal([vote.value, vote.text], ['down', '内容过时；我的身份证号410*************34']);
});
visit('a long number is warned of, sent as it is, and not kept', async ({ w, server, page }) => {
	await w.input.fill('我的证号是410102199003071234对吗');
	ok((await page.locator('wenlu-chat .composer > .hint').innerText()).includes('不会保存'));
	await w.input.press('Enter');
	await w.cards.first().waitFor();
	equal(await server.asked(), ['我的证号是410102199003071234对吗']);
	ok(!JSON.stringify(await w.memory()).includes('199003'));
	ok((await w.questions.first().innerText()).includes('410*************34'));
});
visit('ticked papers stay ticked', async ({ w, page }) => {
	const card = await w.ask('要带什么材料');
	await card.getByRole('checkbox').nth(1).check();
	await page.reload();
	await w.cards.first().waitFor();
	equal(await w.cards.first().getByRole('checkbox').nth(1).isChecked(), true);
	equal(await w.cards.first().getByRole('checkbox').nth(0).isChecked(), false);
});
visit('an answer is copied with its sources', async ({ w, page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const card = await w.ask('居住证编号怎么查');
	await card.getByRole('button', { name: '复制' }).click();
	await page.getByText('已复制').first().waitFor({ state: 'attached' });
	const text = await page.evaluate(() => navigator.clipboard.readText());
	ok(text.includes('实名认证') && text.includes('资料来源') && text.includes('第九条'), text);
});
visit('printed, an answer is a plain sheet with boxes to tick', async ({ w, page }) => {
	await page.evaluate(() => { window.print = () => { window.printed = true; }; });
	const card = await w.ask('要带什么材料');
	await card.getByRole('checkbox').first().check();
	await card.getByRole('button', { name: '打印' }).click();
	await page.waitForFunction(() => window.printed);
	await page.emulateMedia({ media: 'print' });
	const sheet = await page.locator('wenlu-print').evaluate((n) => n.shadowRoot.textContent);
	for (const words of ['☑ 居民身份证', '☐ 本人近期照片', '所需材料', '资料来源', '要带什么材料']) ok(sheet.includes(words), words);
	equal(await page.locator('main').isVisible(), false);
	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	equal(await page.locator('wenlu-print').count(), 0);
	equal(await page.locator('main').isVisible(), true);
});
visit('an answer is read aloud piece by piece and can be stopped', async ({ w, page }) => {
	const card = await w.ask('居住证编号怎么查');
	await card.getByRole('button', { name: '朗读' }).click();
	await until('it speaks', () => page.evaluate(() => window.said.length > 1));
	ok((await page.evaluate(() => window.said.join(''))).includes('实名认证'));
	await card.getByRole('button', { name: '停止朗读' }).click();
	await until('it is silent', () => page.evaluate(() => window.silenced));
}, { start: async (w) => {
	await w.page.addInitScript(() => {
		window.said = [];
		const voice = { lang: 'zh-CN', localService: true, name: '中文' };
		window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
		Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [voice], speak: (u) => window.said.push(u.text), cancel: () => { window.silenced = window.said.length > 0; } } });
	});
	await w.page.reload();
	await w.open();
} });
visit('speaking asks for consent first, fills the line, and sends nothing by itself', async ({ w, page, server }) => {
	await w.button('语音输入').click();
	await page.getByText('部分浏览器会把录音发给浏览器厂商').first().waitFor({ state: 'attached' });
	equal(await page.evaluate(() => window.heard), undefined);
	await w.button('同意').click();
	await until('it is written', async () => (await w.input.inputValue()) === '居住证多久能办好');
	equal(await server.asked(), []);
	await w.button('语音输入').click();
	await until('it listens without asking again', () => page.evaluate(() => window.heard === 2));
}, { start: async (w) => {
	await w.page.addInitScript(() => {
		window.webkitSpeechRecognition = window.SpeechRecognition = class {
			start() {
				window.heard = (window.heard || 0) + 1;
				setTimeout(() => { this.onresult({ results: [[{ transcript: '居住证多久能办好' }]] }); this.onend(); }, 50);
			}
			stop() {}
			abort() {}
		};
	});
	await w.page.reload();
	await w.open();
} });
visit('clearing forgets the conversation here and begins another', async ({ w, page }) => {
	await w.ask('居住证编号怎么查');
	const { session } = await w.memory();
	await w.button('更多').click();
	await w.button('清空对话').click();
	await w.page.getByText('清空这台设备上保存的全部对话').waitFor();
	await w.button('清空对话').click();
	await until('it is empty', async () => (await w.cards.count()) === 0);
	await w.ask('多久能办好');
	ok((await w.memory()).session !== session);
	equal((await w.memory()).items.length, 2);
	await page.reload();
	equal(await w.cards.count(), 1);
});
visit('closed with a reply due, the launcher tells when it is there', async ({ w, server }) => {
	await server.be({ delay: 600 });
	await w.type('多久能办好');
	await w.button('关闭').click();
	await w.page.getByRole('button', { name: '咨询办事问题（有新回答）' }).waitFor();
});
visit('a page can open, ask and listen', async ({ w, page }) => {
	await page.evaluate(() => {
		window.replies = [];
		addEventListener('wenlu-reply', (e) => window.replies.push(e.detail.reply.type));
		document.querySelector('wenlu-chat').ask('居住证编号怎么查');
	});
	await w.cards.first().waitFor();
	equal(await page.evaluate(() => window.replies), ['answer']);
}, { start: null });
visit('the script twice on a page makes one widget', async ({ page, server }) => {
	await page.evaluate((src) => new Promise((ok_) => { const s = document.createElement('script'); s.src = src; s.onload = ok_; document.body.append(s); }), server.url + '/wenlu.js?again');
	equal(await page.locator('wenlu-chat').count(), 1);
}, { start: null, path: '/second.html' });

await done({ after: () => browser.close() });
