// SPDX-License-Identifier: Apache-2.0
// base.js - where we come from, and how nodes are made: text goes in as text, never as HTML.
//
// The files of this folder are joined in the order of ../build into one wenlu.js, inside one
// function; so they share their names as if they were one file.

/** Filled in by the build: names the files that belong together. */
const VERSION = '@VERSION@';
/** style.css, put here by the build. */
const STYLE = '@STYLE@';

const SCRIPT = /** @type {HTMLScriptElement | null} */ (
	document.currentScript || document.querySelector('script[src*="/wenlu"]')
);
/** The folder this script came from: the server, unless an attribute names another. */
const HOME = new URL('.', SCRIPT ? SCRIPT.src : location.href).href;

/**
 * A node with attributes, listeners (on…), `text` or children; empty children are left out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node | string | null | undefined | false)} kids
 * @returns {HTMLElementTagNameMap[K]}
 */
function el(tag, props, ...kids) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(props || {})) {
		if (value === undefined || value === null || value === false) continue;
		if (typeof value === 'function') node.addEventListener(name.slice(2), value);
		else if (name === 'text') node.textContent = value;
		else node.setAttribute(name, value === true ? '' : String(value));
	}
	for (const kid of kids) if (kid) node.append(kid);
	return node;
}

/**
 * All that was in `node` goes, `kids` come.
 * @param {Node} node
 * @param {...(Node | null | undefined | false | '')} kids
 */
function fill(node, ...kids) {
	while (node.firstChild) node.removeChild(node.firstChild);
	for (const kid of kids) if (kid) node.appendChild(kid);
}

/** Drawn on 24 by 24, as lines. @type {Record<string, string>} */
const SHAPES = {
	chat: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5',
	send: 'M4 12L20 4l-5 16-3.5-6.5z',
	mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4M8 21h8',
	close: 'M6 6l12 12M18 6L6 18',
	more: 'M5 12h.01M12 12h.01M19 12h.01',
	wide: 'M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7',
	up: 'M8 11l4-7a2 2 0 0 1 2 2v4h5l-1.5 9H8zM8 11H4v8h4',
	down: 'M8 13l4 7a2 2 0 0 0 2-2v-4h5l-1.5-9H8zM8 13H4V5h4',
	copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
	print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
	sound: 'M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
	stop: 'M7 7h10v10H7z',
	person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20c1-4 4-5.500 8-5.500s7 1.500 8 5.500',
	bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5',
	app: 'M7 3h10v18H7zM11 18h2',
	mini_program: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 16.500h7M16.500 13v7',
	account: 'M4 5h16v11H10l-5 4v-4H4zM9 10.500h.01M15 10.500h.01',
	website: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
	window: 'M4 20V9l8-5 8 5v11M3 20h18M9 20v-6h6v6M9 10h.01M15 10h.01',
	hotline: 'M6 4h3l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
	machine: 'M5 3h14v13H5zM8 6h8v5H8zM9 16v5M15 16v5M7 21h10M12 13.500h.01',
	link: 'M13 5h6v6M19 5l-9 9M10 6H5v13h13v-5',
	info: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v6M12 7.500h.01',
	warn: 'M12 4l9 16H3zM12 10v5M12 17.500h.01',
	tick: 'M5 13l4 4L19 7',
	place: 'M12 21c-5-6-7-8.500-7-11a7 7 0 0 1 14 0c0 2.500-2 5-7 11zM12 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
	retry: 'M19 12a7 7 0 1 1-2-5M19 4v4h-4',
};

/**
 * A drawing beside words; it says nothing to a screen reader.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
function icon(name) {
	const ns = 'http://www.w3.org/2000/svg';
	const svg = document.createElementNS(ns, 'svg');
	const path = document.createElementNS(ns, 'path');
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.setAttribute('aria-hidden', 'true');
	svg.setAttribute('class', 'icon');
	path.setAttribute('d', SHAPES[name] || SHAPES.info);
	svg.append(path);
	return svg;
}

/**
 * A button with a drawing and words; `quiet` keeps the words for screen readers and a hint only.
 * @param {string} shape
 * @param {string} words
 * @param {(e: Event) => void} onclick
 * @param {Record<string, any>} [props]
 */
function button(shape, words, onclick, props) {
	const { quiet, ...rest } = props || {};
	const label = el('span', { class: quiet ? 'words quiet' : 'words', dir: 'auto', text: words });
	return el('button', { type: 'button', title: quiet && words, onclick, ...rest },
		shape && icon(shape), label);
}

/**
 * An address that may become a link: whole, and http or https; anything else is "".
 * @param {unknown} url
 */
function web_address(url) {
	try {
		const parsed = new URL(String(url));
		return /^https?:$/.test(parsed.protocol) ? parsed.href : '';
	} catch {
		return '';
	}
}

/** A fresh id: 80 random bits. */
function new_id() {
	const bytes = crypto.getRandomValues(new Uint8Array(10));
	return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/**
 * Long numbers (identity card, phone, permit) with their middle hidden.
 * @param {string} text
 */
function mask(text) {
	return text.replace(/[A-Za-z]?\d[\d\- ]{8,}[\dXx]/g, (n) =>
		n.slice(0, 3) + '*'.repeat(n.length - 5) + n.slice(-2));
}

/**
 * A part that is fetched when first used.
 * @param {string} name
 * @returns {Promise<any>}
 */
function load(name) {
	return import(`${HOME}wenlu-${name}-${VERSION}.js`);
}
