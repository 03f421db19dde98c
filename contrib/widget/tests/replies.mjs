// SPDX-License-Identifier: Apache-2.0
// replies.mjs - what the fake server knows by heart: one reply of each kind, in the shapes that
// core/wire/json.c writes.

const SOURCES = {
	S03: { id: 'S03', title: '不同地区居住证编号查询方式是否一致', kind: 'article', url: 'https://www.example.org/p/88089.html', as_of: '2025', review_by: '2027-06-30' },
	S12: { id: 'S12', title: '不同地区居住证编号查询方式是否一致', kind: 'article', as_of: '2025', review_by: '2027-06-30' },
	L9: { id: 'L9', title: '居住证暂行条例（国务院令第663号）第九条', kind: 'law', url: 'https://www.gov.cn/zhengce/content/2015-12/12/content_10398.htm', as_of: '2016-01-01', review_by: '2027-12-31' },
	L10: { id: 'L10', title: '居住证暂行条例（国务院令第663号）第十条', kind: 'law', as_of: '2016-01-01', review_by: '2027-12-31' },
	P10: { id: 'P10', title: '《上海市居住证管理办法》（沪府令58号）内容介绍', kind: 'press', as_of: '2023-05-19', review_by: '2026-06-30' },
};
const sources = (...ids) => ids.map((id) => SOURCES[id]);
const place = (code, name, found_by = 'name', answered_by = code) => ({ code, name, found_by, answered_by });
const ZHENGZHOU = place('410100', '郑州市');
const SHANGHAI = place('310000', '上海市');
const SHENZHEN = place('440300', '深圳市');
const texts = (...all) => all.map((text) => ({ text }));
const DISCLAIMER = '以上供参考，以当地办理机关的答复为准，可拨打 12345 咨询。';

const number_query = (region) => ({
	type: 'answer',
	intent: { name: 'permit.number.query', title: '居住证编号查询', confidence: 0.98 },
	regions: [region],
	answer: {
		summary: `据资料（未核实），${region.name}可登录政务服务网站，实名认证后查看居住证编号；也可以带身份证到窗口查询。`,
		summary_source: 'S03',
		channels: [
			{ name: '郑好办', kind: 'app', path: '首页 → 公安服务 → 居住证', source: 'S03' },
			{ name: '郑州警民通', kind: 'account', path: '公众号菜单 → 户政业务', source: 'S03' },
			{ name: '河南政务服务网', kind: 'website', url: 'https://www.hnzwfw.gov.cn/', source: 'S03' },
			{ name: '居住地派出所户籍窗口', kind: 'window', path: '工作日 9:00–17:00', source: 'L9' },
			{ name: '12345', kind: 'hotline', source: 'L9' },
		],
		steps: [
			{ text: '据资料（未核实），登录网站或打开“郑好办”APP，完成实名认证。', source: 'S03' },
			{ text: '进入“公安服务”，选择“居住证”。', source: 'S03' },
			{ text: '在证件详情页查看编号。', source: 'S03' },
		],
		documents: [{ name: '居民身份证', form: '原件', for: '窗口查询', source: 'L9' }],
		number: [{ text: '编号为 18 位，与本人公民身份号码一致。', source: 'L9' }],
		verification: [{ text: '网上查询要先实名认证。', source: 'S03' }],
		restrictions: [{ text: '须本人查询，不接受电话查询。', source: 'S03' }],
		sources: sources('S03', 'L9'),
		grade: 'C', as_of: '2016-01-01', disclaimer: DISCLAIMER,
	},
	related: texts(`${region.name}居住证怎么办理`, '编号和身份证号一样吗', '居住证丢了怎么补办'),
	text: `据资料（未核实），${region.name}可登录政务服务网站，实名认证后查看居住证编号。也可以带身份证到窗口查询。`,
});

