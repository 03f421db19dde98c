// SPDX-License-Identifier: Apache-2.0
// access.mjs - for everyone: axe-core in every state and mode, the keyboard alone, focus, what is
// spoken, sizes of screens and of targets.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { launch, Server, until, Widget } from './browser.mjs';
import { done, equal, ok, test } from './tap.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch();
const server = await Server.start();
const PHONE = { width: 390, height: 844 };
const OLD_PHONE = { width: 320, height: 568 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param {any} options of the context, and `settings` of the widget, `path` of the page */
async function visit({ settings, path = '/', open = true, ...options }, run) {
	await server.be({ answer: true, delay: 0, websocket: true, http: true });
	const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
	try {
		/* The test's own means, not the page's: axe comes in through the debugger. */
		if (settings) await context.addInitScript((s) => localStorage.setItem('wenlu:settings', JSON.stringify(s)), settings);
		const page = await context.newPage();
		await page.goto(server.url + path);
		const w = new Widget(page);
		if (open) await w.open();
		await run(w, page, context);
	} finally {
		await context.close();
	}
}

/** No violation of WCAG 2.2 AA, nor of what axe calls best practice. */
async function clean(page, state) {
	await page.waitForTimeout(150);
	await page.evaluate(axe);
	const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
	equal(violations.map((v) => `${state}: ${v.id}: ${v.nodes[0].target.join(' ')} ${v.nodes[0].failureSummary}`), []);
}

const STATES = {
	'closed, on its page': { open: false },
	'at the start': {},
	'an answer, all of it unfolded': { ask: ['郑州居住证编号怎么查'], after: (w) => w.page.locator('wenlu-chat .log').evaluate((n) => n.querySelectorAll('details').forEach((d) => { d.open = true; })) },
	'papers, ticked': { ask: ['要带什么材料'], after: (w) => w.page.locator('wenlu-chat [type=checkbox]').first().check() },
	'times, stale': { ask: ['多久能办好'] },
	'an answer that asks for a figure': { ask: ['郑州居住证逾期了怎么办'] },
	'a comparison': { ask: ['上海和深圳哪个快'] },
	'asked back, and chosen': { ask: ['鼓楼区居住证编号怎么查'], after: async (w) => { await w.button('南京市鼓楼区').click(); await w.cards.nth(1).waitFor(); } },
	'two answers': { ask: ['编号怎么查，还有多久能办好'] },
	'a refusal': { ask: ['今天天气怎么样'] },
	'waiting': { after: async (w) => { await server.be({ answer: false }); await w.type('多久能办好'); await w.page.locator('wenlu-chat .typing').waitFor(); } },
	'offline, with a question waiting': { after: async (w, c) => { await c.setOffline(true); await w.type('多久能办好'); await w.page.locator('wenlu-chat .queued').waitFor(); await c.setOffline(false); }, before_online: true },
	'a question that failed': { after: async (w) => { await w.type('限流'); await w.page.locator('wenlu-chat .failed').first().waitFor(); } },
	'the menu': { after: async (w) => { await w.more().click(); await w.page.locator('wenlu-chat .menu button').first().waitFor(); } },
	'asked for a reason': { ask: ['多久能办好'], after: async (w) => { await w.page.locator('wenlu-chat .tool').nth(1).click(); await w.page.locator('wenlu-chat .why').waitFor(); } },
	'suggesting': { after: async (w) => { await w.input.pressSequentially('居住证'); await w.page.locator('wenlu-chat [role=option]').first().waitFor(); await w.input.press('ArrowDown'); } },
	'asked for the microphone': { after: async (w) => { await w.page.locator('wenlu-chat .mic').click(); await w.page.locator('wenlu-chat .voice button').first().waitFor(); } },
};
Widget.prototype.more = function () { return this.page.locator('wenlu-chat .more'); };
const MODES = {
	'in the light': {}, 'in the dark': { colorScheme: 'dark' }, 'in large type': { settings: { elder: true } },
	'in large type in the dark': { settings: { elder: true }, colorScheme: 'dark' },
	'on a phone': { viewport: PHONE }, 'on a small phone': { viewport: OLD_PHONE },
	'in large type on a small phone': { viewport: OLD_PHONE, settings: { elder: true } },
	'in Traditional Chinese': { settings: { lang: 'zh-Hant' } }, 'in English': { settings: { lang: 'en' } },
};
for (const [mode, options] of Object.entries(MODES)) {
	for (const [state, { open, ask = [], after }] of Object.entries(STATES)) {
		if (/chosen/.test(state) && options.settings?.lang) continue;
		test(`axe finds nothing ${mode}: ${state}`, () => visit({ open, ...options }, async (w, page, context) => {
			for (const q of ask) await w.ask(q);
			if (after) await after(w, context);
			await clean(page, state);
			/* Nothing is wider than the screen, but what scrolls by itself. */
			const wide = await page.locator('wenlu-chat').evaluate((n) => [...n.shadowRoot.querySelectorAll('.panel *')]
				.filter((e) => !e.closest('.scroll, .quiet, .suggestions') && e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className || e.tagName));
			equal(wide, [], state);
		}));
	}
}
test('axe finds nothing on the form without scripts', () => visit({ path: '/ask?q=' + encodeURIComponent('居住证编号怎么查'), open: false },
	(w, page) => clean(page, 'form')));
test('axe finds nothing in the widget as a part of a page, nor from right to left', async () => {
	await visit({ path: '/inline.html', open: false }, async (w, page) => { await w.ask('多久能办好'); await clean(page, 'inline'); });
	await visit({ path: '/rtl.html' }, async (w, page) => { await w.ask('多久能办好'); await clean(page, 'rtl'); });
});
test('axe finds nothing on the page with its messages shown', () => visit({}, async (w, page) => {
	await w.ask('多久能办好');
	await page.locator('.developer summary').evaluate((n) => { n.parentNode.open = true; });
	await clean(page, 'raw');
}));

const focused = (page) => page.evaluate(() => {
	let n = document.activeElement;
	while (n?.shadowRoot?.activeElement) n = n.shadowRoot.activeElement;
	return n && (n.getAttribute('aria-label') || n.textContent || n.tagName).trim().slice(0, 30);
});
const press = async (page, ...keys) => { for (const k of keys) await page.keyboard.press(k); };
/** Tab until what has the focus is so named. */
async function reach(page, name, key = 'Tab') {
	for (let i = 0; i < 60; i++) {
		if ((await focused(page)) === name) return;
		await press(page, key);
	}
	throw new Error(`the keyboard does not reach ${name}`);
}

test('everything is done with the keyboard alone', () => visit({ path: '/second.html', open: false }, async (w, page) => {
	await reach(page, '咨询办事问题');
	await press(page, 'Enter');
	await until('the line has the focus', async () => (await focused(page)) === '请输入问题');
	await page.keyboard.type('鼓楼区居住证编号怎么查');
	await press(page, 'Enter');
	await w.cards.first().waitFor();
	equal(await focused(page), '请输入问题', 'the focus after asking');
	await reach(page, '南京市鼓楼区', 'Shift+Tab');
	await press(page, 'Enter');
	await w.cards.nth(1).waitFor();
	await reach(page, '没用', 'Shift+Tab');
	await press(page, 'Enter');
	await until('the reasons have the focus', async () => (await focused(page)) === 'INPUT');
	await press(page, 'Space');
	await reach(page, '提交');
	await press(page, 'Enter');
	await until('the vote arrives', async () => (await server.heard()).received.some((m) => m.type === 'feedback' && m.value === 'down'));
	await reach(page, '更多', 'Shift+Tab');
	await press(page, 'Enter');
	await until('the menu has the focus', async () => (await focused(page)) === '转人工');
	await press(page, 'Escape');
	equal(await focused(page), '更多', 'the focus after the menu');
	await press(page, 'Escape');
	equal(await focused(page), '咨询办事问题', 'the focus after closing');
	equal(await w.panel.isVisible(), false);
}));
test('the papers are ticked and the sources unfolded with the keyboard', () => visit({ path: '/second.html' }, async (w, page) => {
	const card = await w.ask('要带什么材料');
	await card.getByRole('checkbox').first().focus();
	await press(page, 'Space');
	equal(await card.getByRole('checkbox').first().isChecked(), true);
	await card.locator('.sources summary').focus();
	await press(page, 'Enter');
	equal(await card.locator('.sources').getAttribute('open'), '');
}));
test('on a phone the focus stays in the window, on a desktop it may leave', async () => {
	await visit({ path: '/second.html', viewport: PHONE }, async (w, page) => {
		equal(await w.panel.getAttribute('aria-modal'), 'true');
		for (let i = 0; i < 30; i++) {
			await press(page, 'Tab');
			equal(await page.evaluate(() => document.activeElement.tagName), 'WENLU-CHAT');
		}
	});
	await visit({ path: '/second.html' }, async (w) => equal(await w.panel.getAttribute('aria-modal'), null));
});
test('where the focus is, is seen', () => visit({ path: '/second.html' }, async (w, page) => {
	for (let i = 0; i < 12; i++) {
		await press(page, 'Tab');
		const width = await page.evaluate(() => {
			const n = document.activeElement.shadowRoot?.activeElement || document.activeElement;
			return n === document.body ? 9 : parseFloat(getComputedStyle(n).outlineWidth);
		});
		ok(width >= 1, `stop ${i}: ${width}`);
	}
}));
test('a screen reader hears the answer, the question back, and the state of the line', () => visit({ path: '/second.html' }, async (w, page, context) => {
	const hears = (words) => until(`it says ${words}`, async () => (await w.live.textContent()).includes(words));
	await w.ask('多久能办好');
	await hears('回答：据资料（未核实），整体约 7–10 个工作日');
	await w.ask('鼓楼区居住证编号怎么查');
	await hears('请选择：全国有好几个');
	await context.setOffline(true);
	await hears('没有联网');
	await context.setOffline(false);
	await hears('已恢复连接');
	equal(await w.live.getAttribute('aria-live'), 'polite');
}));
test('the newest question is at the top of the window, with its answer below', () => visit({ path: '/second.html' }, async (w) => {
	await w.ask('郑州居住证编号怎么查');
	await w.ask('要带什么材料');
	await until('it has scrolled', async () => {
		const [log, q] = [await w.page.locator('wenlu-chat .log').boundingBox(), await w.questions.nth(1).boundingBox()];
		return q.y >= log.y - 1 && q.y < log.y + 60;
	});
}));
test('reduced motion stops what moves', () => visit({ path: '/second.html', reducedMotion: 'reduce' }, async (w) => {
	await server.be({ answer: false });
	await w.type('多久能办好');
	equal(await w.page.locator('wenlu-chat .typing i').first().evaluate((n) => getComputedStyle(n).animationName), 'none');
}));
test('large type is large, has strong contrast, and is remembered', () => visit({ path: '/second.html' }, async (w, page) => {
	await w.button('大字版').click();
	await w.ask('居住证编号怎么查');
	const size = await w.page.locator('wenlu-chat .summary').first().evaluate((n) => parseFloat(getComputedStyle(n).fontSize));
	ok(size >= 22, `${size} px`);
	ok((await w.cards.first().getByRole('button', { name: '朗读' }).innerText()).includes('朗读'), 'read aloud is worded');
	await page.reload();
	await w.button('标准版').waitFor();
}));
test('everything that is pressed is at least 24 pixels high, in large type 44', () => visit({ viewport: PHONE, path: '/second.html' }, async (w) => {
	await w.ask('要带什么材料');
	const low = (min) => w.page.locator('wenlu-chat').evaluate((n, m) => [...n.shadowRoot.querySelectorAll('.panel button, summary, label, a.go')]
		.filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < m).map((e) => `${e.className || e.tagName} ${e.getBoundingClientRect().height}`), min);
	equal(await low(24), []);
	await w.button('大字版').click();
	equal((await low(44)).filter((s) => !/^SUMMARY/.test(s)), []);
}));
test('the colours follow the system, and the choice in the menu', () => visit({ path: '/second.html', colorScheme: 'dark' }, async (w, page) => {
	const dark = () => page.locator('wenlu-chat .root').evaluate((n) => n.classList.contains('dark'));
	equal(await dark(), true);
	await page.emulateMedia({ colorScheme: 'light' });
	await until('it is light', async () => !(await dark()));
	await w.button('更多').click();
	await w.button('深色').click();
	equal(await dark(), true);
}));
test('the language changes in place, and keeps what was typed', () => visit({ path: '/second.html' }, async (w) => {
	await w.ask('居住证编号怎么查');
	await w.input.fill('写了一半');
	await w.button('更多').click();
	await w.button('English').click();
	await w.button('Send').waitFor();
	equal(await w.input.inputValue(), '写了一半');
	equal(await w.cards.count(), 1);
	ok((await w.cards.first().innerText()).includes('Where to do it'));
	equal(await w.page.locator('wenlu-chat .root').getAttribute('lang'), 'en');
}));
test('attributes set size, colours and language from the page', () => visit({ path: '/elder.html' }, async (w) => {
	const root = w.page.locator('wenlu-chat .root');
	await w.button('傳送').waitFor();
	equal(await root.evaluate((n) => [n.classList.contains('elderly'), n.classList.contains('dark')]), [true, true]);
}));
test('a page sets colours by custom properties, and shapes by parts', () => visit({ path: '/second.html', open: false }, async (w, page) => {
	await page.evaluate(() => {
		const s = new CSSStyleSheet();
		s.replaceSync('wenlu-chat { --wenlu-primary: rgb(120, 20, 20); } wenlu-chat::part(launcher) { border-radius: 3px; }');
		document.adoptedStyleSheets = [s];
	});
	equal(await w.launcher.evaluate((n) => [getComputedStyle(n).backgroundColor, getComputedStyle(n).borderTopLeftRadius]), ['rgb(120, 20, 20)', '3px']);
}));
test('the page beside an open or closed widget can be clicked', () => visit({ path: '/second.html', open: false }, async (w, page) => {
	await page.getByRole('link', { name: '另一页' }).click();
	await w.open();
	await page.getByRole('link', { name: '另一页' }).click();
}));

