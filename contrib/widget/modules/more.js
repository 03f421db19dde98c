// SPDX-License-Identifier: Apache-2.0
// more.js - what is behind "more" and behind a thumb down: seldom used, so fetched when it is.

/** Joined to the texts of the core; other languages have all of theirs in one file. */
export const texts = {
	why: '哪里不满意？',
	reasons: '答非所问|内容过时|看不懂|照着做没办成|其他',
	reason_more: '补充说明（可不填，会留给管理员，请勿写个人信息）',
	submit: '提交',
	language: '语言',
	theme: '外观',
	theme_auto: '跟随系统',
	theme_light: '浅色',
	theme_dark: '深色',
	print_all: '打印对话',
	clear: '清空对话',
	clear_sure: '清空这台设备上保存的全部对话？',
	cleared: '对话已清空',
};

export const style = '@STYLE@';

/**
 * The menu: a person, print, clear, colours, language.
 * @param {any} view
 * @param {any} kit
 */
export function menu(view, { el, fill, button, languages }) {
	const { say, host } = view;
	/** @param {string} label @param {string} now @param {[string, string][]} choices @param {(v: any) => void} pick */
	const group = (label, now, choices, pick) => el('div', { class: 'row', role: 'group', 'aria-label': say(label) },
		el('span', { text: say(label) }),
		...choices.map(([value, text]) => el('button', { type: 'button', lang: label === 'language' && value,
			'aria-pressed': String(value === now), text, onclick: () => pick(value) })));
	const confirm = () => {
		const sure = el('button', { type: 'button', class: 'main', text: say('clear'), onclick: () => {
			view.toggle_menu(false);
			view.talk.clear();
			view.status(say('cleared'));
			view.input.focus();
		} });
		fill(view.menu, el('p', { text: say('clear_sure') }), el('div', { class: 'row' }, sure,
			el('button', { type: 'button', text: say('cancel'), onclick: () => view.toggle_menu(false) })));
		sure.focus();
	};
	fill(view.menu,
		button('person', say('person'), () => {
			view.toggle_menu(false);
			view.ask(say('person_ask'));
		}),
		button('print', say('print_all'), () => {
			view.toggle_menu(false);
			view.desk.print(view.talk.items);
		}),
		button('bin', say('clear'), confirm),
		group('theme', host.chosen_theme,
			[['auto', say('theme_auto')], ['light', say('theme_light')], ['dark', say('theme_dark')]],
			(theme) => host.prefer({ theme })),
		group('language', host.language, Object.entries(languages), (lang) => host.prefer({ lang })));
}

/**
 * What was wrong with an answer; opens under its tools, and closes again.
 * @param {any} view
 * @param {any} item
 * @param {HTMLElement} bar
 * @param {any} kit
 */
export function why(view, item, bar, { el, mask }) {
	const { say } = view;
	const old = bar.parentNode?.querySelector('form.why');
	if (old) {
		old.remove();
		return;
	}
	const more = el('textarea', { rows: 2, maxlength: 200, 'aria-label': say('reason_more'), placeholder: say('reason_more') });
	const boxes = say('reasons').split('|').map((/** @type {string} */ value) => el('input', { type: 'checkbox', value }));
	const close = () => {
		form.remove();
		bar.querySelectorAll('button')[1].focus();
	};
	const form = el('form', { class: 'why', onsubmit: (/** @type {Event} */ e) => {
		e.preventDefault();
		const reasons = boxes.filter((/** @type {any} */ b) => b.checked).map((/** @type {any} */ b) => b.value);
		view.talk.vote(item, 'down', mask([...reasons, more.value.replace(/\s+/g, ' ').trim()].filter(Boolean).join('；')));
		view.status(say('thanks'));
	} },
	el('fieldset', {}, el('legend', { text: say('why') }),
		...boxes.map((/** @type {any} */ b) => el('label', {}, b, el('span', { text: b.value }))), more),
	el('div', { class: 'row' },
		el('button', { type: 'submit', class: 'main', text: say('submit') }),
		el('button', { type: 'button', text: say('cancel'), onclick: close })));
	bar.after(form);
	boxes[0].focus();
}
