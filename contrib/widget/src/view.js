// SPDX-License-Identifier: Apache-2.0
// view.js - the window people see: launcher, header, conversation, and the line they type in.

const SUGGEST_MS = 200;
const MAX_TEXT = 1000;
/** What fetched parts build with. */
const KIT = { el, fill, button, icon, mask, web_address, languages: LANGUAGES };
const PHONE = '(max-width: 480px)';

class View {
	/** @param {WenluChat} host */
	constructor(host) {
		this.host = host;
		this.say = sayer(TEXTS);
		/** Nodes of the conversation by item, each with the stamp of what it shows. @type {Map<string, { node: HTMLElement, stamp: string }>} */
		this.shown = new Map();
		/** @type {string[]} */
		this.hot = [];
		this.is_open = false;
		this.is_wide = false;
		this.unread = false;
		/** @type {LinkMode} */
		this.mode = 'off';
		this.was_down = false;
		this.suggest_timer = 0;
		/** @type {any} */
		this.speech = null;
		/** @type {any} */
		this.cards = null;
		this.styles = new Set();
		/* The parts are made by build(); these stand in for them until then. */
		const nothing = el('div');
		this.launcher = this.more = this.elder = this.wide = el('button');
		this.input = el('textarea');
		/** @type {HTMLElement} */
		this.notice = nothing;
		/** @type {HTMLElement} */
		this.menu = nothing;
		/** @type {HTMLElement} */
		this.items = nothing;
		/** @type {HTMLElement} */
		this.log = nothing;
		/** @type {HTMLElement} */
		this.live = nothing;
		/** @type {HTMLElement} */
		this.alarm = nothing;
		/** @type {HTMLElement} */
		this.panel = nothing;
		/** @type {HTMLElement} */
		this.suggestions = nothing;
		/** @type {HTMLElement} */
		this.hint = nothing;
		/** @type {HTMLElement} */
		this.voice = nothing;
		this.root = el('div', { class: 'root', part: 'root' });
		this.root.addEventListener('keydown', (e) => this.onkey(e));
		this.talk = new Talk({
			home: host.home,
			memory: host.getAttribute('memory') || 'device',
			region: () => host.region,
			onitems: () => this.render(),
			onmode: (mode) => this.show_mode(mode),
			onreply: (item) => this.arrived(item),
			onsuggest: (items) => this.show_suggestions(items),
			onwelcome: (m) => this.welcome(m),
			onfault: (words) => this.alert(words),
			onraw: (direction, message) => host.tell('message', { direction, message }),
		});
		/** What a card may do (../modules/cards.js). */
		this.desk = {
			say: (/** @type {any[]} */ ...args) => this.say(args[0], ...args.slice(1)),
			ask: (/** @type {string} */ text) => this.ask(text),
			choose: (/** @type {Reply} */ item, /** @type {any} */ option) => this.talk.choose(item, option),
			vote: (/** @type {Reply} */ item, /** @type {'up' | 'down'} */ value) => this.talk.vote(item, value),
			tick: (/** @type {Reply} */ item, /** @type {number[]} */ ticks) => this.talk.edit(item.id, (i) => { i.ticks = ticks; }),
			copy: (/** @type {string} */ text) => this.copy(text),
			print: (/** @type {Item[]} */ items) => this.module('print', (m) =>
				m.print(items.map((i) => this.talk.items.find((now) => now.id === i.id) || i), this.say, this.cards?.timing_words)),
			read: (/** @type {Reply} */ item, /** @type {HTMLElement} */ b) => this.module('speech', (m) => m.read(this, item.reply.text, b, KIT)),
			why: (/** @type {Reply} */ item, /** @type {HTMLElement} */ bar) => this.module('more', (m) => m.why(this, item, bar, KIT)),
			lang: () => this.host.language === 'en' && 'en',
			can_read: 'speechSynthesis' in window,
			question_of: (/** @type {Reply} */ item) => this.talk.items[this.talk.items.findIndex((i) => i.id === item.id) - 1],
			status: (/** @type {string} */ words) => this.status(words),
		};
		this.build();
	}

