// SPDX-License-Identifier: Apache-2.0
// link.js - the line to the server: a WebSocket that comes back by itself, and plain HTTP where a
// WebSocket does not get through. What it carries is none of its business.

const RETRY_MS = 500;
const RETRY_MAX_MS = 30000;
const WELCOME_MS = 8000;
const HTTP_MS = 15000;
/** So often HTTP users look whether a WebSocket goes through by now. */
const UPGRADE_MS = 60000;

/** @typedef {'off' | 'connecting' | 'ws' | 'http' | 'down'} LinkMode */

class Link {
	/**
	 * @param {string} home address of the server, ending in a slash
	 * @param {{ hello: () => any, session: () => string, onmessage: (m: any) => void, onmode: (m: LinkMode) => void,
	 *           onraw: (direction: string, m: any) => void }} hooks
	 */
	constructor(home, hooks) {
		this.home = home;
		this.hooks = hooks;
		/** @type {LinkMode} */
		this.mode = 'off';
		/** @type {WebSocket | null} */
		this.socket = null;
		this.failures = 0;
		this.timer = 0;
		this.greeted = false;
		/** It answered over HTTP a moment ago. */
		this.is_well = false;
		this.onnet = () => {
			if (this.mode !== 'off') this.kick();
		};
		addEventListener('online', this.onnet);
		addEventListener('offline', this.onnet);
	}

	/** @param {LinkMode} mode */
	set(mode) {
		if (mode === this.mode) return;
		this.mode = mode;
		this.hooks.onmode(mode);
	}

	/** Connect, if that is not under way. */
	start() {
		if (this.mode !== 'off') return;
		this.set('connecting');
		this.dial();
	}

	stop() {
		this.set('off');
		this.hang_up();
		this.failures = 0;
	}

	/** Try again now: the net came or went, a reply is overdue, or the person asks for it. */
	kick() {
		if (this.mode === 'off') return;
		this.hang_up();
		this.is_well = false;
		this.failures = Math.min(this.failures, 1);
		if (this.mode !== 'http') this.set(navigator.onLine ? 'connecting' : 'down');
		this.dial();
	}

	close() {
		this.stop();
		removeEventListener('online', this.onnet);
		removeEventListener('offline', this.onnet);
	}

	hang_up() {
		clearTimeout(this.timer);
		const s = this.socket;
		this.socket = null;
		this.greeted = false;
		if (s) {
			s.onopen = s.onmessage = s.onclose = null;
			s.close();
		}
	}

	dial() {
		let s;
		try {
			s = new WebSocket(this.home.replace(/^http/, 'ws') + 'v1/ws', 'wenlu.v1');
		} catch {
			this.lost();
			return;
		}
		this.socket = s;
		this.timer = setTimeout(() => s.close(), WELCOME_MS);
		s.onopen = () => this.write(this.hooks.hello());
		s.onclose = () => this.lost();
		s.onmessage = (e) => {
			let m;
			try {
				m = JSON.parse(e.data);
			} catch {
				return;
			}
			if (!m || typeof m !== 'object') return;
			/* A first welcome comes unasked; the one that counts answers our hello. */
			if (m.type === 'welcome' && m.reply_to) this.welcomed();
			this.receive(m);
		};
	}

	welcomed() {
		clearTimeout(this.timer);
		this.failures = 0;
		this.is_well = false;
		this.greeted = true;
		this.set('ws');
	}

	/** @param {any} m */
	receive(m) {
		this.hooks.onraw('in', m);
		this.hooks.onmessage(m);
	}

	lost() {
		this.hang_up();
		if (this.mode === 'off') return;
		this.failures++;
		if (this.mode === 'http') {
			this.timer = setTimeout(() => this.dial(), UPGRADE_MS);
			return;
		}
		if (this.is_well) {
			/* The server is there, and still no WebSocket: then without. */
			this.is_well = false;
			this.timer = setTimeout(() => this.dial(), UPGRADE_MS);
			this.set('http');
			return;
		}
		this.set('down');
		/* A browser that believes to be offline tells when it is not; it may also be wrong. */
		const wait = navigator.onLine ?
			Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** Math.min(this.failures - 1, 10)) : RETRY_MAX_MS;
		this.timer = setTimeout(() => this.next(), wait * (0.5 + Math.random() / 2));
	}

	/** Before every other attempt see whether the server is there at all: lost() minds it. */
	async next() {
		this.is_well = this.failures % 2 === 0 && await this.healthy();
		if (this.mode !== 'off' && !this.socket) this.dial();
	}

	async healthy() {
		try {
			return (await this.fetch('healthz')).ok;
		} catch {
			return false;
		}
	}

	/**
	 * @param {string} path
	 * @param {RequestInit} [init]
	 */
	async fetch(path, init) {
		const stop = new AbortController();
		const timer = setTimeout(() => stop.abort(), HTTP_MS);
		try {
			return await fetch(this.home + path, { credentials: 'omit', signal: stop.signal, ...init });
		} finally {
			clearTimeout(timer);
		}
	}

	/** @param {any} m */
	write(m) {
		this.hooks.onraw('out', m);
		this.socket?.send(JSON.stringify(m));
	}

	/** True while a message would go out now. */
	ready() {
		return this.mode === 'http' || (this.mode === 'ws' && this.greeted);
	}

	/**
	 * False if there is no line. What was written may still be lost: only a reply proves it.
	 * @param {any} m
	 */
	send(m) {
		if (!this.ready()) return false;
		if (this.mode === 'http') this.post(m);
		else this.write(m);
		return true;
	}

	/**
	 * One message and its reply over HTTP, which knows questions and beginnings of questions alone.
	 * @param {any} m
	 */
	async post(m) {
		if (m.type === 'feedback') return;
		const { type, id, text } = m;
		this.hooks.onraw('out', m);
		try {
			const r = await (type === 'suggest' ? this.fetch('v1/suggest?q=' + encodeURIComponent(text)) :
				this.fetch('v1/ask', {
					method: 'POST',
					body: JSON.stringify({ ...m, session: this.hooks.session() || 'new' }),
					headers: { 'Content-Type': 'application/json' },
				}));
			const reply = await r.json();
			if (this.mode === 'off') return;
			this.receive({ type: type === 'suggest' ? 'suggestions' : 'error', reply_to: id, ...reply });
		} catch {
			if (this.mode !== 'http' || type === 'suggest') return;
			this.set('down');
			this.lost();
		}
	}
}
