/* SPDX-License-Identifier: Apache-2.0 */
/* catalog.c - tests of the intents: the reader, the checks, and our own data. */
#include "know/catalog.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/tap.h"

static struct arena arena;
static struct fault why;
static char root[] = "/tmp/wenlu-catalog-XXXXXX";

static const char *inside(const char *name)
{
	return file_join(&arena, root, name);
}

static void put(const char *name, const char *text)
{
	file_write(inside(name), view_of(text), 0600);
}

#define INTENT(id, rest) \
	"intent: " id "\ntitle: 标题\ndescription: 说明。\nquestion: 多久？\n" rest "examples:\n"
#define MATTER "matter: permit\ntitle: 居住证\nterms: [居住证, jzz]\n"

static const char good[] =
    INTENT("permit.timing",
	   "kind: question\nnot:\n  permit.fee: 问钱\n"
	   "related: [permit.fee]\n") "  plain: |\n    多久能办好？\n    # 号开头也是问题\n\n    "
				      "几天\n  fragment: |\n    居住证 多久\n";

static int load(struct catalog *ret)
{
	why = (struct fault){0};
	return catalog_load(&arena, root, ret, &why);
}

/* With this as permit.fee.yaml (and the rest in order) loading fails in this line and says so. */
static void wrong(const char *text, unsigned line, const char *word, const char *name)
{
	struct catalog c = {0};

	put("permit/permit.fee.yaml", text);
	is_int(load(&c), -EBADMSG, "%s", name);
	ok(strstr(why.text, word) && why.line == line, "… in line %u, with '%s'", line, word);
	if (!strstr(why.text, word) || why.line != line)
		printf("# said: %u: %s\n", why.line, why.text);
	ok(c.n_intents == 0, "… and the output is left alone");
}

static void test_reading(void)
{
	struct catalog c = {0}, again;
	const struct intent *in;

	put("permit/matter.yaml",
	    MATTER "slots:\n  overdue_days: {unit: day, words: [过期, 逾期]}\n");
	put("permit/permit.timing.yaml", good);
	put("permit/permit.fee.yaml",
	    INTENT("permit.fee", "") "  plain: |\n    要钱吗\n"
				     "trials:\n  fragment: |\n    费用\n    多少钱\n");
	put("common/chitchat.greet.yaml",
	    INTENT("chitchat.greet", "kind: chat\n") "  plain: |\n    你好\n");
	is_int(load(&c), 0, "a folder of intents is read");
	if (c.n_intents != 3) {
		printf("# %s:%u: %s\n", why.file, why.line, why.text);
		return;
	}
	is_view(c.intents[0].name, "chitchat.greet", "intents are sorted by name");
	in = catalog_find(&c, VIEW("permit.timing"));
	ok(in && in->index == 2, "an intent is found and knows its place");
	is_int((int)in->n_examples, 4, "each line that is not empty is an example");
	is_view(in->examples[1].text, "# 号开头也是问题", "'#' begins no comment in a block");
	is_int(in->examples[1].line, 12, "an example knows its line");
	is_view(in->examples[3].style, "fragment", "an example knows its style");
	is_view(in->nots[0].intent, "permit.fee", "confusable neighbours are read");
	is_view(in->related[0], "permit.fee", "related intents are read");
	ok(in->matter && view_is(in->matter->name, "permit"), "an intent knows its matter");
	ok(in->n_trials == 0, "an intent need not have trials");
	in = catalog_find(&c, VIEW("permit.fee"));
	ok(in->n_trials == 2 && in->n_examples == 1, "trials are kept apart from examples");
	is_view(in->trials[1].text, "多少钱", "and read like them");
	in = catalog_find(&c, VIEW("permit.timing"));
	ok(!c.intents[0].matter, "small talk has no matter");
	is_int(c.intents[0].kind, INTENT_CHAT, "the kind is read");
	is_int(in->kind, INTENT_QUESTION, "a question is a question");
	is_int((int)c.matters[0].n_terms, 2, "a matter has its terms");
	is_view(c.matters[0].slots[0].words[1], "逾期", "a slot has its words");
	is_view(catalog_nearest(&c, VIEW("permit.timming"))->name, "permit.timing",
		"a slip has its neighbour");
	ok(!catalog_find(&c, VIEW("permit")) && !catalog_nearest(&c, VIEW("weather")),
	   "what is not there is not found");
	ok(load(&again) == 0 && again.fingerprint == c.fingerprint,
	   "the same data has the same fingerprint");
	put("permit/permit.fee.yaml", INTENT("permit.fee", "") "  plain: |\n    要钱么\n");
	ok(load(&again) == 0 && again.fingerprint != c.fingerprint,
	   "another question has another fingerprint");
	put("permit/permit.fee.yaml",
	    INTENT("permit.fee", "related: [permit.timing]\n") "  plain: |\n    要钱么\n");
	c = again;
	ok(load(&again) == 0 && again.fingerprint == c.fingerprint,
	   "what is not learned from leaves the fingerprint alone");
}