	/** Everything anew: at the start, and when the language changes. */
	build() {
		const { say, host } = this;
		const text = this.input.value;
		this.shown.clear();
		this.launcher = button('chat', say('open'), () => this.open(), {
			class: 'launcher', part: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' });
		this.notice = el('div', { class: 'notice', part: 'notice', hidden: true });
		this.menu = el('div', { class: 'menu', part: 'menu', hidden: true, id: 'menu' });
		this.more = button('more', say('more'), () => this.toggle_menu(), {
			quiet: true, class: 'more', 'aria-expanded': 'false', 'aria-controls': 'menu' });
		this.elder = el('button', { type: 'button', class: 'elder', onclick: () => host.prefer({ elder: !host.is_elder }) });
		this.wide = button('wide', say('wide'), () => this.toggle_wide(), { quiet: true, class: 'widen', 'aria-pressed': 'false' });
		this.items = el('ol', { class: 'items' });
		this.log = el('div', { class: 'log', part: 'log', role: 'region', 'aria-label': say('conversation'), tabindex: 0 },
			el('div', { class: 'start' }), this.items);
		this.live = el('div', { class: 'quiet', role: 'status', 'aria-live': 'polite' });
		this.alarm = el('div', { class: 'quiet', role: 'alert' });
		this.panel = el('div', { class: 'panel', part: 'panel', role: 'dialog', 'aria-label': host.name || say('title'), hidden: true },
			el('div', { class: 'head', part: 'header' },
				el('h2', {}, host.name || say('wenlu'), el('span', { class: 'where' })),
				this.elder, this.wide, this.more,
				button('close', say('close'), () => this.close(), { quiet: true, class: 'close' })),
			this.menu, this.notice, this.log, this.composer());
		fill(this.root, this.panel, this.launcher, this.live, this.alarm);
		this.show_settings();
		this.input.value = text;
		if (this.is_open) this.open(true);
		this.show_mode(this.mode);
		this.render();
	}

	composer() {
		const { say } = this;
		this.input = el('textarea', {
			rows: 1, maxlength: MAX_TEXT, 'aria-label': say('input'), placeholder: say('input'), enterkeyhint: 'send',
			'aria-autocomplete': 'list', 'aria-controls': 'suggestions', autocomplete: 'off',
			oninput: () => this.typed(),
			onkeydown: (/** @type {KeyboardEvent} */ e) => this.oninputkey(e),
			onblur: () => setTimeout(() => this.show_suggestions([]), 200),
		});
		this.suggestions = el('ul', { class: 'suggestions', part: 'suggestions', id: 'suggestions', role: 'listbox',
			'aria-label': say('suggestion_list'), hidden: true });
		this.hint = el('p', { class: 'hint', part: 'hint', text: say('privacy') });
		const can_speak = 'SpeechRecognition' in window || 'webkitSpeechRecognition' in window;
		this.voice = el('div', { class: 'voice', hidden: true });
		return el('form', { class: 'composer', part: 'composer', onsubmit: (/** @type {Event} */ e) => {
			e.preventDefault();
			this.submit();
		} },
		this.suggestions, this.voice,
		el('div', { class: 'row' }, this.input,
			can_speak && button('mic', say('speak_in'), () => this.module('speech', (m) => m.dictate(this, KIT)), { quiet: true, class: 'mic' }),
			el('button', { type: 'submit', class: 'send', part: 'send', title: say('send') }, icon('send'),
				el('span', { class: 'words', text: say('send') }))),
		this.hint);
	}

	/** Size, colours and language as the person or the page wants them. */
	show_settings() {
		const { host, say } = this;
		this.root.lang = host.language;
		this.root.className = ['root', host.theme, host.is_elder && 'elderly', host.is_inline ? 'inline' : 'bubble',
			this.is_wide && 'wide'].filter(Boolean).join(' ');
		this.elder.textContent = say(host.is_elder ? 'standard' : 'elder');
		this.elder.setAttribute('aria-pressed', String(host.is_elder));
		const where = this.panel.querySelector('.where');
		const place = host.getAttribute('region-name');
		if (where) where.textContent = place && host.is_elder ? place : [say('service'), place].filter(Boolean).join(' · ');
		if (!this.menu.hidden) this.fill_menu();
	}

	fill_menu() {
		return this.module('more', (m) => m.menu(this, KIT));
	}

	/** @param {boolean} [open] */
	async toggle_menu(open = !!this.menu.hidden) {
		if (open) await this.fill_menu();
		open = open && !!this.menu.firstChild;
		this.menu.hidden = !open;
		this.more.setAttribute('aria-expanded', String(open));
		if (open) this.menu.querySelector('button')?.focus();
		else this.more.focus();
	}

	toggle_wide() {
		this.is_wide = !this.is_wide;
		const words = this.say(this.is_wide ? 'narrow' : 'wide');
		this.wide.setAttribute('aria-pressed', String(this.is_wide));
		this.wide.title = words;
		this.wide.lastChild && (this.wide.lastChild.textContent = words);
		this.show_settings();
	}

	/** @param {boolean} [quietly] the focus stays where it is */
	open(quietly) {
		this.is_open = this.talk.is_open = true;
		this.panel.hidden = false;
		this.unread = false;
		this.launcher.hidden = !this.host.is_inline;
		this.launcher.setAttribute('aria-expanded', 'true');
		if (this.is_modal()) this.panel.setAttribute('aria-modal', 'true');
		else this.panel.removeAttribute('aria-modal');
		this.render();
		this.need_cards();
		this.talk.wake();
		if (!quietly) {
			this.input.focus();
			this.log.scrollTop = this.log.scrollHeight;
		}
		this.host.opened(true);
	}

	close() {
		if (this.host.is_inline) return;
		this.is_open = this.talk.is_open = false;
		this.panel.hidden = true;
		this.launcher.hidden = false;
		this.launcher.setAttribute('aria-expanded', 'false');
		this.show_unread();
		this.launcher.focus();
		this.speech?.stop();
		this.talk.rest();
		this.host.opened(false);
	}

	is_modal() {
		return !this.host.is_inline && matchMedia(PHONE).matches;
	}

	/** @param {KeyboardEvent} e */
	onkey(e) {
		if (e.key === 'Escape' && !this.menu.hidden) this.toggle_menu(false);
		else if (e.key === 'Escape' && this.is_open && !this.host.is_inline) this.close();
		else if (e.key === 'Tab' && this.is_open && this.is_modal()) this.keep_focus(e);
		else return;
		e.stopPropagation();
	}

	/** On a phone the window covers the page, so Tab goes round inside it. @param {KeyboardEvent} e */
	keep_focus(e) {
		const all = Array.from(this.panel.querySelectorAll('button,a,input,textarea,summary,[tabindex="0"]'))
			.filter((n) => /** @type {HTMLElement} */ (n).getClientRects().length && !n.hasAttribute('disabled'));
		const edge = e.shiftKey ? all[0] : all[all.length - 1];
		if (/** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement !== edge) return;
		e.preventDefault();
		/** @type {HTMLElement} */ (e.shiftKey ? all[all.length - 1] : all[0]).focus();
	}

	/** @param {KeyboardEvent} e */
	oninputkey(e) {
		if (e.isComposing || e.keyCode === 229) return;
		const list_open = !this.suggestions.hidden;
		if (list_open && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
			this.move(e.key === 'ArrowDown' ? 1 : -1);
		} else if (list_open && e.key === 'Escape') {
			this.show_suggestions([]);
			e.stopPropagation();
		} else if (e.key === 'Enter' && !e.shiftKey) {
			const picked = this.suggestions.querySelector('[aria-selected="true"]');
			if (list_open && picked) this.pick(picked.textContent || '');
			else this.submit();
		} else {
			return;
		}
		e.preventDefault();
	}

	/** @param {number} by */
	move(by) {
		const all = Array.from(this.suggestions.children);
		const now = all.findIndex((n) => n.getAttribute('aria-selected') === 'true');
		const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by;
		all.forEach((n, i) => n.setAttribute('aria-selected', String(i === next)));
		if (all[next]) this.input.setAttribute('aria-activedescendant', all[next].id);
		else this.input.removeAttribute('aria-activedescendant');
	}

	/** @param {string} text */
	pick(text) {
		this.input.value = text;
		this.submit();
	}

	submit() {
		const text = this.input.value;
		clearTimeout(this.suggest_timer);
		this.show_suggestions([]);
		if (!text.trim()) {
			this.input.focus();
			return;
		}
		this.input.value = '';
		this.typed();
		clearTimeout(this.suggest_timer);
		this.ask(text);
	}

	/** @param {string} text */
	ask(text) {
		this.talk.ask(text);
		this.scroll_end();
		if (this.is_open) this.input.focus({ preventScroll: true });
	}

	typed() {
		const { input, say } = this;
		const text = input.value;
		input.rows = 1;
		while (text && input.rows < 5 && input.scrollHeight > input.clientHeight + 4) input.rows++;
		const left = MAX_TEXT - text.length;
		this.hint.textContent = left < 100 ? say('too_long', left) : mask(text) !== text ? say('personal') : say('privacy');
		this.hint.classList.toggle('strong', this.hint.textContent !== say('privacy'));
		clearTimeout(this.suggest_timer);
		if (text.trim().length < 2 || text.length > 40) this.show_suggestions([]);
		else this.suggest_timer = setTimeout(() => this.talk.suggest(text.trim()), SUGGEST_MS);
	}

	/** @param {string[]} items */
	show_suggestions(items) {
		const typing = /** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement === this.input;
		const open = items.length > 0 && typing && this.input.value.trim() !== '';
		this.suggestions.hidden = !open;
		this.input.removeAttribute('aria-activedescendant');
		fill(this.suggestions, ...(open ? items : []).map((text, n) => el('li', { id: 's' + n, role: 'option',
			'aria-selected': 'false', text, onpointerdown: (/** @type {Event} */ e) => {
				e.preventDefault();
				this.pick(text);
			} })));
		if (open) this.status(this.say('suggestions', items.length));
	}

	/** @param {any} m */
	welcome(m) {
		if (this.is_open) this.need_cards();
		this.hot = (m.related || []).map((/** @type {any} */ r) => String(r.text));
		this.render_start();
	}

	render_start() {
		const start = this.log.querySelector('.start');
		const given = this.host.getAttribute('hot');
		const hot = given ? given.split('|') : this.hot.length ? this.hot : this.say('hot_questions').split('|');
		if (!start) return;
		fill(start, el('p', { class: 'greeting', dir: 'auto', text: this.host.getAttribute('greeting') || this.say('greeting') }),
			this.talk.items.length === 0 && el('div', { class: 'related hot', role: 'group', 'aria-label': this.say('hot') },
				el('p', { class: 'hint', text: this.say('hot') }),
				...hot.map((text) => button('', text, () => this.ask(text), { class: 'option', part: 'option' }))));
	}

	/** Bring the nodes in line with the items; what has not changed stays as it is. */
	render() {
		this.render_start();
		const keep = new Set();
		let before = /** @type {Node | null} */ (this.items.firstChild);
		for (const item of this.talk.items) {
			keep.add(item.id);
			const stamp = item.kind === 'question' ? item.state + (item.why || '') : `${item.vote}${item.chosen}${item.old}${!this.cards}`;
			let shown = this.shown.get(item.id);
			if (!shown || shown.stamp !== stamp) {
				const node = item.kind === 'question' ? this.question(item) : this.reply(item);
				if (shown) {
					const focused = shown.node.contains(/** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement);
					if (before === shown.node) before = node;
					this.items.replaceChild(node, shown.node);
					if (focused) node.focus({ preventScroll: true });
				}
				shown = { node, stamp };
				this.shown.set(item.id, shown);
			}
			if (shown.node === before) before = before.nextSibling;
			else this.items.insertBefore(shown.node, before);
		}
		for (const [id, { node }] of this.shown) {
			if (keep.has(id)) continue;
			node.remove();
			this.shown.delete(id);
		}
		this.show_example();
	}

	/** Where the last answer asks for something, the empty input shows what may be said: the words its sentence quotes. */
	show_example() {
		const last = this.talk.items[this.talk.items.length - 1];
		const ask = last?.kind === 'reply' && last.reply.answer?.ask;
		const example = ask && /“([^”]+)”/.exec(ask);
		this.input.placeholder = example ? this.say('example', example[1]) : this.say('input');
	}

	/** @param {Question} q */
	question(q) {
		const { say, talk } = this;
		const failed = q.state === 'failed' && el('p', { class: 'state failed' }, icon('warn'),
			q.why && q.why !== 'new' ? q.why : say('failed'),
			button('retry', say('retry'), () => talk.retry(q.id)),
			button('', say('drop'), () => talk.drop(q.id)));
		const queued = q.state === 'queued' && el('p', { class: 'state' }, say('queued'),
			button('', say('drop'), () => talk.drop(q.id)));
		const waiting = q.state === 'sent' && el('p', { class: 'typing', part: 'typing' },
			el('i'), el('i'), el('i'), el('span', { text: say('waiting') }));
		return el('li', { class: 'question ' + q.state, tabindex: -1 },
			el('div', { class: 'bubble', part: 'question' }, el('span', { class: 'quiet', text: say('you') + '：' }),
				el('span', { dir: 'auto', text: q.text })),
			failed, queued, waiting);
	}

	/** @param {Reply} item */
	reply(item) {
		const { nodes, tools } = this.cards ? this.cards.card(item, this.desk, KIT) :
			{ nodes: [el('p', { class: 'summary', text: item.reply.text })], tools: null };
		return el('li', { class: 'reply ' + item.reply.type, tabindex: -1 },
			el('span', { class: 'quiet', text: this.say('wenlu') + '：' }),
			el('article', { class: 'card', part: 'card', lang: this.host.language === 'en' && 'zh-Hans', dir: 'auto' }, ...nodes),
			tools);
	}

	/** Cards are needed once there is a window to show them in. */
	async need_cards() {
		if (this.cards) return;
		await this.module('cards', (m) => {
			this.cards = m;
			this.render();
		}, true);
	}

	/** A new reply: its top comes into view, and its gist is spoken. @param {Reply} item */
	arrived(item) {
		const { reply } = item;
		const node = this.shown.get(item.id)?.node;
		const words = [reply.answer?.point, reply.answer?.summary || reply.question || reply.text, reply.answer?.ask].filter(Boolean).join('');
		if (!this.is_open) {
			this.unread = true;
			this.show_unread();
		} else if (node) {
			const above = /** @type {HTMLElement | null} */ (node.previousElementSibling);
			const top = above && above.offsetHeight < 160 ? above : node;
			this.scroll_to(top.offsetTop - 8);
		}
		this.status(this.say(reply.type === 'clarify' ? 'asks_back' : 'answered', words));
		this.host.tell('reply', { reply });
	}

	/** @param {number} top */
	scroll_to(top) {
		const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
		this.log.scrollTo({ top, behavior });
	}

	scroll_end() {
		this.scroll_to(this.log.scrollHeight);
	}

	show_unread() {
		this.launcher.classList.toggle('unread', this.unread);
		/** @type {HTMLElement} */ (this.launcher.lastChild).textContent = this.say(this.unread ? 'open_new' : 'open');
	}

	/** @param {LinkMode} mode */
	show_mode(mode) {
		const { say } = this;
		const down = mode === 'down';
		const words = down ? say(navigator.onLine ? 'down' : 'offline') : mode === 'http' ? say('http') :
			mode === 'connecting' && this.was_down ? say('connecting') : '';
		this.mode = mode;
		this.root.dataset.mode = mode;
		this.notice.hidden = !words;
		this.notice.className = 'notice ' + mode;
		fill(this.notice, words && icon(down ? 'warn' : 'info'), words && el('span', { text: words }),
			down && button('retry', say('retry_now'), () => this.talk.link.kick()));
		if (down && !this.was_down) this.status(words);
		if ((mode === 'ws' || mode === 'http') && this.was_down) this.status(say('online'));
		if (mode !== 'connecting') this.was_down = down;
	}

	/** Said politely by screen readers. @param {string} words */
	status(words) {
		this.live.textContent = '';
		setTimeout(() => { this.live.textContent = words; }, 50);
	}

	/** @param {string} words */
	alert(words) {
		this.alarm.textContent = words;
		this.notice.hidden = false;
		fill(this.notice, icon('warn'), el('span', { text: words }));
	}

	/** @param {string} text */
	async copy(text) {
		try {
			await navigator.clipboard.writeText(text);
			this.toast(this.say('copied'));
		} catch {
			const box = el('textarea', { class: 'quiet', 'aria-hidden': 'true', tabindex: -1 });
			box.value = text;
			this.root.append(box);
			box.select();
			this.toast(this.say(document.execCommand('copy') ? 'copied' : 'not_copied'));
			box.remove();
		}
	}

	/** Seen for a moment, and spoken. @param {string} words */
	toast(words) {
		const old = this.panel.querySelector('.toast');
		if (old) old.remove();
		const node = el('p', { class: 'toast', part: 'toast', 'aria-hidden': 'true', text: words });
		this.panel.append(node);
		setTimeout(() => node.remove(), 2500);
		this.status(words);
	}

	/**
	 * @param {string} name
	 * @param {(m: any) => void} use
	 * @param {boolean} [quietly] nobody pressed a button for it
	 */
	async module(name, use, quietly) {
		try {
			const m = await load(name);
			for (const [key, text] of Object.entries(m.texts)) if (!(key in TEXTS)) TEXTS[/** @type {TextKey} */ (key)] = text;
			if (m.style && !this.styles.has(m.style)) dress(/** @type {ShadowRoot} */ (this.root.getRootNode()), m.style);
			this.styles.add(m.style);
			if (name === 'speech') this.speech = m;
			use(m);
		} catch {
			if (!quietly) this.toast(this.say('no_module'));
		}
	}

	/** @param {Say} say */
	speak(say) {
		this.say = say;
		this.build();
	}

	end() {
		this.speech?.stop();
		this.talk.close();
	}
}
