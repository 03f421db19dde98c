// SPDX-License-Identifier: Apache-2.0
// talk.js - the conversation without its looks: which question goes out when, and what came back.
//
// A question waits in memory until it is answered. They go out one at a time, since a follow-up
// means something only after the answer before it. The client's id makes a repeated question the
// same question: the server answers it once, and a second reply to it is dropped here.

const ANSWER_MS = 12000;
/** A plugin has 300 ms for an answer; a question that was under way is done by then. */
const REPLAY_MS = 600;
const SETTLE_MS = 80;
/** Nothing to say for so long with the window closed: the line is given back. */
const REST_MS = 60000;
/** After so long a silence a server may have forgotten which place was spoken of. */
const FADE_MS = 25 * 60000;

/** @typedef {{ text: string, at?: number }} Suggestion */

class Talk {
	/**
	 * @param {{ home: string, memory: string, region: () => string,
	 *           onitems: () => void, onmode: (m: LinkMode) => void,
	 *           onreply: (item: Reply) => void, onsuggest: (items: string[]) => void,
	 *           onwelcome: (m: any) => void, onfault: (words: string) => void,
	 *           onraw: (direction: string, m: any) => void }} hooks
	 */
	constructor(hooks) {
		this.hooks = hooks;
		this.memory = new Memory(hooks.memory, 'wenlu:' + hooks.home, () => this.elsewhere());
		this.link = new Link(hooks.home, {
			hello: () => this.hello(),
			session: () => this.memory.state.session,
			onmessage: (m) => this.take(m),
			onmode: (mode) => {
				hooks.onmode(mode);
				if (mode === 'http') {
					this.pause();
					this.flush();
				}
			},
			onraw: hooks.onraw,
		});
		/** The one question under way, and when it is overdue. */
		this.under_way = '';
		this.timer = 0;
		this.rest_timer = 0;
		this.tries = new Map();
		this.suggest_id = '';
		this.hello_id = '';
		/** Hellos said since the line came up: see welcomed(). */
		this.rounds = 0;
		this.is_open = false;
		this.onshow = () => {
			if (!document.hidden && this.wanted()) this.wake();
		};
		this.onhide = () => {
			this.memory.yield_lead();
			this.link.stop();
		};
		document.addEventListener('visibilitychange', this.onshow);
		addEventListener('focus', this.onshow);
		addEventListener('pageshow', this.onshow);
		addEventListener('pagehide', this.onhide);
		if (this.outbox().length && !document.hidden) this.wake();
	}

	get items() {
		return this.memory.state.items;
	}

	/** @returns {Question[]} */
	outbox() {
		return /** @type {Question[]} */ (
			this.items.filter((i) => i.kind === 'question' && (i.state === 'queued' || i.state === 'sent'))
		);
	}

	wanted() {
		return this.is_open || this.outbox().length > 0 || this.memory.state.votes.length > 0;
	}

	/** This tab talks from now on; the others hang up when they hear of it. */
	wake() {
		clearTimeout(this.rest_timer);
		if (!this.memory.leads() || this.link.mode === 'off') this.memory.lead();
		this.link.start();
		if (!this.under_way) this.flush();
	}

	rest() {
		clearTimeout(this.rest_timer);
		this.rest_timer = setTimeout(() => {
			if (!this.wanted()) this.onhide();
		}, REST_MS);
	}

	/** Another tab wrote something: show it; if it took the lead, hang up. */
	elsewhere() {
		if (!this.memory.leads()) {
			this.pause();
			this.link.stop();
		} else if (this.link.mode === 'off' && !document.hidden && this.wanted()) {
			this.wake();
		}
		this.hooks.onitems();
	}

	pause() {
		clearTimeout(this.timer);
		this.under_way = '';
	}

	hello() {
		const { session, seq } = this.memory.state;
		this.hello_id = 'h' + new_id();
		return { type: 'hello', id: this.hello_id, ...(session && { session, seq }) };
	}

	/** @param {string} text */
	ask(text) {
		const words = text.trim();
		if (words) this.put(words, { type: 'ask', text: words });
	}

