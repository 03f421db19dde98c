// SPDX-License-Identifier: Apache-2.0
// element.js - <wenlu-chat>: the widget as an element, its settings, and the bubble that a script
// tag alone puts on a page.

const SETTINGS = 'wenlu:settings';

class WenluChat extends HTMLElement {
	static get observedAttributes() {
		return ['region', 'region-name', 'lang', 'theme', 'elder'];
	}

	constructor() {
		super();
		/** @type {View | null} */
		this.view = null;
		/** What the person chose, over what the page says. @type {{ lang?: string, theme?: string, elder?: boolean, voice?: boolean }} */
		this.settings = {};
		this.dark = matchMedia('(prefers-color-scheme: dark)');
		this.ondark = () => this.view?.show_settings();
	}

	connectedCallback() {
		if (this.view) return;
		try {
			this.settings = JSON.parse(localStorage.getItem(SETTINGS) || '{}') || {};
		} catch {
			this.settings = {};
		}
		const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
		dress(root, STYLE);
		this.view = new View(this);
		root.append(this.view.root);
		if (this.dark.addEventListener) this.dark.addEventListener('change', this.ondark);
		if (this.language !== 'zh-Hans') this.fetch_language();
		if (this.is_inline) this.view.open(true);
		else if (this.hasAttribute('open') || (this.was_open() && !this.view.is_modal())) this.view.open(true);
	}

	disconnectedCallback() {
		if (this.isConnected) return;
		this.view?.end();
		this.view?.root.remove();
		this.view = null;
	}

	/**
	 * @param {string} name
	 * @param {string | null} before
	 * @param {string | null} now
	 */
	attributeChangedCallback(name, before, now) {
		if (!this.view || before === now) return;
		if (name === 'lang') this.fetch_language();
		else this.view.show_settings();
	}

	get home() {
		const given = this.getAttribute('server');
		return given ? new URL(given.replace(/\/?$/, '/'), location.href).href : HOME;
	}

	/** The page's region code: what is meant when the person names none. */
	get region() {
		return this.getAttribute('region') || '';
	}

	set region(code) {
		this.setAttribute('region', code);
	}

	get name() {
		return this.getAttribute('name') || '';
	}

	get is_inline() {
		return this.getAttribute('mode') === 'inline';
	}

	get language() {
		return nearest_language(this.settings.lang || this.getAttribute('lang') || document.documentElement.lang || '');
	}

	get is_elder() {
		return this.settings.elder ?? this.hasAttribute('elder');
	}

	get chosen_theme() {
		return this.settings.theme || this.getAttribute('theme') || 'auto';
	}

	get theme() {
		const t = this.chosen_theme;
		return t === 'dark' || (t === 'auto' && this.dark.matches) ? 'dark' : 'light';
	}

	/** @param {{ lang?: string, theme?: string, elder?: boolean, voice?: boolean }} wish */
	prefer(wish) {
		Object.assign(this.settings, wish);
		try {
			localStorage.setItem(SETTINGS, JSON.stringify(this.settings));
		} catch {
			/* then it holds for this page */
		}
		if (wish.lang) this.fetch_language();
		else this.view?.show_settings();
	}

	async fetch_language() {
		const { language } = this;
		let texts = TEXTS;
		try {
			if (language !== 'zh-Hans') texts = (await load('lang-' + language)).default;
		} catch {
			/* Chinese is better than nothing */
		}
		if (language === this.language) this.view?.speak(sayer(texts));
	}

	was_open() {
		try {
			return sessionStorage.getItem('wenlu:open') === '1';
		} catch {
			return false;
		}
	}

	/** @param {boolean} is_open */
	opened(is_open) {
		try {
			sessionStorage.setItem('wenlu:open', is_open ? '1' : '');
		} catch {
			/* then the next page starts closed */
		}
		this.tell(is_open ? 'open' : 'close', {});
	}

	/**
	 * Pages and portals may listen: wenlu-open, wenlu-close, wenlu-reply, wenlu-message (raw).
	 * @param {string} name
	 * @param {any} detail
	 */
	tell(name, detail) {
		this.dispatchEvent(new CustomEvent('wenlu-' + name, { detail, bubbles: true, composed: true }));
	}

	open() {
		this.view?.open();
	}

	close() {
		this.view?.close();
	}

	/** @param {string} text */
	ask(text) {
		this.view?.open(true);
		this.view?.ask(String(text));
	}

	clear() {
		this.view?.talk.clear();
	}
}

/**
 * A style sheet: constructed where the browser can, which no content policy forbids; else the linked
 * one, which holds all of them.
 * @param {ShadowRoot} root
 * @param {string} style
 */
function dress(root, style) {
	try {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(style);
		root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	} catch {
		if (!root.querySelector('link')) root.append(el('link', { rel: 'stylesheet', href: `${HOME}wenlu-${VERSION}.css` }));
	}
}

function settle() {
	if (!SCRIPT || SCRIPT.dataset.auto === 'no' || document.querySelector('wenlu-chat')) return;
	const chat = document.createElement('wenlu-chat');
	for (const [name, value] of Object.entries(SCRIPT.dataset))
		chat.setAttribute(name.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase()), value || '');
	document.body.append(chat);
}

if (!customElements.get('wenlu-chat')) {
	customElements.define('wenlu-chat', WenluChat);
	if (document.body) settle();
	else addEventListener('DOMContentLoaded', settle);
}
