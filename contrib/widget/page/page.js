// SPDX-License-Identifier: Apache-2.0
// page.js - ties the demonstration page to the widget, and shows what goes over the wire.
(() => {
	'use strict';
	const MAX_MESSAGES = 200;
	const by_id = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
	const chat = () => /** @type {any} */ (document.querySelector('wenlu-chat'));

	by_id('embed').textContent = `<script src="${location.origin}/wenlu.js" data-region="410100" defer></script>`;

	const set_region = () => {
		const select = by_id('region');
		const name = select.value ? select.selectedOptions[0].textContent : '';
		by_id('ask-region').value = select.value;
		chat()?.setAttribute('region', select.value);
		chat()?.setAttribute('region-name', name);
		by_id('embed').textContent = `<script src="${location.origin}/wenlu.js"` +
			`${select.value && ` data-region="${select.value}" data-region-name="${name}"`} defer></script>`;
	};
	by_id('region').addEventListener('change', set_region);
	addEventListener('DOMContentLoaded', set_region);

	by_id('search').addEventListener('submit', (/** @type {Event} */ e) => {
		const words = by_id('q').value.trim();
		if (!words || !chat()) return;
		e.preventDefault();
		chat().ask(words);
		by_id('q').value = '';
	});
	document.querySelectorAll('[data-ask]').forEach((b) =>
		b.addEventListener('click', () => chat()?.ask(/** @type {HTMLElement} */ (b).dataset.ask)));

	const show = (/** @type {HTMLElement} */ button, /** @type {any} */ message) => {
		by_id('messages').querySelectorAll('button').forEach((/** @type {HTMLElement} */ b) =>
			b.setAttribute('aria-pressed', String(b === button)));
		by_id('raw').textContent = JSON.stringify(message, null, 2);
	};
	addEventListener('wenlu-message', (e) => {
		const { direction, message } = /** @type {CustomEvent} */ (e).detail;
		const messages = by_id('messages');
		const row = document.createElement('li');
		const button = document.createElement('button');
		button.type = 'button';
		const gist = message.text || message.question || message.option || message.value || '';
		button.textContent = `${direction === 'out' ? '→' : '←'} ${message.type} ${String(gist).slice(0, 24)}`;
		button.addEventListener('click', () => show(button, message));
		row.append(button);
		messages.querySelector('.empty')?.remove();
		messages.append(row);
		while (messages.children.length > MAX_MESSAGES) messages.firstChild.remove();
		messages.scrollTop = messages.scrollHeight;
		if (direction === 'in' && message.type !== 'suggestions') show(button, message);
	});
})();
