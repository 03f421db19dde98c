// SPDX-License-Identifier: Apache-2.0
// real.mjs - the widget against the daemon itself, on a page of another origin.
//
// WENLUD names the program; without it build/wenlud of this tree is taken, and without that the tests
// are skipped.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { here, launch, Server, until, Widget } from './browser.mjs';
import { done, equal, ok, test } from './tap.mjs';

const program = process.env.WENLUD || join(here, '../../../build/wenlud');
const state = mkdtempSync(join(tmpdir(), 'wenlu-'));

class Daemon {
	static async start(port = 0) {
		const d = new Daemon();
		const file = join(state, 'port');
		rmSync(file, { force: true });
		const args = ['-p', String(port), '--port-file', file, '--set', 'allow_origins=http://127.0.0.1:*', '--set', `state_dir=${state}`,
			'--set', `cache_dir=${join(state, 'cache')}`, '--set', `admin_socket=${join(state, 'admin.sock')}`];
		d.process = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
		let log = '';
		d.process.stderr.on('data', (t) => { log += t; });
		await until('the daemon is ready', () => {
			if (d.process.exitCode !== null) throw new Error(log);
			return existsSync(file) && readFileSync(file, 'utf8').trim();
		}, 60000);
		d.port = Number(readFileSync(file, 'utf8'));
		d.url = `http://127.0.0.1:${d.port}`;
		return d;
	}

	async stop(signal) {
		if (this.process.exitCode !== null || this.process.signalCode) return;
		const gone = once(this.process, 'exit');
		this.process.kill(signal);
		await gone;
	}
}

if (!existsSync(program)) {
	test('the widget talks with the daemon', () => 'no daemon is built; WENLUD can name one');
	await done();
}

const browser = await launch();
const pages = await Server.start();
let daemon = await Daemon.start();

function visit(name, run, { region = '410100', init } = {}) {
	test(name, async () => {
		const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
		try {
			if (init) await context.addInitScript(init);
			const page = await context.newPage();
			await page.goto(`${pages.url}/elsewhere.html?server=${daemon.url}&region=${region}`);
			const w = new Widget(page);
			await w.open();
			await run({ w, page, context });
		} finally {
			await context.close();
		}
	});
}
const state_of = (page) => page.evaluate(() => Object.entries(localStorage).filter(([k]) => /^wenlu:http/.test(k) && !/:lead$/.test(k)).map(([, v]) => JSON.parse(v))[0]);