static void test_matter(void)
{
	struct catalog c = {0}, again;
	const struct matter *m;

	mkdir(inside("card"), 0700);
	put("permit/matter.yaml", MATTER
	    "about: 材料等\nasks: [居住证多久能办好]\nglosses: {permit: 居住证}\n"
	    "look_alikes: [居届]\nfacets:\n  permit.fee: {title: 钱, words: [费], default: yes}\n"
	    "points:\n  学生证: {intent: permit.fee, words: [学生证, 学生卡]}\n"
	    "  邮寄: {intent: permit.fee, words: [邮寄], topics: [permit.fee], decides: yes}\n"
	    "  户口: {words: [户口], beside: [区别, 关系], told: [两回事], alone: yes}\n"
	    "wording:\n  disclaimer: 以公安为准。\n");
	put("permit/permit.fee.yaml",
	    INTENT("permit.fee", "clusters: yes\n") "  plain: |\n    要钱吗\n");
	put("card/matter.yaml", "matter: card\ntitle: 市民卡\nterms: [市民卡]\n");
	put("card/card.cost.yaml", INTENT("card.cost", "facet: fee\n") "  plain: |\n    卡费\n");
	if (!ok(load(&c) == 0, "a second matter is a second folder"))
		return;
	m = catalog_find(&c, VIEW("permit.fee"))->matter;
	is_view(m->about, "材料等", "a matter says what of it is answered");
	is_view(m->asks[0], "居住证多久能办好", "and how to ask");
	is_view(m->glosses[0].chinese, "居住证", "and what English words mean");
	is_view(m->look_alikes[0], "居届", "and which characters look alike");
	ok(m->n_facets == 1 && m->facets[0].is_default, "and in what places are compared");
	ok(m->n_points == 3 && m->points[0].n_words == 2, "and what is asked about by its name");
	ok(m->points[0].n_topics == 0 && !m->points[0].is_decisive && m->points[1].n_topics == 1 &&
	       m->points[1].is_decisive,
	   "where guides speak of it, and whether it says by itself what is asked");
	ok(m->points[0].n_beside == 0 && m->points[2].n_beside == 2 && m->points[2].n_told == 1 &&
	       m->points[2].is_alone && !m->points[1].is_alone,
	   "beside which words, what guides call it, and whether it is all that is asked");
	ok(matter_words(m, "disclaimer") && !matter_words(m, "welcome") &&
	       !matter_words(NULL, "disclaimer"),
	   "it may have sentences of its own");
	ok(catalog_find(&c, VIEW("permit.fee"))->clusters &&
	       !catalog_find(&c, VIEW("card.cost"))->clusters,
	   "an intent says whether groups of provinces speak of it");
	is_view(intent_facet(catalog_find(&c, VIEW("permit.timing"))), "timing",
		"the last part of an id is the facet");
	ok(catalog_sibling(&c, m, catalog_find(&c, VIEW("card.cost"))) ==
	       catalog_find(&c, VIEW("permit.fee")),
	   "a facet that is said makes siblings of two intents");
	ok(!catalog_sibling(&c, catalog_find(&c, VIEW("card.cost"))->matter,
			    catalog_find(&c, VIEW("permit.timing"))),
	   "what another matter does not have has no sibling");
	put("card/matter.yaml", "matter: card\ntitle: 市民卡\nterms: [市民卡]\nothers: [公交卡]\n");
	ok(load(&again) == 0 && again.fingerprint != c.fingerprint,
	   "what is near a matter and none of it has names");
	put("card/card.cost.yaml",
	    INTENT("card.cost",
		   "facet: fee\nnames: |\n  驾照 护照\n  房本\n") "  plain: |\n    卡费\n");
	ok(load(&c) == 0 && catalog_find(&c, VIEW("card.cost"))->n_names == 3,
	   "names are separated by blanks and lines");
	put("card/matter.yaml",
	    "matter: card\ntitle: 市民卡\nterms: [市民卡]\nglosses: {card: 市民卡}\n");
	ok(load(&again) == 0 && again.fingerprint != c.fingerprint,
	   "what words mean changes what is learnt");
	put("card/matter.yaml", "matter: card\ntitle: 市民卡\nterms: [市民卡]\n"
				"facets:\n  card.costs: {title: 钱}\n"
				"points:\n  a: {words: [b], topics: [card.bill]}\n");
	put("card/card.fee.yaml", INTENT("card.fee", "") "  plain: |\n    卡钱\n");
	ok(load(&c) == 0, "what does not fit is read");
	{
		struct problems problems = {0};
		bool facet = false, unknown = false, topic = false;

		catalog_check(&c, &problems);
		for (size_t i = 0; i < problems.list.n; i++) {
			facet |=
			    strstr(problems.list.items[i].fault.text, "the facet 'fee'") != NULL;
			unknown |=
			    strstr(problems.list.items[i].fault.text, "'card.costs'") != NULL;
			topic |= strstr(problems.list.items[i].fault.text, "'card.bill'") != NULL;
		}
		ok(facet, "two intents of a matter with one facet are told");
		ok(unknown, "a facet of no intent is told");
		ok(topic, "and so is a point's topic that is none");
		problems_done(&problems);
	}
	unlink(inside("card/card.fee.yaml"));
	unlink(inside("card/card.cost.yaml"));
	unlink(inside("card/matter.yaml"));
	rmdir(inside("card"));
}

