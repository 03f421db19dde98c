// SPDX-License-Identifier: Apache-2.0
// texts.js - what the widget itself says, in Simplified Chinese; other languages are fetched
// (../modules/lang-*.js) and have the same keys. {0} is filled in.

const TEXTS = {
	title: '问路 · 政务服务问答',
	service: '政务服务问答',
	open: '咨询办事问题',
	open_new: '咨询办事问题（有新回答）',
	close: '关闭',
	wide: '放大窗口',
	narrow: '还原窗口',
	elder: '大字版',
	standard: '标准版',
	more: '更多',
	conversation: '对话内容',
	greeting: '您好！请直接说您要办什么事，我来告诉您怎么办、带什么、要多久。',
	hot: '大家常问',
	hot_questions: '居住证怎么办理|医保卡密码忘了怎么重置|注册建筑公司怎么办|办居住证要带什么材料',
	input: '请输入问题',
	example: '例如：{0}',
	send: '发送',
	speak_in: '语音输入',
	privacy: '请不要输入与办事无关的个人信息',
	personal: '您输入了较长的号码。号码只用于这一次回答，不会保存在对话里；如果与问题无关，请删去。',
	too_long: '还可以输入 {0} 字',
	you: '您',
	wenlu: '问路',
	waiting: '正在查询，请稍候',
	queued: '等待发送，连上网络后会自动发出',
	failed: '没有发送成功',
	retry: '重新发送',
	drop: '取消',
	connecting: '正在连接…',
	down: '连接中断，正在重新连接。您的问题会保留，恢复后自动发送。',
	offline: '您的设备没有联网。可以继续输入，联网后自动发送。',
	retry_now: '立即重试',
	http: '网络不稳定，已改用简易连接，不影响提问。',
	online: '已恢复连接',
	answered: '回答：{0}',
	asks_back: '请选择：{0}',
	suggestions: '有 {0} 条建议，按上下方向键选择',
	suggestion_list: '问题建议',
	thanks: '谢谢您的反馈',
	cancel: '取消',
	copied: '已复制',
	not_copied: '没能复制，请长按文字选择',
	person: '转人工',
	person_ask: '转人工服务',
	no_module: '这个功能暂时用不了，请刷新页面再试',
};

/** @typedef {keyof typeof TEXTS} TextKey */
/** @typedef {(key: TextKey, ...args: (string | number)[]) => string} Say */

const LANGUAGES = /** @type {const} */ ({ 'zh-Hans': '简体', 'zh-Hant': '繁體', en: 'English' });

/**
 * The nearest of our languages to a language tag.
 * @param {string} tag
 * @returns {keyof typeof LANGUAGES}
 */
function nearest_language(tag) {
	if (/^zh-(hant|tw|hk|mo)/i.test(tag)) return 'zh-Hant';
	return /^en/i.test(tag) ? 'en' : 'zh-Hans';
}

/**
 * @param {Record<string, string>} texts
 * @returns {Say}
 */
function sayer(texts) {
	return (key, ...args) =>
		(texts[key] || TEXTS[key] || '').replace(/\{(\d)\}/g, (_, n) => String(args[+n]));
}
