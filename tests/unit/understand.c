/* SPDX-License-Identifier: Apache-2.0 */
/* understand.c - from words to intent, decision, places and figures; the cache of models. */
#include "nlu/understand.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "nlu/model.h"
#include "nlu/understander.h"
#include "nlu-world.h"

static struct world world;
static struct arena arena;
static struct understander *u;

static struct understander_options options_with(const char *cache_dir)
{
	return (struct understander_options){
	    .catalog = &world.catalog, .regions = &world.regions, .cache_dir = cache_dir};
}

static struct understanding ask(const char *question)
{
	struct understanding w;

	arena_reset(&arena);
	if (understand(u, &arena, view_of(question), DATE_NONE, &w) < 0)
		memset(&w, 0, sizeof(w));
	return w;
}

static void means(const char *question, const char *intent)
{
	struct understanding w = ask(question);

	is_view(w.ranking[0].intent->name, intent, "%s means %s", question, intent);
}

static void intents(void)
{
	means("居住证编号在哪里查", "permit.number.query");
	means("郑州居住证多久能下来", "permit.timing");
	means("居住证要多少钱", "permit.fee");
	means("居住正编号怎么查", "permit.number.query");
	means("居主证编号怎么查", "permit.number.query");
	means("居住證編號怎麼查", "permit.number.query");
	means("juzhuzheng bianhao zenme cha", "permit.number.query");
	means("今天天气怎么样", "out_of_scope");
}

static void facts_of_a_question(void)
{
	struct understanding w = ask("郑州居住证过期20天，多久能办好？");
	float sum = 0;

	is_view(w.mentions.targets[0]->id, "410100", "the place is found");
	ok(w.has_term && w.has_features, "a term of the matter and known features are seen");
	is_int((long long)w.n_slots, 1, "one figure is found");
	is_int(w.slots[0].value, 20, "it is twenty days");
	for (size_t i = 0; i < w.n_ranking; i++) {
		sum += w.ranking[i].probability;
		ok(i == 0 || w.ranking[i].probability <= w.ranking[i - 1].probability,
		   "place %zu of the ranking is not before a better one", i + 1);
	}
	ok(sum <= 1.001f, "the probabilities are shares of one");
	ok(ask("居正证").terms.n == 0, "what is no term is left alone");
	w = ask("居住正怎么查");
	ok(w.terms.n == 1 && w.terms.items[0].is_corrected, "a corrected term says so");
}

static void nothing_to_go_by(void)
{
	struct understanding w = ask("上海呢");

	ok(!w.has_features, "a place alone is no question");
	ok(w.decision == NLU_UNSURE, "a place alone is left to the dialogue");
	ok(w.ranking[0].probability < 0.2f, "no intent is likely for a place alone");
	w = ask("");
	ok(w.decision == NLU_UNSURE && !w.has_features, "an empty text is no question");
	w = ask("嚯巭孬");
	ok(w.decision == NLU_UNSURE, "unknown characters are not understood");
	ok(understand(u, &arena, VIEW("\xff\xfe"), DATE_NONE, &w) == -EILSEQ,
	   "no UTF-8 is an error");
}

static void long_text(void)
{
	static char text[65536];
	struct understanding w;

	while (strlen(text) < sizeof(text) - 100)
		strcat(text, "我在郑州上班想问居住证多久能办好zz12");
	w = ask(text);
	is_view(w.ranking[0].intent->name, "permit.timing", "64 KiB are understood too");
}

static void explanation(void)
{
	struct understanding w = ask("居住证编号怎么查");
	struct understand_why why;
	bool has_example = false;

	understand_explain(u, &arena, &w, &why);
	for (size_t i = 0; i < why.n_lines; i++)
		has_example |= view_find(why.lines[i], VIEW("怎么查居住证编号")) >= 0;
	ok(why.n_lines > 4, "an explanation has several lines");
	ok(has_example, "it shows the nearest example");
}