visit('daemon: a question is answered by a card with its sources', async ({ w }) => {
	const card = await w.ask('郑州居住证编号怎么查');
	const text = await card.innerText();
	for (const words of ['郑州市', '资料来源', '未核实']) ok(text.includes(words), words);
	ok(await card.locator('.section').count() >= 2);
});
visit('daemon: a follow-up keeps the place, and says so', async ({ w }) => {
	await w.ask('上海居住证编号怎么查');
	const card = await w.ask('要带什么材料');
	ok((await card.innerText()).includes('上海市'));
	equal(await card.locator('.remarks li').count(), 1);
});
visit('daemon: what an answer asks for is asked, and said it is used', async ({ w }) => {
	equal(await (await w.ask('郑州居住证逾期了怎么办')).locator('.ask').count(), 1);
	equal(await w.input.getAttribute('placeholder'), '例如：逾期20天');
	ok((await (await w.ask('40天')).innerText()).includes('您逾期40天'));
});
visit('daemon: what is known of a thing that was asked about is shown, and that nothing is', async ({ w }) => {
	ok((await (await w.ask('郑州居住证能邮寄吗')).locator('.point').innerText()).includes('免费邮寄'));
	ok((await (await w.ask('郑州居住证材料能邮寄吗')).locator('.point').innerText()).includes('没有说明'));
});
visit('daemon: a comparison is a table', async ({ w }) => {
	const card = await w.ask('上海和深圳居住证哪个快');
	equal(await card.locator('thead th').allInnerTexts(), ['项目', '上海市', '深圳市']);
	ok(await card.locator('tbody tr').count() >= 1);
});
visit('daemon: asked back, a button answers', async ({ w }) => {
	await w.ask('鼓楼区居住证编号怎么查');
	await w.button('南京市鼓楼区').click();
	await w.cards.nth(1).waitFor();
	ok((await w.cards.nth(1).innerText()).includes('鼓楼区'));
});
visit('daemon: suggestions come while typing', async ({ w, page }) => {
	await w.input.pressSequentially('居住证');
	await page.locator('wenlu-chat [role=option]').first().waitFor();
});
visit('daemon: a thumb is taken', async ({ w, page }) => {
	await page.evaluate(() => addEventListener('wenlu-message', (e) => { window.noted ||= e.detail.message.type === 'noted'; }));
	await (await w.ask('居住证多久能办好')).getByRole('button', { name: '有用', exact: true }).click();
	await page.waitForFunction(() => window.noted);
});
visit('daemon: why an answer was of no use lies in the inbox', async ({ w, page }) => {
	await (await w.ask('上海居住证怎么签注')).getByRole('button', { name: '没用', exact: true }).click();
	await page.locator('wenlu-chat .why').getByText('内容过时').click();
	await page.locator('wenlu-chat .why textarea').fill('窗口\n搬了');
	await page.locator('wenlu-chat .why').getByRole('button', { name: '提交' }).click();
	await until('the inbox has it', () => {
		const down = execFileSync(join(program, '../wenlu'), ['inbox', '-s', state, '--kind', 'down', '--json', 'list'], { encoding: 'utf8' });
		return down.includes('内容过时；窗口 搬了');
	});
});
visit('daemon: what may be asked first is of all matters, and of no other place', async ({ page }) => {
	const hot = page.locator('wenlu-chat .hot .option');
	await hot.nth(3).waitFor();
	const texts = (await hot.allInnerTexts()).join();
	for (const words of ['居住证', '医保', '建筑']) ok(texts.includes(words), words);
	ok(!/上海|深圳|重庆/.test(texts), texts);
});
visit('daemon: a line that broke is taken up with the same conversation', async ({ w, page, context }) => {
	await w.ask('上海居住证编号怎么查');
	const { session } = await state_of(page);
	await context.setOffline(true);
	await w.type('要带什么材料');
	await context.setOffline(false);
	await w.cards.nth(1).waitFor({ timeout: 20000 });
	equal((await state_of(page)).session, session);
	ok((await w.cards.nth(1).innerText()).includes('上海市'), 'the place was kept');
});
visit('daemon: killed and started again, it answers what was asked meanwhile, once', async ({ w }) => {
	await w.ask('郑州居住证编号怎么查');
	await daemon.stop('SIGKILL');
	await w.mode('down');
	await w.type('深圳居住证多久能办好');
	daemon = await Daemon.start(daemon.port);
	await w.cards.nth(1).waitFor({ timeout: 40000 });
	ok((await w.cards.nth(1).innerText()).includes('深圳市'));
	equal(await w.cards.count(), 2);
});
visit('daemon: without a WebSocket, HTTP answers and keeps the conversation', async ({ w, page }) => {
	await w.mode('http');
	await w.ask('上海居住证编号怎么查');
	ok((await (await w.ask('要带什么材料')).innerText()).includes('上海市'));
	ok((await state_of(page)).session.length === 22);
}, { init: () => { window.WebSocket = class { constructor() { setTimeout(() => this.onclose && this.onclose(), 10); } close() {} }; } });
visit('daemon: two tabs share one conversation', async ({ w, page, context }) => {
	await w.ask('上海居住证编号怎么查');
	const second = await context.newPage();
	await second.goto(page.url());
	const v = new Widget(second);
	await v.open();
	ok((await (await v.ask('要带什么材料')).innerText()).includes('上海市'));
	await until('the first tab shows it too', async () => (await w.cards.count()) === 2);
});
test('daemon: its own page has the widget, under its own policy', async () => {
	const context = await browser.newContext();
	const page = await context.newPage();
	const complaints = [];
	page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
	await page.goto(daemon.url);
	const w = new Widget(page);
	await w.open();
	ok((await (await w.ask('郑州居住证编号怎么查')).innerText()).includes('郑州市'));
	equal(complaints, []);
	await context.close();
});
test('daemon: without scripts its form answers, and goes on', async () => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`${daemon.url}/ask`);
	const ask = async (text) => {
		await page.locator('#q').fill(text);
		await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '提问', exact: true }).click()]);
		return page.locator('.answer .words').innerText();
	};
	ok((await ask('上海居住证编号怎么查')).includes('上海'));
	ok((await ask('要带什么材料')).includes('还是说上海市'));
	equal(page.url(), `${daemon.url}/ask`);
	await ask('鼓楼区居住证编号怎么查');
	await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '南京市鼓楼区' }).click()]);
	ok((await page.locator('.answer .words').innerText()).includes('鼓楼区'));
	await context.close();
});
await done({ after: async () => {
	await browser.close();
	await pages.kill();
	await daemon.stop('SIGTERM');
} });
