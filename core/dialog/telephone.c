/* SPDX-License-Identifier: Apache-2.0 */
/* telephone.c - whose number is asked for. */
#include "dialog/telephone.h"

#include "dialog/topic.h"

#define CHARS_MAX 24

bool telephone_is_asked(const struct understanding *u)
{
	static const char *const numbers[] = {"电话", "热线", "打哪个号", "打什么号"};
	static const char *const persons[] = {
	    "人工", "真人", "客服",   "工作人员", "民警",   "领导",  "转",   "回电",
	    "回个", "说",   "讲",     "聊",       "打电话", "字",    "投诉", "能打",
	    "打我", "占线", "打不通", "骗",       "假",     "12345", "老板", "法人",
	    "房东", "同事", "朋友",   "他",       "她",     "谁",    "某"};
	const struct intent *first = u->n_ranking ? u->ranking[0].intent : NULL;

	return first && u->text.n_chars <= CHARS_MAX && HOLDS(u->text.folded, numbers) &&
	       !HOLDS(u->text.folded, persons) &&
	       (first->kind == INTENT_HANDOFF || first->kind == INTENT_OUT_OF_SCOPE ||
		u->decision != NLU_SURE);
}

const struct matter *telephone_matter(const struct understanding *u, const struct catalog *catalog,
				      const struct memory *memory)
{
	const struct matter *named = topic_named(u);

	if (u->n_ranking == 0)
		return named;
	/* 医保 is what 医保卡密码 begins with. */
	for (size_t i = 0; i < u->terms.n && !named; i++)
		for (size_t j = 0; j < catalog->n_matters && !named; j++)
			if (view_starts(catalog->matters[j].title, u->terms.items[i].term->written))
				named = &catalog->matters[j];
	/* What is clearly of something else (燃气公司的电话) is not of what was talked about. */
	if (named || u->ranking[0].intent->kind == INTENT_OUT_OF_SCOPE)
		return named;
	return memory_matter(memory);
}

const struct intent *telephone_intent(const struct catalog *catalog, const struct matter *m)
{
	for (size_t i = 0; i < catalog->n_intents; i++)
		if (catalog->intents[i].matter == m &&
		    view_is(intent_facet(&catalog->intents[i]), "offline"))
			return &catalog->intents[i];
	return NULL;
}
