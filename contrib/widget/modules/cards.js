// SPDX-License-Identifier: Apache-2.0
// cards.js - a reply of the server as nodes: answer, comparison, question back, refusal. Fetched when
// the window is first opened; until it is here, a reply is shown as its plain words.

export const texts = {
	channels: '办理渠道',
	steps: '办理步骤',
	documents: '所需材料',
	documents_hint: '准备好一样，勾选一样',
	timing: '办理时限',
	fee: '费用',
	number: '编号规则',
	verification: '身份核验',
	conditions: '办理条件',
	restrictions: '限制',
	notes: '说明',
	further: '更多说明',
	sources: '资料来源',
	source: '来源',
	open_link: '打开',
	new_window: '（在新窗口打开）',
	as_of: '资料时间：{0}',
	as_of_law: '法规日期：{0}',
	undated: '资料未标日期',
	seen: '未标日期，{0}查到',
	grade_A: '法规或政府公布',
	grade_B: '公开报道',
	grade_C: '网络资料，未核实',
	unsure: '未核实',
	stale: '资料可能已过期，请先核实',
	wider: '当地没有单独资料，按上级地区的资料回答',
	carried: '沿用前面说的：{0}',
	kind_app: 'APP',
	kind_mini_program: '小程序',
	kind_account: '公众号',
	kind_website: '网站',
	kind_window: '线下窗口',
	kind_hotline: '电话',
	kind_machine: '自助机',
	kind_law: '法律法规',
	kind_government: '政府网站',
	kind_press: '媒体报道',
	kind_article: '网络资料',
	minute: '分钟',
	hour: '小时',
	day: '日',
	working_day: '个工作日',
	month: '个月',
	year: '年',
	at_most: '不超过 {0}',
	at_least: '至少 {0}',
	legal: '法定不超过 {0}',
	immediately: '当场',
	compare: '对比',
	item: '项目',
	differs: '不同',
	same: '相同',
	scroll_table: '对比表，可左右滚动',
	choose: '请选择',
	other_regions: '您也可以选择所在地区',
	related: '您可能还想问',
	part: '第 {0} 个问题',
	useful: '有用',
	useless: '没用',
	copy: '复制',
	print: '打印',
	read: '朗读',
	stop_reading: '停止朗读',
};

/** What the core builds nodes with. @type {any} */
let el, /** @type {any} */ button, /** @type {any} */ icon, /** @type {any} */ web_address;

/**
 * What a card may do beside showing itself.
 * @typedef {(key: string, ...args: any[]) => string} Say
 * @typedef {{ id: string, reply: any, vote?: string, chosen?: string, ticks?: number[], old?: boolean }} Reply
 * @typedef {{ say: Say, ask: (text: string) => void,
 *             choose: (item: Reply, option: any) => void,
 *             vote: (item: Reply, value: 'up' | 'down', reason?: string) => void,
 *             tick: (item: Reply, ticks: number[]) => void,
 *             why: (item: Reply, bar: HTMLElement) => void,
 *             copy: (text: string) => void, print: (items: any[]) => void,
 *             read: (item: Reply, button: HTMLElement) => void, can_read: boolean,
 *             lang: () => string | false, question_of: (item: Reply) => any,
 *             status: (words: string) => void }} Desk
 */

/** Fields that are plain lists of lines, in the order they are shown. */
const LINE_FIELDS = /** @type {const} */ (['fee', 'number']);
const MORE_FIELDS = /** @type {const} */ (['verification', 'conditions', 'restrictions', 'notes']);

/** @param {any} v @returns {any[]} */
const list = (v) => (Array.isArray(v) ? v : []);

/**
 * How old a source is, as far as it says.
 * @param {any} s
 * @param {Say} say
 */
const dated = (s, say) => (s.as_of ? say('as_of', s.as_of) : s.seen && say('seen', s.seen));

/**
 * A figure with its bounds: "7–10 个工作日", "不超过 3 日".
 * @param {any} t one row of `timing`
 * @param {Say} say
 */
