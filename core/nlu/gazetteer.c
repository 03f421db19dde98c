/* SPDX-License-Identifier: Apache-2.0 */
/* gazetteer.c - building the automata of places from the region table and the guides. */
#include "nlu/gazetteer.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "nlu/slur.h"
#include "nlu/tie.h"
#include "text/pinyin.h"

/* Room for places as they are heard and mistyped besides; what finds none is left out. */
#define SLIPS_MAX 4096

/* Characters of names and what is written instead of them; not the ones ordinary words would give.
 */
static const uint32_t slips[][2] = {
    {0x5dde, 0x5345 /* 州 卅 */}, {0x6d77, 0x8bf2 /* 海 诲 */}, {0x4eac, 0x4eb0 /* 京 亰 */},
    {0x5733, 0x5ddd /* 圳 川 */}, {0x676d, 0x6297 /* 杭 抗 */}, {0x6c49, 0x6c4a /* 汉 汊 */},
    {0x6d25, 0x5f8b /* 津 律 */}, {0x90fd, 0x90b5 /* 都 邵 */}, {0x80a5, 0x808c /* 肥 肌 */},
    {0x6caa, 0x6cf8 /* 沪 泸 */}, {0x5dde, 0x6d32 /* 州 洲 */}, {0x5c9b, 0x4e4c /* 岛 乌 */},
    {0x839e, 0x83c0 /* 莞 菀 */}, {0x4eb3, 0x6beb /* 亳 毫 */}, {0x6ce2, 0x5761 /* 波 坡 */},
    {0x57e0, 0x961c /* 埠 阜 */}, {0x6e2f, 0x5c97 /* 港 岗 */}, {0x95f5, 0x95fd /* 闵 闽 */},
    {0x79ba, 0x5076 /* 禺 偶 */}, {0x839e, 0x82d1 /* 莞 苑 */}, {0x5e86, 0x5e8a /* 庆 床 */},
};

/* What ordinary words sound like in letters: a name spelt so needs more than a term beside it. */
static const char ordinary[] =
    "yiyang yichang weinan maoming xiangxi chongzuo shiyan tonghua weihai xinyang xingtai xinyu "
    "yuxi dali baise zhongwei wuwei wuhai shangluo linxia hami changji yushu xingan nanchong "
    "qingyuan yili guyuan tongren dingxi jining changde changzhi anshun xinxiang yunfu zigong "
    "datong jincheng liaoyang hebi ali naqu laibin luohu yubei daxing fengxian pinggu chongming "
    "heping baoan zhongyuan guangming xinhua jianye shangcheng erqi jinshui wuchang dongli huli "
    "tongan siming changan xiangyang haixi haibei hainan yanan jixi jinchang xincheng chengqu "
    "jiaoqu gaoxinqu kaifaqu shanghang yongding anding yuhua hexi hedong lianjiang renshou "
    "shenqi yuanling xinye gongan pingan fuli xinmin shenhe dazi chenggong xianshi kashi jianshi "
    "jiayi beian bangbu";
/* The same of names of counties. */
static const char ordinary_counties[] =
    "pingguo zhifu fangzi fujin jianli lianxi wancheng xingcheng guan youyu yiyuan guiding "
    "zhuxi geji shixing gongcheng zhongyang fenxi jingyan wuzhi shouxian weiyuan wuqi "
    "chongxin gushi wuyi guangchang yizhang zijin shiqu jiali gongxian yuanshi dehua "
    "changwu xiajiang luxian laiyuan luqu weixian jidong qingxu shibing zhijin jiangling "
    "xianyou zixi shangyou yanyuan youxi jianghua yinan huichang fanshi midu jiuzhi yimen "
    "shufu bange shangyi zhuozi linqu boli xinfeng yudu jiashi yitong yichuan wutai huoshan "
    "tuoli wenxian qixian dongyuan xiji wuding meitan changdao zhongjiang jiaxiang susong "
    "zhenghe yiliang lingshou shexian yijun yanjin jianchang shengsi yixian huayuan "
    "shenxian pingchang qianxian yifeng shidian dangchang xiushan weishi xianfeng shangsi "
    "siyang wuji yongxin dongfeng hukou dabu yuxian shimian quxian yanshou zhecheng haiyuan "
    "qingfeng wusheng jiayu dingxiang maoxian fangxian wugong weixin qingshui guzhang bachu "
    "wubao fengqing dayi jixian juxian yuanyang dongkou dingxing shizong zhongxian lingshi "
    "jingde jingxing meigu xiayi weixi shitai weichang daguan qingan yumin jingdong jinxiu "
    "fuxian changli litang anxin tiane yanqi luohu zuogong huanren baojing shiqian xuyong "
    "xiaxian shifang wushi shule mile yiqi youxian qishi wanquan dajia huilai renhe shihe "
    "daan kecheng dacheng chengxian xinan yanchang liucheng tongxin quancheng shigu daying "
    "jiguan yanjiang yuancheng zhaoyang daqi yanchi jiuyuan bianjing shengjing jianhua "
    "wanshan jinhu hushi yeji xinxing changtu chengxiang fumian bama jingtai wenan jinwan "
    "daoli pingfang pingding yongren youhao sheqi yima ruyuan huzhu haixing xingye shayang "
    "xiaochang tongde baode mingxi daofu tianya xianju shangzhou yimei aba yilan "
    "neixiang";