/* The one model in a cache folder. */
static const char *cached_file(const char *dir)
{
	const char *const *files;
	size_t n;

	if (file_list(&world.arena, dir, ".wnl", &files, &n) < 0 || n != 1)
		return NULL;
	return file_join(&world.arena, dir, files[0]);
}

static bool comes_from_cache(const struct understander_options *o)
{
	struct understander *other;
	struct fault why;
	bool from_cache;

	if (understander_new(o, &other, &why) < 0)
		return false;
	from_cache = understander_facts(other).from_cache;
	understander_free(other);
	return from_cache;
}

static void cache(void)
{
	char dir[] = "/tmp/wenlu-understand-XXXXXX";
	struct understander_options o = options_with(mkdtemp(dir));
	struct view first = {NULL, 0}, second = {NULL, 0};
	const char *file;
	int fd;

	ok(!comes_from_cache(&o), "the first time a model is trained");
	ok(comes_from_cache(&o), "the second time it comes from the cache");
	file = cached_file(dir);
	ok(file != NULL, "there is one file in the cache");
	if (!file)
		return;
	file_read(&world.arena, file, 64 << 20, &first);
	fd = open(file, O_WRONLY);
	ok(fd >= 0 && pwrite(fd, "x", 1, (off_t)first.len / 2) == 1, "(a byte of it is changed)");
	close(fd);
	ok(!comes_from_cache(&o), "a changed file is not trusted");
	file_read(&world.arena, file, 64 << 20, &second);
	ok(view_eq(first, second), "training again gives the same model bit by bit");
	ok(truncate(file, (off_t)first.len / 2) == 0 && !comes_from_cache(&o),
	   "a cut-off file is not trusted");
	world.catalog.fingerprint++;
	ok(!comes_from_cache(&o), "other content is another model");
	world.catalog.fingerprint--;
	for (DIR *d = opendir(dir); d; closedir(d), d = NULL)
		for (struct dirent *e; (e = readdir(d));)
			unlinkat(dirfd(d), e->d_name, 0);
	rmdir(dir);
	o = options_with("/dev/null/folder");
	ok(!comes_from_cache(&o), "a missing cache folder only means training");
}

static void broken_images(void)
{
	struct view image = u->image;
	char *copy = aligned_alloc(64, (image.len + 63) / 64 * 64);
	struct model m;
	size_t n_taken = 0;

	memcpy(copy, image.ptr, image.len);
	ok(model_open(view_make(copy, image.len), &m) == 0, "a copy of an image is as good");
	for (size_t i = 0; i < sizeof(struct model_head); i += 3) {
		copy[i] = (char)(copy[i] ^ 0x55);
		n_taken += model_open(view_make(copy, image.len), &m) == 0;
		copy[i] = (char)(copy[i] ^ 0x55);
	}
	is_int((long long)n_taken, 0, "a change anywhere in the head is seen");
	ok(model_open(view_make(copy, 40), &m) == -EBADMSG, "a head cut off is seen");
	ok(model_open(view_make(copy, 0), &m) == -EBADMSG, "no bytes are no model");
	free(copy);
}

int main(void)
{
	struct understander_options o;
	struct understander_facts facts;
	struct fault why;

	world_init(&world);
	arena_init(&arena, 0);
	o = options_with(NULL);
	is_int(understander_new(&o, &u, &why), 0, "a small catalogue can be learnt");
	facts = understander_facts(u);
	is_str(facts.tier, "linear", "the tier has its name");
	ok(facts.n_examples == 36 && facts.n_features > 100 && !facts.from_cache,
	   "the facts say what was learnt");
	intents();
	facts_of_a_question();
	nothing_to_go_by();
	long_text();
	explanation();
	cache();
	broken_images();
	understander_free(u);
	understander_free(NULL);
	world.catalog.n_intents = 0;
	is_int(understander_new(&o, &u, &why), -EINVAL, "no intents cannot be learnt");
	arena_done(&arena);
	world_done(&world);
	return done();
}