function duration(t, say) {
	const unit = say(t.unit) || '';
	const space = /^\w/.test(unit) || unit.length > 1 ? ' ' : '';
	const has = (/** @type {any} */ n) => typeof n === 'number' && n >= 0;
	const with_unit = (/** @type {any} */ n) => `${n}${space || ' '}${unit}`;
	let words = '';
	if (has(t.min) && has(t.max) && t.min !== t.max) words = with_unit(`${t.min}–${t.max}`);
	else if (has(t.min) && has(t.max)) words = t.max === 0 ? say('immediately') : with_unit(t.max);
	else if (has(t.max)) words = t.max === 0 ? say('immediately') : say('at_most', with_unit(t.max));
	else if (has(t.min)) words = say('at_least', with_unit(t.min));
	const legal = has(t.legal_max) ? with_unit(t.legal_max) : '';
	/* A row of the legal limit alone says so by its name. */
	if (legal && !words) return { words: say(/法定/.test(t.stage) ? 'at_most' : 'legal', legal), legal: '' };
	return { words, legal: legal && say('legal', legal) };
}

/** One answer, as a card. */
class Card {
	/**
	 * @param {Reply} item
	 * @param {any} reply the item's own, or one part of it
	 * @param {Desk} desk
	 */
	constructor(item, reply, desk) {
		this.item = item;
		this.reply = reply;
		this.desk = desk;
		this.say = desk.say;
		/** Each page once, though several of its statements may be cited. */
		this.sources = list((reply.answer || reply).sources).reduce((all, s) => {
			const same = all.find((/** @type {any} */ o) => o.title === s.title && o.url === s.url && o.as_of === s.as_of);
			if (same) same.ids.push(s.id);
			else all.push({ ...s, ids: [s.id] });
			return all;
		}, []);
	}

	/** The small number that points into the list of sources; none where all is from one source. @param {any} id */
	ref(id) {
		const n = this.sources.findIndex((/** @type {any} */ s) => s.ids.includes(id));
		if (n < 0 || this.sources.length < 2) return null;
		return el('sup', { class: 'ref' },
			el('span', { class: 'quiet', text: this.say('source') }),
			/* A word joiner: the number stays on the line of its words. */
			`\u2060${n + 1}`);
	}

	/**
	 * That a line is not verified is said by a mark behind it instead of the same words before each.
	 * @param {string} text
	 */
	checked(text) {
		const short = String(text).replace(/^据资料（未核实），/, '');
		return el('span', {}, short, short !== text &&
			el('span', { class: 'unsure', lang: this.desk.lang(), text: this.say('unsure') }));
	}

	/** A line of a list, with its source. @param {any} line */
	line(line) {
		return el('li', {}, this.checked(line.text), this.ref(line.source));
	}

	/** The words without the list of options that stand below as buttons. */
	words() {
		const offered = list(this.reply.options).map((o) => o.text);
		return String(this.reply.text).split('\n').filter((l) => !offered.includes(l.replace(/^\d+[.、] ?/, ''))).join('\n');
	}

	/**
	 * @param {string} title
	 * @param {Node} body
	 * @param {string} [name]
	 */
	section(title, body, name) {
		return el('section', { class: 'section ' + (name || title), part: 'section' },
			el('h4', { lang: this.desk.lang(), text: this.say(title) }), body);
	}

	head() {
		const { reply, say } = this;
		const a = reply.answer;
		const places = list(reply.regions).map((r) => r.name).join('、');
		const title = reply.intent?.title || '';
		const badges = el('p', { class: 'badges', lang: this.desk.lang() });
		if (a?.grade && /^[ABC]$/.test(a.grade)) {
			const c = 'grade_' + a.grade;
			badges.append(el('span', { class: 'badge ' + c, part: 'badge' },
				icon(a.grade === 'C' ? 'info' : 'tick'), say(c)));
		}
		if (a?.stale)
			badges.append(el('span', { class: 'badge stale', part: 'badge' }, icon('warn'), say('stale')));
		const is_law = list(a?.sources).every((/** @type {any} */ s) => s.kind === 'law');
		const last = is_law && list(a?.sources).map((s) => s.as_of || '').sort().pop();
		const when = last && last !== a.as_of ? `${a.as_of} – ${last}` : a?.as_of;
		if (when) badges.append(el('span', { class: 'dated', text: say(is_law ? 'as_of_law' : 'as_of', when) }));
		else if (list(a?.sources).some((/** @type {any} */ s) => s.seen)) badges.append(el('span', { class: 'dated', text: say('undated') }));
		return [
			(places || title) && reply.type !== 'compare' && el('h3', {},
				places && el('span', { class: 'place' }, icon('place'), places),
				title && el('span', { class: 'matter', text: title })),
			badges.firstChild && badges,
		];
	}