/* The demonstration page and the form. */
test('the page asks for the region that was chosen, and shows the raw messages', () => visit({ open: false }, async (w, page) => {
	await page.getByLabel('办事地区').selectOption('310000');
	await page.getByRole('button', { name: '查编号' }).click();
	await w.cards.first().waitFor();
	equal((await server.heard()).received.filter((m) => m.type === 'ask').pop().region, '310000');
	await page.locator('.developer summary').evaluate((n) => { n.parentNode.open = true; });
	ok((await page.locator('#raw').innerText()).includes('"permit.number.query"'));
	ok((await page.locator('#embed').innerText()).includes('data-region="310000"'));
	ok((await w.page.locator('wenlu-chat .where').innerText()).includes('上海市'));
}));
test('the search line of the page asks the widget', () => visit({ open: false }, async (w, page) => {
	await page.locator('#q').fill('居住证多久能办好');
	await page.getByRole('button', { name: '提问' }).click();
	await w.cards.first().waitFor();
	equal(page.url(), server.url + '/');
}));
test('without scripts the form at /ask answers', () => visit({ open: false, javaScriptEnabled: false }, async (w, page) => {
	await page.getByLabel('您的问题').fill('郑州居住证编号怎么查 "引号" <b>');
	await page.getByRole('button', { name: '提问' }).click();
	ok((await page.locator('.answer').innerText()).includes('实名认证'));
	equal(await page.locator('#q').inputValue(), '郑州居住证编号怎么查 "引号" <b>');
	await page.locator('.answer li button').first().click();
	await page.locator('.answer').waitFor();
}));
test('a file that has not changed is not sent again', async () => {
	const first = await fetch(server.url + '/wenlu.js');
	const again = await fetch(server.url + '/wenlu.js', { headers: { 'If-None-Match': first.headers.get('etag') } });
	equal([first.status, again.status, first.headers.get('cache-control')], [200, 304, 'no-cache']);
});
await done({ after: async () => { await browser.close(); await server.kill(); } });