	/**
	 * An option of a reply: by its id while the server still knows it, else in words.
	 * @param {Reply} item
	 * @param {{ id: string, text: string }} option
	 */
	choose(item, option) {
		const replies = this.items.filter((i) => i.kind === 'reply');
		const is_last = replies[replies.length - 1]?.id === item.id && !this.outbox().length;
		this.edit(item.id, (i) => { i.chosen = option.id; });
		this.put(option.text, is_last && !item.old ?
			{ type: 'choose', option: option.id, words: option.text } :
			{ type: 'ask', text: option.text });
	}

	/**
	 * @param {string} text
	 * @param {any} message
	 */
	put(text, message) {
		const id = new_id();
		const region = this.hooks.region();
		this.memory.change((s) => s.items.push({
			kind: 'question', id, text, at: Date.now(), state: 'queued',
			message: { ...message, id, region },
		}));
		this.hooks.onitems();
		this.wake();
	}

	/**
	 * @param {string} id
	 * @param {(item: any) => void} change
	 */
	edit(id, change) {
		this.memory.change((s) => s.items.filter((i) => i.id === id).forEach(change));
		this.hooks.onitems();
	}

	/** @param {string} id */
	retry(id) {
		this.tries.delete(id);
		this.edit(id, (i) => { i.state = 'queued'; });
		this.wake();
	}

	/** @param {string} id */
	drop(id) {
		if (id === this.under_way) this.pause();
		this.memory.change((s) => { s.items = s.items.filter((i) => i.id !== id); });
		this.hooks.onitems();
		this.flush();
	}

	/**
	 * @param {Reply} item
	 * @param {'up' | 'down'} value
	 * @param {string} [reason]
	 */
	vote(item, value, reason) {
		this.memory.change((s) => {
			s.items.forEach((i) => { if (i.kind === 'reply' && i.id === item.id) i.vote = value; });
			s.votes.push({ type: 'feedback', seq: item.reply.seq, value, ...(reason && { text: reason }) });
		});
		this.hooks.onitems();
		this.wake();
	}

	/** @param {string} text */
	suggest(text) {
		this.suggest_id = 's' + new_id();
		const m = { type: 'suggest', id: this.suggest_id, text };
		if (this.memory.leads()) this.link.send(m);
	}

	/** Everything is forgotten here; the server's part fades by itself. */
	clear() {
		this.pause();
		this.memory.change((s) => Object.assign(s, Memory.empty()));
		this.link.stop();
		this.hooks.onitems();
		if (this.is_open) this.wake();
	}

	/** Send what waits: feedback at once, the next question when the last one is answered. */
	flush() {
		if (!this.link.ready() || !this.memory.leads()) return;
		if (this.memory.state.votes.length && this.link.mode === 'ws') {
			const votes = this.memory.state.votes;
			this.memory.change((s) => { s.votes = []; });
			votes.forEach((v) => this.link.send(v));
		}
		const next = this.outbox()[0];
		if (!next || this.under_way) return;
		this.under_way = next.id;
		this.timer = setTimeout(() => this.overdue(next.id), ANSWER_MS);
		const { words, region, ...message } = next.message;
		if (this.must_name(region)) message.region = region;
		/* An option that was chosen in a conversation now forgotten is asked in words. */
		if (message.type === 'choose' && next.why === 'new') {
			message.type = 'ask';
			message.text = words;
			delete message.option;
		}
		this.rounds = 0;
		this.memory.change((s) => { s.region = region; });
		this.edit(next.id, (i) => { i.state = 'sent'; });
		this.link.send(message);
	}

	/**
	 * The page's region goes out until the conversation has a place of its own, and when it changed;
	 * sent with every question it would win over "那上海呢" of the question before.
	 * @param {string} region
	 */
	must_name(region) {
		const { items, region: last } = this.memory.state;
		const has_place = (/** @type {any} */ r) => r.regions?.length > 0 || r.parts?.some(has_place);
		const settled = items.some((i) =>
			i.kind === 'reply' && !i.old && has_place(i.reply) && Date.now() - i.at < FADE_MS);
		return region && (!settled || region !== last);
	}

	/**
	 * No reply in time. Once: the line may be dead without saying so. Twice: say it failed.
	 * @param {string} id
	 */
	overdue(id) {
		this.pause();
		const n = (this.tries.get(id) || 0) + 1;
		this.tries.set(id, n);
		if (n > 1) {
			this.fail(id, '');
		} else if (this.link.mode === 'ws') {
			this.link.kick();
		} else {
			this.flush();
		}
	}