static void test_wrong(void)
{
	struct catalog c = {0};

	wrong(INTENT("permit.fees", ""), 1, "permit.fee.yaml", "a file is called like its intent");
	wrong(INTENT("permit.Fee", ""), 1, "a-z", "an id has no capitals");
	wrong(INTENT("permit.fee", "kinds: chat\n"), 5, "did you mean 'kind'",
	      "a wrong key is told");
	wrong(INTENT("permit.fee", "kind: talk\n"), 5,
	      "question, compare, chat, handoff, source, out_of_scope, refuse",
	      "a wrong kind names the right ones");
	wrong("intent: permit.fee\ntitle: t\nquestion: q\nexamples: {}\n", 1,
	      "'description' is missing", "a description is needed");
	wrong("intent: permit.fee\ntitle: t\ndescription: d\nquestion: q\n", 1,
	      "'examples' is missing", "examples are needed");
	wrong(INTENT("permit.fee", "") "  plain: [a]\n", 6, "block of text", "examples are blocks");
	wrong("[", 2, "not valid YAML", "broken YAML is told");
	put("permit/permit.fee.yaml", INTENT("permit.fee", "") "  plain: |\n    要钱吗\n");
	put("permit/matter.yaml", "matter: other\ntitle: t\nterms: [a]\n");
	ok(load(&c) < 0 && strstr(why.text, "holds the matter"),
	   "a folder is called like its matter");
	put("permit/matter.yaml", "matter: permit\ntitle: t\n");
	ok(load(&c) < 0 && strstr(why.text, "'terms' is missing"), "a matter needs terms");
	put("permit/matter.yaml", MATTER "slots:\n  a: {unit: week, words: [b]}\n");
	ok(load(&c) < 0 && strstr(why.text, "day, month, year"), "a slot's unit is one of three");
	put("permit/matter.yaml", MATTER "points:\n  a: {words: [b], decides: yes}\n");
	ok(load(&c) < 0 && strstr(why.text, "needs an 'intent'"),
	   "a point that decides says for whom");
	put("permit/matter.yaml", MATTER);
	put("common/permit.fee.yaml", INTENT("permit.fee", "") "  plain: |\n    钱\n");
	ok(load(&c) < 0 && strstr(why.text, "is also in"), "an intent stands once");
	unlink(inside("common/permit.fee.yaml"));
	is_int(catalog_load(&arena, inside("nothing"), &c, &why), -ENOENT,
	       "a missing folder is told");
	is_int(catalog_load(&arena, inside("permit"), &c, &why), -EBADMSG,
	       "a folder without intents is told");
}

static size_t count(const struct problems *p, const char *word, bool is_error)
{
	size_t n = 0;

	for (size_t i = 0; i < p->list.n; i++)
		n += p->list.items[i].is_error == is_error &&
		     strstr(p->list.items[i].fault.text, word) != NULL;
	return n;
}