	/** What was assumed, corrected, carried over, or answered by a wider region. */
	remarks() {
		const { reply, say } = this;
		const words = [];
		if (reply.corrected) words.push(reply.corrected);
		const carried = list(reply.context?.carried)
			.map((c) => (c === 'region' ? list(reply.regions)[0]?.name : reply.intent?.title)).filter(Boolean);
		const notice = reply.answer?.notice;
		/* 还是说郑州市的“办理时限”。 says it already. */
		if (!carried.every((c) => (notice || '').includes(c))) words.push(say('carried', carried.join('，')));
		const place = list(reply.regions)[0];
		if (notice) words.push(notice);
		else if (place?.answered_by && place.answered_by !== place.code) words.push(say('wider'));
		return words.length > 0 && el('ul', { class: 'remarks' },
			...words.map((w) => el('li', { text: w })));
	}

	/** What the answer depends on and the person has not said: right under what depends on it. */
	asked() {
		const words = this.reply.ask || this.reply.answer?.ask;
		return words && el('p', { class: 'ask', part: 'ask' }, icon('chat'), el('span', { text: words }));
	}

	channels() {
		const items = list(this.reply.answer.channels);
		if (!items.length) return null;
		return this.section('channels', el('ul', { class: 'channels' }, ...items.map((c) => {
			const href = web_address(c.url);
			const kind = this.say('kind_' + c.kind);
			return el('li', {}, icon(c.kind),
				el('div', {},
					el('strong', { text: c.name }),
					kind && el('span', { class: 'kind', text: kind }),
					this.ref(c.source),
					c.path && el('p', { class: 'path', text: c.path }),
					href && el('a', { class: 'go', href, target: '_blank', rel: 'noopener noreferrer' },
						icon('link'), this.say('open_link'), ' ' + new URL(href).host,
						el('span', { class: 'quiet', text: this.say('new_window') }))));
		})));
	}

	steps() {
		const items = list(this.reply.answer.steps);
		if (!items.length) return null;
		return this.section('steps', el('ol', { class: 'steps' }, ...items.map((s) => this.line(s))));
	}

	/** The papers, to be ticked off; ticks are remembered. */
	documents() {
		const items = list(this.reply.answer.documents);
		if (!items.length) return null;
		const ticks = new Set(this.reply === this.item.reply ? this.item.ticks : []);
		const rows = items.map((d, n) => {
			const box = el('input', { type: 'checkbox', checked: ticks.has(n), onchange: () => {
				if (box.checked) ticks.add(n);
				else ticks.delete(n);
				this.desk.tick(this.item, [...ticks]);
			} });
			return el('li', {}, el('label', {}, box,
				el('span', {}, el('span', { class: 'what', text: d.name }),
					d.form && el('span', { class: 'form', text: d.form }),
					this.ref(d.source),
					d.for && el('span', { class: 'purpose', text: d.for }))));
		});
		const section = this.section('documents', el('ul', { class: 'documents' }, ...rows));
		section.insertBefore(el('p', { class: 'hint', lang: this.desk.lang(), text: this.say('documents_hint') }), section.lastChild);
		return section;
	}

	timing() {
		const items = list(this.reply.answer.timing);
		if (!items.length) return null;
		return this.section('timing', el('dl', { class: 'timing' }, ...items.map((t) => {
			const { words, legal } = duration(t, this.say);
			return el('div', {}, el('dt', { text: t.stage || this.say('timing') }),
				el('dd', {}, words && el('strong', { text: words }), !words && t.text && this.checked(t.text), this.ref(t.source),
					legal && el('span', { class: 'legal', text: legal }),
					words && t.text && el('span', { class: 'aside' }, this.checked(t.text))));
		})));
	}

