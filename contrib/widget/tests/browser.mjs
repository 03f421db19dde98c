// SPDX-License-Identifier: Apache-2.0
// browser.mjs - Chromium, the server under test, and short words for what people do in the widget.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const here = fileURLToPath(new URL('.', import.meta.url));
export const www = process.env.WENLU_WWW || here + '../www';

/** Debian's own browser; quiet about hosts that a closed network has not got. */
export function launch() {
	const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
	return chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'] });
}

/** The fake server as a process of its own, so that it can be killed. */
export class Server {
	static async start({ port = 0, state = '' } = {}) {
		const s = new Server();
		const args = [here + 'fake-server.mjs', '--www', www, '--port', String(port)];
		if (state) args.push('--state', state);
		s.process = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
		const [line] = await once(createInterface(s.process.stdout), 'line');
		s.port = Number(line.split(' ')[1]);
		s.url = `http://127.0.0.1:${s.port}`;
		return s;
	}

	async kill() {
		if (this.process.exitCode !== null || this.process.signalCode) return;
		const gone = once(this.process, 'exit');
		this.process.kill('SIGKILL');
		await gone;
	}

	async be(mood) {
		await fetch(this.url + '/__test', { method: 'POST', body: JSON.stringify(mood) });
	}

	cut() {
		return fetch(this.url + '/__test?cut');
	}

	async heard() {
		return (await fetch(this.url + '/__test')).json();
	}

	/** Texts of the questions that arrived. */
	async asked() {
		return (await this.heard()).received.filter((m) => m.type === 'ask').map((m) => m.text);
	}
}

/** The widget on a page. Playwright looks into open shadow roots by itself. */
export class Widget {
	constructor(page) {
		this.page = page;
		this.input = page.locator('wenlu-chat textarea');
		this.panel = page.locator('wenlu-chat .panel');
		this.launcher = page.locator('wenlu-chat .launcher');
		this.notice = page.locator('wenlu-chat .notice');
		this.cards = page.locator('wenlu-chat .reply');
		this.questions = page.locator('wenlu-chat .question');
		this.live = page.locator('wenlu-chat [role=status]');
	}

	async open() {
		await this.launcher.click();
		await this.input.waitFor();
	}

	async type(text) {
		await this.input.fill(text);
		await this.input.press('Enter');
	}

	/** Ask and wait for the card. */
	async ask(text) {
		const before = await this.cards.count();
		await this.type(text);
		await this.cards.nth(before).waitFor();
		return this.cards.nth(before);
	}

	button(name) {
		return this.page.locator('wenlu-chat').getByRole('button', { name, exact: true });
	}

	async mode(mode) {
		await this.page.locator(`wenlu-chat .root[data-mode="${mode}"]`).waitFor({ state: 'attached', timeout: 20000 });
	}

	memory() {
		return this.page.evaluate(() => Object.entries(localStorage).filter(([k]) => /^wenlu:http/.test(k) && !/:lead$/.test(k)).map(([, v]) => JSON.parse(v))[0]);
	}
}

/** Wait until something is so, by looking again and again. */
export async function until(what, test, ms = 15000) {
	const end = Date.now() + ms;
	for (;;) {
		const is = await test();
		if (is) return is;
		if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
		await new Promise((r) => setTimeout(r, 50));
	}
}