static const char much_ordinary[] = "xian jian zheliban zhenghaoban yuexian yuan lian";

struct names {
	VEC(const struct region_name *) list;
};

/* By spelling; of one spelling those that decide alone first, then by weight, then by the table. */
static int compare_names(const void *pa, const void *pb)
{
	const struct region_name *a = *(const struct region_name *const *)pa;
	const struct region_name *b = *(const struct region_name *const *)pb;
	int order = view_cmp(a->name, b->name);

	if (order)
		return order;
	if (a->is_weak != b->is_weak)
		return a->is_weak ? 1 : -1;
	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return (a->region->index > b->region->index) - (a->region->index < b->region->index);
}

/* A guide that names its region as everybody does says nothing new about that name. */
static bool is_known_name(const struct region_table *table, struct view name,
			  const struct region *region)
{
	size_t n;
	const struct region_name *names = region_names_of(table, name, &n);

	for (size_t i = 0; i < n; i++)
		if (names[i].region == region && !names[i].is_weak)
			return true;
	return false;
}

/* 阜阳太和: what is left of a county's name, if the table has no short one and nothing else is
 * called so. */
static void collect_stems(struct gazetteer *g, const struct region_table *table, struct names *ret)
{
	for (size_t i = 0; i < table->n_items; i++) {
		const struct region *r = &table->items[i];
		struct region_name *name;
		size_t n;

		region_names_of(table, r->short_name, &n);
		if (r->level != REGION_COUNTY || n || utf8_count(r->short_name) < 2 ||
		    !view_starts(r->name, r->short_name))
			continue;
		name = ARENA_NEW(&g->arena, struct region_name);
		*name = (struct region_name){.name = r->short_name,
					     .region = r,
					     .kind = REGION_NAME_SHORT,
					     .weight = STEM_WEIGHT,
					     .is_weak = true};
		*vec_push(&ret->list) = name;
	}
}

static void collect(struct gazetteer *g, const struct region_table *table,
		    const struct gazetteer_extra *extras, size_t n_extras, struct names *ret)
{
	struct arena scratch;

	for (size_t i = 0; i < table->n_names; i++)
		*vec_push(&ret->list) = &table->names[i];
	collect_stems(g, table, ret);
	arena_init(&scratch, 0);
	for (size_t i = 0; i < n_extras; i++) {
		struct region_name *name;
		struct text folded;

		if (text_fold(&scratch, extras[i].name, &folded) < 0 || folded.n_chars == 0 ||
		    is_known_name(table, folded.folded, extras[i].region))
			continue;
		name = ARENA_NEW(&g->arena, struct region_name);
		*name = (struct region_name){.name = arena_copy(&g->arena, folded.folded),
					     .region = extras[i].region,
					     .kind = extras[i].kind,
					     .weight = 200};
		*vec_push(&ret->list) = name;
	}
	arena_done(&scratch);
	if (ret->list.n)
		qsort(ret->list.items, ret->list.n, sizeof(*ret->list.items), compare_names);
}