	/** @param {string} field */
	lines(field) {
		const items = list(this.reply.answer[field]);
		if (!items.length) return null;
		return this.section(field, el('ul', { class: 'lines' }, ...items.map((l) => this.line(l))));
	}

	/** What was asked for comes first. */
	body() {
		const parts = {
			channels: this.channels(), steps: this.steps(), documents: this.documents(),
			timing: this.timing(), fee: this.lines('fee'), number: this.lines('number'),
		};
		const name = String(this.reply.intent?.name || '');
		const first = /timing/.test(name) ? 'timing' : /document/.test(name) ? 'documents' :
			/fee/.test(name) ? 'fee' : /number\.format/.test(name) ? 'number' : '';
		const rest = MORE_FIELDS.map((f) => this.lines(f)).filter(Boolean);
		const shown = Object.entries(parts).filter(([, node]) => node)
			.sort((a, b) => Number(b[0] === first) - Number(a[0] === first)).map(([, node]) => node);
		const more = rest.length > 0 && (shown.length ?
			el('details', { class: 'further' }, el('summary', { lang: this.desk.lang(), text: this.say('further') }), ...rest) :
			el('div', {}, ...rest));
		return [...shown, more];
	}

	source_list() {
		if (!this.sources.length) return null;
		const { say } = this;
		return el('details', { class: 'sources', part: 'sources' },
			el('summary', { lang: this.desk.lang(), text: `${say('sources')}（${this.sources.length}）` }),
			el('ol', {}, ...this.sources.map((/** @type {any} */ s) => {
				const href = web_address(s.url);
				const kind = say('kind_' + s.kind);
				return el('li', {},
					href ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, s.title,
						el('span', { class: 'quiet', text: say('new_window') })) : s.title,
					el('span', { class: 'about' }, ...[kind, dated(s, say)].filter(Boolean)
						.map((words, n, all) => el('span', { text: words + (n + 1 < all.length ? ' · ' : '') }))));
			})));
	}

	/** One row a facet, one column a region; what differs is marked in words, not only in colour. */
	table() {
		const { reply, say } = this;
		const regions = list(reply.regions);
		const places = regions.map((r) => r.name).join('、');
		const caption = `${say('compare')}：${places}${reply.intent?.title ? ' · ' + reply.intent.title : ''}`;
		return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say('scroll_table') },
			el('table', { part: 'table' },
				el('caption', { text: caption }),
				el('thead', {}, el('tr', {}, el('th', { scope: 'col', text: say('item') }),
					...regions.map((r) => el('th', { scope: 'col', text: r.name })))),
				el('tbody', {}, ...list(reply.rows).map((row) => el('tr', { class: row.differs && 'differs' },
					el('th', { scope: 'row' }, row.facet,
						(row.differs || list(row.cells).every((c) => c.known !== false)) &&
							el('span', { class: 'mark', text: say(row.differs ? 'differs' : 'same') })),
					...list(row.cells).map((c) => el('td', { class: c.known === false && 'unknown' },
						c.text, this.ref(c.source))))))));
	}

	/** @param {string} title */
	options(title) {
		const { item, reply, desk } = this;
		const items = list(reply.options);
		if (!items.length) return null;
		const chosen = item.chosen;
		return el('div', { class: 'options', role: 'group', 'aria-label': this.say(title) },
			...items.map((o) => button(chosen === o.id ? 'tick' : '', o.text, () => desk.choose(item, o), {
				class: 'option', part: 'option', 'aria-pressed': chosen ? String(chosen === o.id) : undefined,
			})));
	}

	related() {
		const offered = list(this.reply.options).map((o) => o.text);
		const items = list(this.reply.related).filter((r) => !offered.includes(r.text));
		if (!items.length) return null;
		return el('nav', { class: 'related', 'aria-label': this.say('related') },
			el('p', { class: 'hint', lang: this.desk.lang(), text: this.say('related') }),
			...items.map((r) => button('', r.text, () => this.desk.ask(r.text), { class: 'option', part: 'option' })));
	}

	/** @returns {(Node | null | false | undefined)[]} */
	nodes() {
		const { reply } = this;
		if (reply.type === 'answers')
			return list(reply.parts).flatMap((p, n) => [
				el('p', { class: 'part', text: this.say('part', n + 1) }),
				...new Card(this.item, p, this.desk).nodes()]);
		const paragraph = (/** @type {string} */ text, c = 'summary') => el('p', { class: c, text });
		if (reply.type === 'answer' && reply.answer)
			return [...this.head(), this.remarks() || null, reply.answer.point && paragraph(reply.answer.point, 'summary point'),
				paragraph(reply.answer.summary || reply.text),
				this.asked(), ...this.body(), reply.answer.disclaimer && paragraph(reply.answer.disclaimer, 'disclaimer'),
				this.source_list(),
				list(reply.options).length > 0 && paragraph(this.say('other_regions'), 'hint'),
				this.options('other_regions'), this.related()];
		if (reply.type === 'compare')
			return [this.remarks() || null, paragraph(reply.text.split('\n')[0]), this.table(), this.asked(), this.source_list(), this.related()];
		if (reply.type === 'clarify')
			return [this.remarks() || null, paragraph(reply.question || reply.text), this.options('choose')];
		return [paragraph(this.words()), this.options('choose'), this.related()];
	}

	/** Thumbs, copy, print, read aloud. */
	tools() {
		const { item, reply, desk, say } = this;
		const solid = /^(answers?|compare)$/.test(reply.type);
		const bar = el('div', { class: 'tools', part: 'tools' });
		if (solid && !item.old && reply.seq) {
			for (const v of /** @type {const} */ (['up', 'down'])) {
				bar.append(button(v, say(v === 'up' ? 'useful' : 'useless'), () => this.thumb(v, bar),
					{ class: 'tool', quiet: true, 'aria-pressed': String(item.vote === v), disabled: !!item.vote }));
			}
		}
		if (solid) {
			bar.append(
				button('copy', say('copy'), () => desk.copy(plain(reply, say)), { class: 'tool', quiet: true }),
				button('print', say('print'), () => desk.print([desk.question_of(item) || item, item]), { class: 'tool', quiet: true }));
		}
		if (desk.can_read) {
			const b = button('sound', say('read'), () => desk.read(item, b), { class: 'tool read', quiet: true });
			bar.append(b);
		}
		if (reply.type === 'decline')
			bar.append(button('person', say('person'), () => desk.ask(say('person_ask')), { class: 'tool' }));
		return bar.firstChild && bar;
	}

	/**
	 * @param {'up' | 'down'} value
	 * @param {HTMLElement} bar
	 */
	thumb(value, bar) {
		const { item, desk, say } = this;
		if (value === 'up') {
			desk.vote(item, 'up');
			desk.status(say('thanks'));
			return;
		}
		desk.why(item, bar);
	}
}

/**
 * A reply as plain words with its sources, for the clipboard.
 * @param {any} reply
 * @param {Say} say
 */
function plain(reply, say) {
	const sources = list((reply.answer || reply).sources)
		.map((s) => `${s.title}${s.as_of || s.seen ? ` (${s.as_of || say('seen', s.seen)})` : ''}${s.url ? ' ' + s.url : ''}`);
	return [reply.text, sources.length && `${say('sources')}：\n${sources.join('\n')}`].filter(Boolean).join('\n\n');
}

/** One row of timing in words. @param {any} t @param {Say} say */
export function timing_words(t, say) {
	const { words, legal } = duration(t, say);
	return `${t.stage ? t.stage + '：' : ''}${[words, legal, t.text].filter(Boolean).join('；')}`;
}

/**
 * The nodes of a card, and the tools under it.
 * @param {Reply} item
 * @param {Desk} desk
 * @param {any} kit
 * @returns {{ nodes: Node[], tools: Node | null }}
 */
export function card(item, desk, kit) {
	({ el, button, icon, web_address } = kit);
	const c = new Card(item, item.reply, desk);
	return { nodes: /** @type {Node[]} */ (c.nodes().filter(Boolean)), tools: c.tools() };
}