const documents = (region) => ({
	type: 'answer',
	intent: { name: 'permit.documents', title: '办理居住证的材料', confidence: 0.96 },
	regions: [region],
	context: { carried: ['region'] },
	answer: {
		summary: '要带身份证、照片和居住地证明，再按您的情况带就业或就读证明。',
		documents: [
			{ name: '居民身份证', form: '原件', source: 'L9' },
			{ name: '本人近期照片', form: '2 张', source: 'L9' },
			{ name: '居住地住址证明', form: '原件和复印件', for: '租房合同、房产证或单位、学校的住宿证明，任选一样', source: 'L9' },
			{ name: '就业证明或就读证明', form: '原件', for: '以合法稳定就业、连续就读为由申领时', source: 'L9' },
		],
		fee: [{ text: '首次申领不收费。', source: 'L10' }],
		conditions: [{ text: '离开常住户口所在地，到其他城市居住半年以上。', source: 'L9' }],
		sources: sources('L9', 'L10'), grade: 'A', as_of: '2016-01-01', disclaimer: DISCLAIMER,
	},
	related: texts('多久能办好', '能在网上办吗'),
	text: '要带身份证、照片和居住地证明，再按您的情况带就业或就读证明。',
});

const timing = (region) => ({
	type: 'answer',
	intent: { name: 'permit.timing', title: '居住证办理时限', confidence: 0.97 },
	regions: [region],
	answer: {
		summary: '据资料（未核实），整体约 7–10 个工作日；法定不超过 15 日。',
		timing: [
			{ stage: '整体', min: 7, max: 10, unit: 'working_day', source: 'S12' },
			{ stage: '法定', legal_max: 15, unit: 'day', source: 'L9' },
			{ stage: '核验', max: 3, unit: 'working_day', source: 'S12' },
			{ stage: '居住登记', min: 0, max: 0, unit: 'day', text: '材料齐全的当场登记', source: 'L9' },
		],
		notes: [{ text: '偏远、交通不便的地区可以延长，但不超过 30 日。', source: 'L9' }],
		sources: sources('S12', 'L9'), grade: 'C', as_of: '2016-01-01', stale: true,
		notice: '金水区没有单独规定，按郑州市答复。', disclaimer: DISCLAIMER,
	},
	related: texts('要带什么材料', '能加急吗'),
	text: '据资料（未核实），整体约 7–10 个工作日；法定不超过 15 日。',
});

const endorse = (region, days) => ({
	type: 'answer',
	intent: { name: 'permit.endorse', title: '签注与续期', confidence: 0.97 },
	regions: [region],
	answer: {
		summary: days ? `您逾期${days}。据资料（未核实），逾期不超过半年的可以直接签注。` : '据资料（未核实），逾期不超过半年的可以直接签注，超过半年的要重新申报暂住登记。',
		channels: [{ name: '郑好办', kind: 'app', source: 'S03' }, { name: '居住地派出所', kind: 'window', source: 'S03' }],
		fee: [{ text: '居住证暂行条例第二十一条规定，签注不收费。', source: 'L10' }],
		...(!days && { ask: '已经逾期的，请告诉我逾期了多少天（例如“逾期20天”），我可以说得更准确。' }),
		sources: sources('S03', 'L10'), grade: 'C', as_of: '2016-01-01', disclaimer: DISCLAIMER,
	},
	related: texts('要带什么材料'),
	text: '据资料（未核实），逾期不超过半年的可以直接签注，超过半年的要重新申报暂住登记。',
});

const compare = () => ({
	type: 'compare',
	intent: { name: 'permit.compare', title: '居住证各地对比', confidence: 0.93 },
	regions: [SHANGHAI, SHENZHEN],
	rows: [
		{ facet: '时间', differs: true, cells: [{ text: '自受理之日起 15 个工作日', source: 'P10', known: true }, { text: '据资料（未核实），10 个工作日', source: 'S12', known: true }] },
		{ facet: '渠道', differs: true, cells: [{ text: '随申办、社区事务受理服务中心', source: 'P10', known: true }, { text: '深圳公安公众号、粤省事', source: 'S12', known: true }] },
		{ facet: '材料', differs: false, cells: [{ text: '身份证、照片、居住地证明', source: 'L9', known: true }, { text: '身份证、照片、居住地证明', source: 'L9', known: true }] },
		{ facet: '费用', differs: false, cells: [{ text: '首次不收费', source: 'L9', known: true }, { text: '暂无该项信息', known: false }] },
	],
	sources: sources('P10', 'S12', 'L9'),
	related: texts('上海居住证怎么办', '深圳居住证怎么办'),
	text: '深圳较快：据资料（未核实）约 10 个工作日；上海为 15 个工作日。',
});

