// SPDX-License-Identifier: Apache-2.0
// speech.js - reading aloud with the device's own voice, and speaking instead of typing.

export const texts = {
	voice_consent: '语音输入由您的浏览器提供。部分浏览器会把录音发给浏览器厂商识别成文字；本服务只收到文字，不收录音。是否同意使用？',
	agree: '同意',
	disagree: '不同意',
	listening: '正在听，请说话…',
	voice_stop: '停止',
	voice_failed: '没有听清，请再试一次或改用键盘输入',
	voice_denied: '浏览器没有允许使用麦克风',
	no_voice: '这台设备没有中文语音，不能朗读',
};

export const style = '@STYLE@';

/** @type {(() => void) | null} */
let stop_now = null;

/** Whatever speaks or listens falls silent. */
export function stop() {
	if (stop_now) stop_now();
	stop_now = null;
}

/** Long texts are read piece by piece: some browsers fall silent after fifteen seconds. @param {string} text */
function pieces(text) {
	const sentences = text.replace(/https?:\S+/g, '').match(/[^。！？；\n]+[。！？；]?/g) || [];
	return sentences.map((s) => s.trim()).filter(Boolean);
}

/** The device's voices come late on some browsers. @returns {Promise<SpeechSynthesisVoice[]>} */
function voices() {
	const now = speechSynthesis.getVoices();
	if (now.length) return Promise.resolve(now);
	return new Promise((done) => {
		const timer = setTimeout(() => done(speechSynthesis.getVoices()), 1000);
		speechSynthesis.onvoiceschanged = () => {
			clearTimeout(timer);
			done(speechSynthesis.getVoices());
		};
	});
}

/**
 * Read a reply aloud; the same button stops it.
 * @param {any} view
 * @param {string} text
 * @param {HTMLElement} b
 * @param {any} kit
 */
export async function read(view, text, b, { el, fill, icon }) {
	const onstate = (/** @type {boolean} */ on) => {
		const words = view.say(on ? 'stop_reading' : 'read');
		fill(b, icon(on ? 'stop' : 'sound'), el('span', { class: 'words quiet', text: words }));
		b.title = words;
		b.classList.toggle('on', on);
	};
	const reading_this = stop_now && read.text === text;
	stop();
	if (reading_this) return;
	const all = await voices();
	const chinese = all.filter((v) => /^(zh|cmn)/i.test(v.lang));
	if (all.length && !chinese.length) {
		view.toast(view.say('no_voice'));
		return;
	}
	read.text = text;
	/* A voice of the device first: nothing then leaves it. */
	const voice = chinese.find((v) => v.localService && /CN|Hans/i.test(v.lang)) || chinese[0] || null;
	const queue = pieces(text).map((piece) => {
		const u = new SpeechSynthesisUtterance(piece);
		u.lang = 'zh-CN';
		u.voice = voice;
		u.rate = 0.9;
		return u;
	});
	const end = () => {
		stop_now = null;
		onstate(false);
	};
	if (!queue.length) return;
	queue[queue.length - 1].onend = end;
	queue.forEach((u) => { u.onerror = (e) => { if (e.error !== 'interrupted') end(); }; });
	stop_now = () => {
		speechSynthesis.cancel();
		onstate(false);
	};
	onstate(true);
	queue.forEach((u) => speechSynthesis.speak(u));
}
read.text = '';

/**
 * Words from the microphone into the line; asks before the first time, since some browsers send the
 * sound to their maker. Nothing is sent off by itself: the person reads it and presses send.
 * @param {any} view
 * @param {any} kit
 */
export function dictate(view, { el, fill, button }) {
	stop();
	const { say, host, voice: box } = view;
	const show = (/** @type {string} */ words, /** @type {Node[]} */ ...buttons) => {
		fill(box, el('p', { text: words }), el('div', { class: 'row' }, ...buttons));
		box.hidden = false;
		view.status(words);
		box.querySelector('button')?.focus();
	};
	const hide = () => {
		box.hidden = true;
		view.input.focus();
	};
	const listen = () => {
		const w = /** @type {any} */ (window);
		const ear = new (w.SpeechRecognition || w.webkitSpeechRecognition)();
		let failed = '';
		ear.lang = 'zh-CN';
		ear.interimResults = true;
		ear.onresult = (/** @type {any} */ e) => {
			view.input.value = Array.from(e.results, (/** @type {any} */ r) => r[0].transcript).join('');
			view.typed();
		};
		ear.onerror = (/** @type {any} */ e) => {
			failed = say(e.error === 'not-allowed' ? 'voice_denied' : 'voice_failed');
		};
		ear.onend = () => {
			stop_now = null;
			if (failed) show(failed, button('', say('cancel'), hide));
			else hide();
		};
		stop_now = () => ear.abort();
		show(say('listening'), button('', say('voice_stop'), () => ear.stop()));
		ear.start();
	};
	if (host.settings.voice) {
		listen();
		return;
	}
	show(say('voice_consent'),
		button('', say('agree'), () => {
			host.prefer({ voice: true });
			listen();
		}),
		button('', say('disagree'), hide));
}
