// SPDX-License-Identifier: Apache-2.0
// print.js - answers on paper: a plain sheet stands in for the page while the printer looks at it.

export const texts = {
	printed_at: '打印时间：{0}',
	question: '问题',
};

const SHEET = `
:host { display: none; }
@media print {
	:host { display: block; font: 12pt/1.6 "Noto Serif SC", "Noto Serif CJK SC", SimSun, serif; color: #000; background: #fff; }
	h1 { font-size: 16pt; margin: 0 0 6pt; }
	h2 { font-size: 13pt; margin: 14pt 0 4pt; border-bottom: 1pt solid #000; break-after: avoid; }
	h3 { font-size: 12pt; margin: 8pt 0 2pt; break-after: avoid; }
	p { margin: 4pt 0; white-space: pre-wrap; }
	ul, ol { margin: 2pt 0; padding-inline-start: 18pt; }
	ul.boxes { list-style: none; padding: 0; }
	li { break-inside: avoid; }
	small, .about { font-size: 10pt; color: #333; }
	table { border-collapse: collapse; width: 100%; }
	th, td { border: 1pt solid #000; padding: 3pt 5pt; text-align: start; vertical-align: top; }
}`;
const HIDE = '@media print { body > :not(wenlu-print) { display: none !important; } body { background: #fff !important; margin: 0 !important; padding: 0 !important; } }';

/** @param {string} tag @param {string} [text] @param {...(Node | null | false | undefined)} kids */
function node(tag, text, ...kids) {
	const n = document.createElement(tag);
	if (text) n.textContent = text;
	for (const kid of kids) if (kid) n.append(kid);
	return n;
}

/** @param {any} v @returns {any[]} */
const list = (v) => (Array.isArray(v) ? v : []);

/**
 * @param {any} reply
 * @param {number[]} ticks
 * @param {any} say
 * @param {(t: any, say: any) => string} timing
 * @returns {Node[]}
 */
function sheet(reply, ticks, say, timing) {
	const a = reply.answer;
	if (reply.type === 'answers') return list(reply.parts).flatMap((p) => sheet(p, [], say, timing));
	const places = list(reply.regions).map((r) => r.name).join('、');
	/** @type {Node[]} */
	const out = [node('h2', [places, reply.intent?.title].filter(Boolean).join(' · '))];
	const section = (/** @type {string} */ title, /** @type {Node} */ body) => out.push(node('h3', say(title)), body);
	if (a && a.point) out.push(node('p', a.point));
	out.push(node('p', (a && a.summary) || reply.question || reply.text));
	if (reply.type === 'compare') out.push(table(reply, say));
	if (a) {
		const channels = list(a.channels);
		if (channels.length) section('channels', node('ul', '', ...channels.map((c) =>
			node('li', [`${c.name}（${say('kind_' + c.kind) || c.kind}）`, c.path, c.url].filter(Boolean).join('　')))));
		if (list(a.steps).length) section('steps', node('ol', '', ...a.steps.map((/** @type {any} */ s) => node('li', s.text))));
		const boxes = node('ul', '', ...list(a.documents).map((d, n) =>
			node('li', `${ticks.includes(n) ? '☑' : '☐'} ${[d.name, d.form, d.for].filter(Boolean).join('　')}`)));
		boxes.className = 'boxes';
		if (list(a.documents).length) section('documents', boxes);
		if (list(a.timing).length) section('timing', node('ul', '', ...a.timing.map((/** @type {any} */ t) => node('li', timing(t, say)))));
		for (const f of ['fee', 'number', 'verification', 'conditions', 'restrictions', 'notes'])
			if (list(a[f]).length) section(f, node('ul', '', ...a[f].map((/** @type {any} */ l) => node('li', l.text))));
		if (a.disclaimer) out.push(node('p', a.disclaimer));
	}
	const sources = list((a || reply).sources);
	if (sources.length) section('sources', node('ol', '', ...sources.map((s) =>
		node('li', [s.title, s.as_of ? say('as_of', s.as_of) : s.seen && say('seen', s.seen), s.url].filter(Boolean).join('　')))));
	return out;
}

/** @param {any} reply @param {any} say */
function table(reply, say) {
	const head = node('tr', '', node('th', say('item')), ...list(reply.regions).map((r) => node('th', r.name)));
	return node('table', '', head, ...list(reply.rows).map((row) =>
		node('tr', '', node('th', row.facet), ...list(row.cells).map((c) => node('td', c.text)))));
}

/** @param {Document | ShadowRoot} where @param {string} css */
function dress(where, css) {
	const s = new CSSStyleSheet();
	s.replaceSync(css);
	where.adoptedStyleSheets = [...where.adoptedStyleSheets, s];
	return () => { where.adoptedStyleSheets = where.adoptedStyleSheets.filter((other) => other !== s); };
}

/**
 * Print these questions and replies; the page is as it was afterwards.
 * @param {any[]} items
 * @param {any} say
 * @param {(t: any, say: any) => string} timing
 */
export function print(items, say, timing) {
	const host = document.createElement('wenlu-print');
	const root = host.attachShadow({ mode: 'open' });
	root.append(node('h1', say('title')), node('small', say('printed_at', new Date().toLocaleString())));
	for (const item of items) {
		if (item.kind === 'question') root.append(node('p', `${say('question')}：${item.text}`));
		else root.append(...sheet(item.reply, item.ticks || [], say, timing));
	}
	const undress = [dress(root, SHEET), dress(document, HIDE)];
	document.body.append(host);
	addEventListener('afterprint', () => {
		undress.forEach((f) => f());
		host.remove();
	}, { once: true });
	window.print();
}