/* One spelling: names[0 .. n). */
static void add_place(struct gazetteer *g, const struct region_name *const *names, size_t n)
{
	struct place *p = &g->places[g->n_places];
	const struct region **candidates = ARENA_ARRAY(&g->arena, n, const struct region *);
	uint8_t *weights = ARENA_ARRAY(&g->arena, n, uint8_t);
	uint32_t chars[NAME_CHARS], *kept;
	struct view rest = names[0]->name;
	uint32_t n_chars = (uint32_t)utf8_take(&rest, chars, NAME_CHARS);

	if (n_chars == 0 || rest.len)
		return;
	*p = (struct place){.name = names[0], .candidates = candidates, .weights = weights};
	p->is_weak = names[0]->is_weak;
	for (size_t i = 0; i < n; i++) {
		bool is_known = false;

		for (size_t j = 0; j < p->n; j++)
			is_known |= candidates[j] == names[i]->region;
		if (is_known)
			continue;
		candidates[p->n] = names[i]->region;
		/* A reading that never decides alone counts little beside one that does. */
		weights[p->n++] =
		    names[i]->is_weak && !p->is_weak ? names[i]->weight / 4 + 1 : names[i]->weight;
	}
	kept = ARENA_ARRAY(&g->arena, n_chars, uint32_t);
	memcpy(kept, chars, n_chars * sizeof(*kept));
	p->chars = kept;
	p->n_chars = n_chars;
	*trie_put(&g->exact, chars, n_chars) = (uint32_t)++g->n_places;
}

static bool is_heard(const struct place *p)
{
	enum region_level level = p->candidates[0]->level;

	if (p->n_chars < 2 || char_is_letter(p->chars[0]))
		return false;
	/* 青岛城羊: what is a word too is heard behind its city. */
	if (p->is_weak)
		return p->name->kind == REGION_NAME_SHORT && level == REGION_COUNTY;
	/* Long names may be taken at their sound whatever they name: 长三角, 随申办, 苏州园区. */
	if (level == REGION_CLUSTER || p->name->kind == REGION_NAME_NICKNAME)
		return p->n_chars >= 3 || (level == REGION_CITY && p->weights[0] >= TYPED_WEIGHT);
	/* But the sentence 苏州到 is no 苏周到: only what a guide speaks of. */
	if (p->name->kind == REGION_NAME_APP)
		return p->n_chars >= 3 && p->weights[0] >= HEARD_WEIGHT;
	if (p->name->kind == REGION_NAME_LANDMARK)
		return p->n_chars >= 4 && p->weights[0] >= TYPED_WEIGHT;
	return p->weights[0] >= CUED_WEIGHT &&
	       (level == REGION_PROVINCE || level == REGION_CITY || level == REGION_COUNTY);
}

static bool is_before(const struct gazetteer *g, const struct place *p, uint32_t other)
{
	const struct place *o = &g->places[other - 1];

	return o->weights[0] > p->weights[0] || (o->weights[0] == p->weights[0] &&
						 o->candidates[0]->index < p->candidates[0]->index);
}

/* A name that is a word too (集美, 日照) or that few mean (阳朔): in letters it is believed behind
 * its city, or if many mean it. */
static bool is_typed_behind_city(const struct place *p)
{
	enum region_level level = p->candidates[0]->level;

	return p->n_chars >= 2 && p->name->kind == REGION_NAME_SHORT &&
	       (level == REGION_CITY || level == REGION_COUNTY);
}

/* Under what its syllables spell; a name that is letters already (hong kong) as it is. */
static void put_spelling(struct gazetteer *g, uint32_t index, const uint16_t *syllables)
{
	struct place *p = &g->places[index];
	uint32_t sum = SPELLING_START, *at;

	for (uint32_t i = 0; i < p->n_chars; i++) {
		const char *spelt = pinyin_spell(syllables[i]);

		if (char_is_letter(p->chars[i]))
			sum = spelling_add(sum, p->chars[i]);
		else if (*spelt)
			while (*spelt)
				sum = spelling_add(sum, (unsigned char)*spelt++);
		else if (han_is(p->chars[i]) || char_is_digit(p->chars[i]))
			return;
	}
	at = trie_put(&g->typed, &sum, 1);
	while (*at && is_before(g, p, *at))
		at = &g->places[*at - 1].next_typed;
	p->next_typed = *at;
	*at = index + 1;
}

/* As it is typed in letters. */
static void add_spelling(struct gazetteer *g, uint32_t index)
{
	const struct place *p = &g->places[index];
	uint16_t syllables[NAME_CHARS];

	if (!char_is_letter(p->chars[0]) && !is_heard(p) && !is_typed_behind_city(p) &&
	    (p->name->kind != REGION_NAME_FULL || p->candidates[0]->level != REGION_COUNTY))
		return;
	pinyin_text(p->chars, p->n_chars, syllables);
	put_spelling(g, index, syllables);
}