const clarify = () => ({
	type: 'clarify',
	intent: { name: 'permit.number.query', title: '居住证编号查询', confidence: 0.9 },
	regions: [],
	question: '全国有好几个“鼓楼区”，您问的是哪一个？',
	options: [
		{ id: '1', text: '南京市鼓楼区', region: '320106' }, { id: '2', text: '福州市鼓楼区', region: '350102' },
		{ id: '3', text: '徐州市鼓楼区', region: '320302' }, { id: '4', text: '开封市鼓楼区', region: '410204' },
		{ id: '5', text: '都不是' },
	],
	text: '全国有好几个“鼓楼区”，您问的是哪一个？1 南京市鼓楼区 2 福州市鼓楼区 3 徐州市鼓楼区 4 开封市鼓楼区 5 都不是',
});

const decline = (text, related = texts('居住证怎么办理', '居住证编号怎么查询', '居住证多久能办好')) =>
	({ type: 'decline', regions: [], related, text });

const hostile = () => ({
	...number_query(ZHENGZHOU),
	answer: {
		summary: '<img src=x onerror="window.hit=1"><b>粗体</b>',
		channels: [{ name: '<script>window.hit=1</script>', kind: 'website', url: 'javascript:window.hit=1', source: 'X' },
			{ name: '数据地址', kind: 'website', url: 'data:text/html,hi', source: 'X' }],
		sources: [{ id: 'X', title: '<i>来源</i>', kind: 'article', url: 'JavaScript:alert(1)', as_of: '2025' }],
		grade: 'C',
	},
});

/** Errors that a question can be answered with. */
export function fault(m) {
	if (/限流/.test(m.text || '')) return { type: 'error', code: 'unavailable', message: '暂时查不了，请过一会儿再试。', text: '暂时查不了，请过一会儿再试。' };
	return null;
}

/** @param {any} m @param {any} s the conversation */
export function reply_to(m, s) {
	if (m.type === 'choose') {
		const o = (s.options || []).find((x) => x.id === m.option);
		s.options = [];
		return o && o.region ? number_query(place(o.region, o.text)) : decline('请换个说法再问一次。');
	}
	const text = m.text || '';
	const region = /上海|魔都/.test(text) ? SHANGHAI : /深圳/.test(text) ? SHENZHEN :
		/郑州/.test(text) || m.region === '410100' ? ZHENGZHOU : m.region === '310000' ? SHANGHAI : ZHENGZHOU;
	if (/转人工/.test(text)) return decline('请拨打政务服务便民热线 12345，说明“居住证”和所在地区，由工作人员答复。', []);
	if (/攻击/.test(text)) return hostile();
	if (/哪个快|对比|区别/.test(text)) return compare();
	if (/鼓楼/.test(text)) {
		const r = clarify();
		s.options = r.options;
		return r;
	}
	if (/还有|两个问题/.test(text)) {
		const parts = [number_query(region), timing(region)].map(({ related, ...part }) => part);
		return { type: 'answers', parts, text: '一、编号查询……二、办理时限……' };
	}
	if (/邮寄/.test(text)) {
		const r = timing(region);
		return { ...r, answer: { ...r.answer, point: '关于邮寄：据公开报道，制好以后可以自己领取，也可以邮寄到家。' } };
	}
	if (/材料|带什么/.test(text)) return documents(region);
	if (/逾期|\d天/.test(text)) return endorse(region, /\d+天/.exec(text)?.[0]);
	if (/多久|时限|快/.test(text)) return timing(region);
	if (/全国/.test(text)) return { ...documents(place('100000', '全国')), options: [{ id: '1', text: '郑州市', region: '410100' }, { id: '2', text: '上海市', region: '310000' }] };
	if (/编号|号码|办理|居住证/.test(text)) return { ...number_query(region), ...(/居住正/.test(text) && { corrected: '按“居住证”理解' }) };
	return decline('这个问题我还不会。我能回答居住证的办理、编号查询、材料、时限等问题。');
}

/** @param {string} typed */
export function suggestions(typed) {
	const all = ['居住证编号怎么查询', '居住证怎么办理', '居住证多久能办好', '居住证丢了怎么补办'];
	return texts(...all.filter((q) => /^juzhu/.test(typed) || q.includes(typed)));
}