	/**
	 * @param {string} id
	 * @param {string} why
	 */
	fail(id, why) {
		this.edit(id, (i) => { i.state = 'failed'; i.why = why; });
		this.flush();
	}

	/** @param {any} m from the server */
	take(m) {
		if (m.type === 'welcome') this.welcomed(m);
		else if (m.type === 'suggestions') this.suggested(m);
		else if (m.type === 'error') this.refused(m);
		else if (/^(answers?|clarify|compare|decline)$/.test(m.type)) this.replied(m);
	}

	/**
	 * The server knows this conversation, or has begun another. What was missed follows at once; a
	 * question still without an answer may be under way there, so it is given its time and a
	 * second hello before it is asked again.
	 * @param {any} m
	 */
	welcomed(m) {
		if (m.reply_to !== this.hello_id) return;
		const same = m.session === this.memory.state.session;
		const waits = same && this.outbox().some((q) => q.state === 'sent');
		if (!same) this.begin(m.session);
		this.hooks.onwelcome(m);
		this.pause();
		this.rounds = waits ? this.rounds + 1 : 0;
		if (this.rounds === 1)
			this.timer = setTimeout(() => this.link.send(this.hello()), REPLAY_MS);
		else if (this.rounds > 1)
			this.timer = setTimeout(() => this.flush(), SETTLE_MS);
		else this.flush();
	}

	/**
	 * Another conversation than the one remembered: what was said stays to be read.
	 * @param {string} session
	 */
	begin(session) {
		this.memory.change((s) => {
			s.session = session;
			s.seq = 0;
			s.votes = [];
			s.items.forEach((i) => {
				if (i.kind === 'reply') i.old = true;
				else if (i.state !== 'done') i.why = 'new';
			});
		});
		this.hooks.onitems();
	}

	/** @param {any} m */
	suggested(m) {
		if (m.reply_to !== this.suggest_id) return;
		const list = Array.isArray(m.suggestions) ? m.suggestions : [];
		this.hooks.onsuggest(list.map((/** @type {any} */ s) => String(s.text)).slice(0, 6));
	}

	/** @param {any} m */
	refused(m) {
		const words = String(m.message || m.text || '');
		const mine = m.reply_to && m.reply_to === this.under_way;
		if (m.code === 'draining') {
			this.pause();
			this.link.lost();
		} else if (m.code === 'rate_limited' && this.under_way && (mine || !m.reply_to)) {
			/* Too fast: the question waits as long as the server says. */
			this.pause();
			this.timer = setTimeout(() => this.flush(), 1000 * Math.min(60, m.retry_after || 5));
			this.hooks.onfault(words);
		} else if (m.reply_to && this.outbox().some((q) => q.id === m.reply_to)) {
			if (mine) this.pause();
			this.fail(m.reply_to, words);
		} else if (!m.reply_to) {
			this.hooks.onfault(words);
		}
	}

	/** @param {any} m */
	replied(m) {
		/** @type {Reply | null} */
		let shown = null;
		if (m.session && m.session !== this.memory.state.session) this.begin(m.session);
		this.memory.change((s) => {
			const asked = s.items.findIndex((i) => i.id === m.reply_to);
			const q = /** @type {Question | undefined} */ (s.items[asked]);
			const known = m.seq > 0 &&
				s.items.some((i) => i.kind === 'reply' && !i.old && i.reply.seq === m.seq);
			s.seq = Math.max(s.seq, m.seq || 0);
			if (known || (m.reply_to && (!q || q.state === 'done'))) return;
			shown = { kind: 'reply', id: new_id(), at: Date.now(), reply: m };
			if (q) {
				q.state = 'done';
				q.text = mask(q.text);
				delete q.message;
				delete q.why;
			}
			s.items.splice(q ? asked + 1 : s.items.length, 0, shown);
		});
		if (m.reply_to === this.under_way) this.pause();
		this.hooks.onitems();
		if (shown) this.hooks.onreply(shown);
		this.flush();
	}

	close() {
		document.removeEventListener('visibilitychange', this.onshow);
		removeEventListener('focus', this.onshow);
		removeEventListener('pageshow', this.onshow);
		removeEventListener('pagehide', this.onhide);
		this.pause();
		clearTimeout(this.rest_timer);
		this.link.close();
		this.memory.close();
	}
}