/* Cities and counties by what everybody calls them. */
static void add_slurred(struct gazetteer *g, uint32_t index)
{
	struct place *p = &g->places[index];
	uint32_t sum, *at;

	if (char_is_letter(p->chars[0]) ||
	    !(is_typed_behind_city(p) || (p->name->kind == REGION_NAME_SHORT && is_heard(p))))
		return;
	sum = slur_name(p->chars, p->n_chars, SLUR_LIQUID);
	if (!sum)
		return;
	at = trie_put(&g->slurred, &sum, 1);
	while (*at && is_before(g, p, *at))
		at = &g->places[*at - 1].next_slurred;
	p->next_slurred = *at;
	*at = index + 1;
}

static void mark_ordinary(struct gazetteer *g, const char *words, enum alike alike)
{
	struct view rest = view_of(words), word;

	while (view_split(&rest, ' ', &word)) {
		uint32_t sum = SPELLING_START, state;

		for (size_t i = 0; i < word.len; i++)
			sum = spelling_add(sum, (unsigned char)word.ptr[i]);
		state = trie_step(&g->typed, 0, sum);
		for (uint32_t at = state ? g->typed.values[state] : 0; at;
		     at = g->places[at - 1].next_typed)
			g->places[at - 1].alike = (uint8_t)alike;
	}
}

/* Places that sound the same (福州, 抚州) are chained, the heaviest first, then by the table. */
static void add_sound(struct gazetteer *g, uint32_t index, const uint16_t *syllables)
{
	struct place *p = &g->places[index];
	uint32_t sound[NAME_CHARS + 1] = {PART_MARK}, *at;

	for (uint32_t i = 0; i < p->n_chars; i++) {
		sound[i + 1] = pinyin_fuzzy(syllables[i]);
		if (!sound[i + 1])
			return;
	}
	at = p->is_weak ? trie_put(&g->sound, sound, p->n_chars + 1)
			: trie_put(&g->sound, sound + 1, p->n_chars);
	while (*at && is_before(g, p, *at))
		at = &g->places[*at - 1].next_heard;
	p->next_heard = *at;
	*at = index + 1;
}

/*
 * As it is read, and once more as each character is read alone: that is how the others are read
 * when one is mistyped, 诚都 cheng dou, 重氰 zhong qing, and how who does not know better types
 * them: leling for 乐陵.
 */
static void add_sounds(struct gazetteer *g, uint32_t index)
{
	const struct place *p = &g->places[index];
	uint16_t syllables[NAME_CHARS], alone[NAME_CHARS];

	if (!is_heard(p))
		return;
	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++)
		alone[i] = pinyin_of(p->chars[i]);
	add_sound(g, index, syllables);
	if (memcmp(syllables, alone, p->n_chars * sizeof(*alone)) == 0 ||
	    g->n_places >= g->max_places)
		return;
	g->places[g->n_places] = *p;
	g->places[g->n_places].next_heard = g->places[g->n_places].next_typed = 0;
	g->places[g->n_places].next_slurred = 0;
	add_sound(g, (uint32_t)g->n_places, alone);
	put_spelling(g, (uint32_t)g->n_places++, alone);
}

/* The place once more under a name that is no other's. */
static void put_slip(struct gazetteer *g, const struct place *p, const uint32_t *chars, uint32_t n,
		     bool is_lapse)
{
	struct place *slip = &g->places[g->n_places];
	uint32_t *kept, *at;

	if (g->n_places >= g->max_places)
		return;
	at = trie_put(&g->exact, chars, n);
	if (*at)
		return;
	kept = ARENA_ARRAY(&g->arena, n, uint32_t);
	memcpy(kept, chars, n * sizeof(*kept));
	*slip = *p;
	slip->chars = kept;
	slip->n_chars = n;
	slip->next_heard = slip->next_typed = slip->next_slurred = 0;
	slip->is_mistyped = true;
	slip->is_lapse = is_lapse;
	*at = (uint32_t)++g->n_places;
}

/* 乌鲁齐, 石庄家: of a long name a character is left out; of any, two change places. */
static void add_lapses(struct gazetteer *g, const struct place *p)
{
	uint32_t chars[NAME_CHARS];

	if (p->name->kind != REGION_NAME_SHORT || p->weights[0] < HEARD_WEIGHT)
		return;
	/* Not at the ends: 大兴安 is 大兴 and the begin of a word. */
	for (uint32_t i = 1; p->n_chars >= 4 && i + 1 < p->n_chars; i++) {
		memcpy(chars, p->chars, i * sizeof(*chars));
		memcpy(chars + i, p->chars + i + 1, (p->n_chars - i - 1) * sizeof(*chars));
		put_slip(g, p, chars, p->n_chars - 1, true);
	}
	for (uint32_t i = 0; i + 1 < p->n_chars; i++) {
		memcpy(chars, p->chars, p->n_chars * sizeof(*chars));
		chars[i] = p->chars[i + 1];
		chars[i + 1] = p->chars[i];
		put_slip(g, p, chars, p->n_chars, true);
	}
}

