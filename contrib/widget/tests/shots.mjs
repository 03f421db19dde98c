// SPDX-License-Identifier: Apache-2.0
// shots.mjs - pictures of the widget in its states, to be looked at: node tests/shots.mjs [DIR]
import { mkdirSync } from 'node:fs';
import { launch, Server, Widget } from './browser.mjs';

const dir = process.argv[2] || 'shots';
mkdirSync(dir, { recursive: true });
const server = await Server.start();
const browser = await launch();

async function shot(name, { width = 1280, height = 860, ask = [], dark, settings, page: path = '/', before, after, open = true, only } = {}) {
	if (process.argv[3] && !name.includes(process.argv[3])) return;
	const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light',
		deviceScaleFactor: width < 500 ? 2 : 1, hasTouch: width < 500 });
	const page = await context.newPage();
	page.on('console', (m) => m.type() === 'error' && console.log(name, m.text()));
	page.on('pageerror', (e) => console.log(name, e.message));
	if (settings) await context.addInitScript((s) => localStorage.setItem('wenlu:settings', JSON.stringify(s)), settings);
	await page.goto(server.url + path);
	const w = new Widget(page);
	if (open) await w.open();
	if (before) await before(w, context);
	for (const q of ask) await w.ask(q);
	if (after) await after(w, context);
	await page.waitForTimeout(700);
	await page.screenshot({ path: `${dir}/${name}.png`, fullPage: !!only });
	await context.close();
}

const phone = { width: 390, height: 844 };
const old_phone = { width: 320, height: 568 };
await shot('page', { open: false });
await shot('page-phone', { ...phone, open: false });
await shot('start', {});
await shot('answer', { ask: ['郑州居住证编号怎么查'] });
await shot('answer-end', { ask: ['郑州居住证编号怎么查'], after: (w) => w.page.locator('wenlu-chat .log').evaluate((n) => { n.querySelectorAll('details').forEach((d) => { d.open = true; }); n.scrollTop = 1e6; }) });
await shot('phone-start', { ...phone });
await shot('phone-answer', { ...phone, ask: ['郑州居住证编号怎么查'] });
await shot('phone-documents', { ...phone, ask: ['要带什么材料'], after: (w) => w.page.locator('wenlu-chat .documents input').first().check() });
await shot('phone-timing', { ...phone, ask: ['多久能办好'] });
await shot('old-phone-answer', { ...old_phone, ask: ['郑州居住证编号怎么查'] });
await shot('old-phone-compare', { ...old_phone, ask: ['上海和深圳哪个快'] });
await shot('phone-ask', { ...phone, ask: ['郑州居住证逾期了怎么办'] });
await shot('phone-point', { ...phone, ask: ['居住证能邮寄吗'] });
await shot('phone-clarify', { ...phone, ask: ['鼓楼区居住证编号怎么查'] });
await shot('phone-compare', { ...phone, ask: ['上海和深圳哪个快'] });
await shot('compare-wide', { ask: ['上海和深圳哪个快'], after: (w) => w.button('放大窗口').click() });
await shot('elder', { settings: { elder: true }, ask: ['郑州居住证编号怎么查'] });
await shot('elder-phone', { ...phone, settings: { elder: true }, ask: ['要带什么材料'] });
await shot('elder-phone-start', { ...phone, settings: { elder: true } });
await shot('elder-old-phone', { ...old_phone, settings: { elder: true }, ask: ['多久能办好'] });
await shot('dark', { dark: true, ask: ['多久能办好'] });
await shot('dark-phone-compare', { ...phone, dark: true, ask: ['上海和深圳哪个快'] });
await shot('elder-dark-phone', { ...phone, dark: true, settings: { elder: true }, ask: ['多久能办好'] });
await shot('offline-phone', { ...phone, ask: ['多久能办好'], after: async (w, c) => { await c.setOffline(true); await w.type('要带什么材料'); } });
await shot('waiting', { before: () => server.be({ answer: false }), after: async (w) => { await w.type('多久能办好'); await server.be({ answer: true }); } });
await shot('menu-phone', { ...phone, after: (w) => w.button('更多').click() });
await shot('feedback-phone', { ...phone, ask: ['上海和深圳哪个快'], after: async (w) => { await w.button('没用').click(); await w.page.waitForTimeout(300); await w.page.locator('wenlu-chat .why').scrollIntoViewIfNeeded(); } });
await shot('suggestions-phone', { ...phone, after: async (w) => { await w.input.pressSequentially('居住证'); await w.page.waitForTimeout(500); await w.input.press('ArrowDown'); } });
await shot('decline', { ask: ['今天天气怎么样'] });
await shot('two-answers', { ask: ['编号怎么查，还有多久能办好'] });
await shot('english', { settings: { lang: 'en' }, ask: ['郑州居住证编号怎么查'] });
await shot('hant-phone', { ...phone, settings: { lang: 'zh-Hant' }, ask: ['要带什么材料'] });
await shot('rtl', { page: '/rtl.html', ask: ['郑州居住证编号怎么查'] });
await shot('inline', { page: '/inline.html', open: false, ask: ['多久能办好'] });
await shot('raw', { ask: ['多久能办好'], after: async (w) => { await w.page.locator('.developer summary').evaluate((n) => { n.parentNode.open = true; n.scrollIntoView(); }); } });
await shot('ask-form', { page: '/ask?q=' + encodeURIComponent('郑州居住证编号怎么查'), open: false });
await browser.close();
await server.kill();