static void test_check(void)
{
	struct problems p = {0};
	struct catalog c;

	put("permit/permit.fee.yaml",
	    INTENT("permit.fee", "not: {permit.tming: x}\nrelated: [permit.fee, "
				 "weather]\n") "  plain: |\n    要钱吗？\n    要钱吗\n "
					       "   几天！\n");
	if (!ok(load(&c) == 0, "data with faults of content is read"))
		return;
	catalog_check(&c, &p);
	is_int((int)count(&p, "'要钱吗' stands also in permit.fee, line 9", false), 1,
	       "a question twice in one intent is a warning");
	is_int((int)count(&p, "stands also in permit.", true), 1,
	       "a question in two intents is an error");
	is_int((int)count(&p, "did you mean 'permit.timing'", true), 1,
	       "an unknown neighbour is an error");
	is_int((int)count(&p, "related: there is no intent 'weather'", true), 1,
	       "an unknown related intent is an error");
	is_int((int)count(&p, "names the intent itself", true), 1,
	       "an intent is not related to itself");
	is_int((int)count(&p, "are the least", true), 2,
	       "too few examples are an error, not for chat");
	problems_done(&p);
}

static void test_our_data(const char *srcdir)
{
	static const char *const ids[] = {
	    "permit.number.query", "permit.number.format", "permit.apply",   "permit.documents",
	    "permit.timing",       "permit.offline",       "permit.online",  "permit.proxy",
	    "permit.endorse",      "permit.replace",       "permit.fee",     "permit.rights",
	    "permit.mutual",       "permit.security",      "permit.compare", "permit.selfservice",
	    "chitchat.greet",      "chitchat.thanks",      "handoff.human",  "out_of_scope"};
	struct problems p = {0};
	struct catalog c;
	char text[800];

	if (!ok(catalog_load(&arena, file_join(&arena, srcdir, "intents"), &c, &why) == 0,
		"our own intents load")) {
		printf("# %s\n", fault_format(&why, text, sizeof(text)));
		return;
	}
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		ok(catalog_find(&c, view_of(ids[i])) != NULL, "there is %s", ids[i]);
	catalog_check(&c, &p);
	is_int((int)problems_errors(&p), 0, "our own intents have no errors");
	for (size_t i = 0; i < p.list.n; i++)
		printf("# %s\n", fault_format(&p.list.items[i].fault, text, sizeof(text)));
	ok(catalog_find(&c, VIEW("out_of_scope"))->n_examples >= 1000,
	   "what is out of scope has a thousand examples");
	is_int(catalog_find(&c, VIEW("permit.compare"))->kind, INTENT_COMPARE,
	       "comparing is its own kind");
	problems_done(&p);
}

/* A file that no list names would be missing in a release. */
static void test_lists(const char *srcdir)
{
	const char *dir = file_join(&arena, srcdir, "intents");
	const char *const *folders, *const *files;
	struct view list, all;
	size_t n, n_files;

	if (file_list(&arena, dir, NULL, &folders, &n) < 0 ||
	    file_read(&arena, file_join(&arena, dir, "local.mk"), 1 << 20, &all) < 0)
		return; /* an installed tree has no lists */
	for (size_t i = 0; i < n; i++) {
		const char *folder = file_join(&arena, dir, folders[i]);

		if (file_list(&arena, folder, ".yaml", &files, &n_files) < 0)
			continue;
		ok(view_find(all,
			     arena_printf(&arena, "include intents/%s/local.mk", folders[i])) >= 0,
		   "intents/local.mk includes %s", folders[i]);
		if (file_read(&arena, file_join(&arena, folder, "local.mk"), 1 << 20, &list) < 0)
			list = VIEW("");
		for (size_t j = 0; j < n_files; j++)
			ok(view_find(list, arena_printf(&arena, "intents/%s/%s", folders[i],
							files[j])) >= 0,
			   "intents/%s/local.mk lists %s", folders[i], files[j]);
	}
}

int main(void)
{
	const char *srcdir = getenv("srcdir") ? getenv("srcdir") : ".";
	static const char *const leave[] = {"permit/matter.yaml", "permit/permit.timing.yaml",
					    "permit/permit.fee.yaml", "common/chitchat.greet.yaml"};

	arena_init(&arena, 0);
	if (!mkdtemp(root))
		return 1;
	mkdir(inside("permit"), 0700);
	mkdir(inside("common"), 0700);
	test_reading();
	test_matter();
	test_wrong();
	test_check();
	test_our_data(srcdir);
	test_lists(srcdir);
	for (size_t i = 0; i < sizeof(leave) / sizeof(leave[0]); i++)
		unlink(inside(leave[i]));
	rmdir(inside("permit"));
	rmdir(inside("common"));
	rmdir(root);
	arena_done(&arena);
	return done();
}