/* The same place once more for each slip that gives no name of its own. */
static void add_slips(struct gazetteer *g, uint32_t index)
{
	const struct place *p = &g->places[index];
	uint32_t chars[NAME_CHARS];

	if (!is_heard(p) || p->weights[0] < (p->n_chars > 2 ? TYPED_WEIGHT : HEARD_WEIGHT) ||
	    p->name->kind == REGION_NAME_APP)
		return;
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		for (uint32_t j = 0; j < p->n_chars; j++) {
			if (p->chars[j] != slips[i][0])
				continue;
			memcpy(chars, p->chars, p->n_chars * sizeof(*chars));
			chars[j] = slips[i][1];
			put_slip(g, p, chars, p->n_chars, false);
		}
	if (!p->is_mistyped)
		add_lapses(g, p);
}

static void holes_init(struct holes *h)
{
	trie_init(&h->inside);
	trie_init(&h->first);
}

static void holes_done(struct holes *h)
{
	trie_done(&h->inside);
	trie_done(&h->first);
}

static size_t holes_bytes(const struct holes *h)
{
	return trie_bytes(&h->inside) + trie_bytes(&h->first);
}

struct gazetteer *gazetteer_new(const struct region_table *table, const struct catalog *catalog,
				const struct gazetteer_extra *extras, size_t n_extras)
{
	struct gazetteer *g = calloc(1, sizeof(*g));
	struct names names = {VEC_INIT};
	uint32_t n_written;

	if (!g)
		die_oom(sizeof(*g));
	arena_init(&g->arena, 1 << 18);
	trie_init(&g->exact);
	trie_init(&g->sound);
	trie_init(&g->typed);
	trie_init(&g->slurred);
	trie_init(&g->initials);
	holes_init(&g->holes);
	holes_init(&g->part_holes);
	cues_init(&g->cues, catalog);
	ties_init(&g->ties);
	collect(g, table, extras, n_extras, &names);
	g->max_places = names.list.n + SLIPS_MAX;
	g->places = ARENA_ARRAY(&g->arena, g->max_places, struct place);
	for (size_t i = 0, end; i < names.list.n; i = end) {
		for (end = i + 1; end < names.list.n; end++)
			if (!view_eq(names.list.items[i]->name, names.list.items[end]->name))
				break;
		add_place(g, names.list.items + i, end - i);
	}
	vec_done(&names.list);
	n_written = (uint32_t)g->n_places;
	for (uint32_t i = 0; i < n_written; i++) {
		add_sounds(g, i);
		add_spelling(g, i);
		add_slurred(g, i);
		gazetteer_add_holes(g, i);
		add_slips(g, i);
	}
	/* Two slips in one name: 抗洲. */
	for (uint32_t i = n_written, end = (uint32_t)g->n_places; i < end; i++)
		add_slips(g, i);
	mark_ordinary(g, ordinary, ALIKE_WORD);
	mark_ordinary(g, ordinary_counties, ALIKE_WORD);
	mark_ordinary(g, much_ordinary, ALIKE_MUCH);
	gazetteer_link_letters(g, table);
	return g;
}

void gazetteer_free(struct gazetteer *g)
{
	if (!g)
		return;
	trie_done(&g->exact);
	trie_done(&g->sound);
	trie_done(&g->typed);
	trie_done(&g->slurred);
	trie_done(&g->initials);
	holes_done(&g->holes);
	holes_done(&g->part_holes);
	vec_done(&g->hole_places);
	cues_done(&g->cues);
	trie_done(&g->ties);
	arena_done(&g->arena);
	free(g);
}

size_t gazetteer_bytes(const struct gazetteer *g)
{
	return sizeof(*g) + arena_footprint(&g->arena) + trie_bytes(&g->exact) +
	       trie_bytes(&g->sound) + trie_bytes(&g->typed) + trie_bytes(&g->slurred) +
	       trie_bytes(&g->initials) + holes_bytes(&g->holes) + holes_bytes(&g->part_holes) +
	       g->hole_places.n * sizeof(struct hole) + trie_bytes(&g->cues.forward) +
	       trie_bytes(&g->cues.backward) + trie_bytes(&g->cues.inside) + trie_bytes(&g->ties);
}
