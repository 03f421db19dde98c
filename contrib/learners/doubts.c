/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doubts.c - learns the weights of core/nlu/doubt.c and prints them; see contrib/learn.
 *
 *	doubts INTENTS REGIONS MODEL -w     the list of words, from a language model
 *	doubts INTENTS REGIONS MODEL FILE…  the weights
 *
 * Lines are as `wenlu eval --test` takes them; only text and places are looked at. Nearly all that
 * looks like a place there, and is none by the rules nor one that is asked about, is none; so are
 * all of the intents' examples. What is one is made: each place that the rules find is misspelt,
 * replaced by a name that is a word, or put into letters, some times over. Whatever the rules find
 * then as well, nobody has to learn. And each is replaced by common words, which are no places.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cli/typing-tables.h"
#include "cli/typing.h"
#include "contrib/learners/learner.h"
#include "nlu/doubt.h"
#include "nlu/lm.h"
#include "nlu/random.h"
#include "text/pinyin.h"
#include "text/shape.h"

#define MODEL_MAX ((size_t)1 << 30)

/* Of each place, and what one of them counts against a line that somebody wrote. */
#define COPIES        6
#define COPY_COUNT    0.1f
#define LETTERS_COUNT 0.3f /* … in letters, of which there are few */
#define SLIP_MOST     5    /* characters of a name that is misspelt */
#define TRIES         300
#define REMIND_TRIES  3000
#define HAN_FIRST     0x4e00u
#define HAN_LAST      0x9fa5u
#define SYLLABLES     32

/* Of ten copies of a name in characters. */
#define SHARE_LETTERS 0.12f
#define SHARE_WORD    0.15f
#define SHARE_OTHER   0.5f /* of those misspelt: another name instead */
#define SHARE_LOOKS   0.4f /* … by looks, not by sound */
#define SHARE_REMINDS 0.5f /* … and only a little */
#define SHARE_SLURRED 0.5f /* … typed by ear */
#define SHARE_HISS    0.6f /* … what of the sounds that may be slurred is */
#define SHARE_NASAL   0.5f
#define SHARE_LIQUID  0.25f
#define SHARE_PARTED  0.45f /* of those in letters: yang shuo */
#define SHARE_BLANK   0.5f  /* … and a blank in front of them */

/* A word is as common as this, as the logarithm of its share. */
#define COMMON     (-11.0f)
#define LESS       (-12.7f)
#define WORD_BYTES 18
#define WORD_LEAST 6 /* bytes of one that may stand across the end of a name, */
#define WORD_MOST  12
#define CROSSES    (-11.5f) /* … and how common it is */
#define USUAL      (-12.3f) /* one that may stand where a place would */

struct teacher {
	struct typing *typing;
	VEC(struct view) words; /* usual ones */
	struct random chance;   /* anew for each line */
};

/* ---- rows ---- */

static void search_line(struct learner *l, struct view raw, struct mention room[LIMIT_MENTIONS],
			struct reading *r, struct search *ret)
{
	learner_read(l, raw, r, ret);
	ret->found = room;
	ret->max = LIMIT_MENTIONS;
	gazetteer_search(ret);
}

static void add_doubt(struct learner *l, const struct search *s, const struct doubt *all, size_t n,
		      size_t i, bool is_place, float count)
{
	struct doubt_pieces pieces;

	doubt_describe(s, all, n, i, &pieces);
	learner_add(l, &(struct learner_row){.firm = pieces.firm,
					     .n_firm = pieces.n_firm,
					     .grams = pieces.grams,
					     .n_grams = pieces.n_grams,
					     .gram = DOUBT_GRAM,
					     .is_yes = is_place,
					     .count = count});
}

static bool is_answer(const struct place *p, const struct answer *a)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < a->n; k++)
			if (p->candidates[i] == a->places[k] ||
			    region_lies_in(a->places[k], p->candidates[i]))
				return true;
	return false;
}

/* ---- copies with a name in doubt ---- */

enum copy { COPY_MISSPELT, COPY_WORD, COPY_LETTERS, COPY_COMMON /* a common word: no place */ };

/* How often this character is written where `cp` is meant. */
static uint64_t frequency(const struct common *sound, uint32_t cp)
{
	return sound->cp == cp ? 0 : 1 + sound->count / 16;
}

/* A common character that `cp` reminds of; 0: none was met. */
static uint32_t remind_of(struct teacher *t, uint32_t cp)
{
	for (int i = 0; i < REMIND_TRIES; i++) {
		uint32_t other = HAN_FIRST + random_below(&t->chance, HAN_LAST - HAN_FIRST + 1);

		if (typing_is_common(t->typing, other) && shape_compare(cp, other) != SHAPE_APART)
			return other;
	}
	return 0;
}

/* A character that is taken for `cp`; 0: none. Rare ones more often than people would: the common
 * ones are the rules' business. */
static uint32_t mistype(struct teacher *t, uint32_t cp)
{
	uint32_t looks[TYPING_ALIKE_MAX];
	const struct common *sounds;
	uint64_t sum = 0, left;
	size_t n;

	if (random_share(&t->chance) < SHARE_LOOKS) {
		if (random_share(&t->chance) < SHARE_REMINDS)
			return remind_of(t, cp);
		n = typing_looks_like(cp, looks);
		return n ? looks[random_below(&t->chance, (uint32_t)n)] : 0;
	}
	sounds = typing_sounds_like(t->typing, pinyin_of(cp), &n);
	for (size_t i = 0; i < n; i++)
		sum += frequency(&sounds[i], cp);
	left = sum ? random_bits(&t->chance) % sum : 0;
	for (size_t i = 0; i < n && sum; i++) {
		uint64_t own = frequency(&sounds[i], cp);

		if (left < own)
			return sounds[i].cp;
		left -= own;
	}
	return 0;
}

static bool is_fit(const struct place *p, const struct mention *m, enum copy copy)
{
	bool is_plain = p->name->kind == REGION_NAME_SHORT || p->name->kind == REGION_NAME_FULL;

	if (p->is_mistyped || p->is_lapse || p->n_chars < 2 || p->n_chars > SLIP_MOST ||
	    !han_is(p->chars[0]))
		return false;
	if (copy == COPY_WORD)
		return p->is_weak && p->n == 1 && is_plain;
	if (copy == COPY_LETTERS)
		return !p->is_weak && p->name->kind == REGION_NAME_SHORT &&
		       p->candidates[0]->level >= REGION_CITY;
	return !p->is_weak && p->name->kind == m->name->kind &&
	       p->candidates[0]->level == m->candidates[0]->level;
}

static const struct place *choose(struct learner *l, struct teacher *t, const struct mention *m,
				  enum copy copy)
{
	for (int i = 0; i < TRIES; i++) {
		const struct place *p =
		    &l->places->places[random_below(&t->chance, (uint32_t)l->places->n_places)];

		if (is_fit(p, m, copy))
			return p;
	}
	return NULL;
}

/* A copy of a line while it is written: something else stands from byte `from` on. */
struct draft {
	struct buf out;
	size_t from;
	struct view rest; /* behind the name, as in the line */
	bool is_typed;    /* the name stands in letters there */
};

static void draft_begin(struct draft *d, struct view raw, const struct text *text,
			const struct mention *m)
{
	size_t to = text->origin[m->end];

	*d = (struct draft){.out = BUF_INIT,
			    .from = text->origin[m->start],
			    .rest = {raw.ptr + to, raw.len - to},
			    .is_typed = !han_is(text->chars[m->start])};
	buf_add(&d->out, raw.ptr, d->from);
}

/* A syllable as somebody types it who does not tell some sounds apart, or takes them for each
 * other. */
static void put_slurred(struct teacher *t, const char *spelt, struct draft *d)
{
	static const struct {
		const char *sound, *instead;
		float share;
	} slips[] = {{"zh", "z", SHARE_HISS},  {"ch", "c", SHARE_HISS},  {"sh", "s", SHARE_HISS},
		     {"z", "zh", 0.1f},        {"c", "ch", 0.1f},        {"s", "sh", 0.1f},
		     {"ng", "n", SHARE_NASAL}, {"n", "l", SHARE_LIQUID}, {"l", "n", SHARE_LIQUID},
		     {"f", "h", SHARE_LIQUID}, {"h", "f", 0.1f}};
	struct view rest = view_of(spelt);

	while (rest.len) {
		size_t len = 1;
		const char *put = NULL;

		for (size_t i = 0; i < N_OF(slips) && len == 1; i++) {
			bool is_first = rest.ptr == spelt;

			/* n at the end of a syllable is no l. */
			if (!view_starts(rest, view_of(slips[i].sound)) ||
			    (!is_first && slips[i].sound[0] == 'n' && slips[i].sound[1] == 0))
				continue;
			len = strlen(slips[i].sound);
			if (random_share(&t->chance) < slips[i].share)
				put = slips[i].instead;
			else
				break;
		}
		if (put)
			buf_str(&d->out, put);
		else
			buf_add(&d->out, rest.ptr, len);
		rest = view_sub(rest, len, rest.len);
	}
}

static void put_letters(struct teacher *t, const uint32_t *chars, uint32_t n, struct draft *d)
{
	bool is_parted = random_share(&t->chance) < SHARE_PARTED;
	bool is_slurred = random_share(&t->chance) < SHARE_SLURRED;
	uint16_t syllables[SYLLABLES];

	if (d->out.len && !d->is_typed && random_share(&t->chance) < SHARE_BLANK)
		buf_char(&d->out, ' ');
	pinyin_text(chars, n, syllables);
	for (uint32_t i = 0; i < n; i++) {
		if (i && is_parted)
			buf_char(&d->out, ' ');
		if (is_slurred)
			put_slurred(t, pinyin_spell(syllables[i]), d);
		else
			buf_str(&d->out, pinyin_spell(syllables[i]));
	}
	if (d->is_typed && is_parted && d->rest.len && d->rest.ptr[0] != ' ')
		buf_char(&d->out, ' ');
}

static void put_chars(const uint32_t *chars, uint32_t n, struct draft *d)
{
	char bytes[UTF8_MAX];

	for (uint32_t i = 0; i < n; i++)
		buf_add(&d->out, bytes, utf8_encode(chars[i], bytes));
}

/* False: there is nothing to take one of the characters for. */
static bool put_misspelt(struct teacher *t, const uint32_t *chars, uint32_t n, bool is_full,
			 struct draft *d)
{
	uint32_t at = random_below(&t->chance, n - (is_full && n > 2));
	uint32_t wrong = mistype(t, chars[at]);

	put_chars(chars, at, d);
	put_chars(&wrong, 1, d);
	put_chars(chars + at + 1, n - at - 1, d);
	return wrong;
}

/* Rows of what stands in bytes [from, to) of the copy, where `p` is meant. */
static void learn_copy(struct learner *l, struct view raw, size_t from, size_t to,
		       const struct place *p, enum copy copy)
{
	struct mention room[LIMIT_MENTIONS];
	struct doubt all[DOUBTS_MOST];
	struct reading r;
	struct search s;
	size_t n;

	search_line(l, raw, room, &r, &s);
	n = doubts_list(&s, all);
	for (size_t i = 0; i < n; i++) {
		size_t start = r.text.origin[all[i].start], end = r.text.origin[all[i].end];
		bool is_place;

		if (start >= to || end <= from)
			continue;
		if (copy == COPY_COMMON)
			is_place = false;
		else if (copy == COPY_LETTERS)
			is_place = start <= from + 1 && end >= to &&
				   (all[i].kind == DOUBT_LETTERS ||
				    all[i].place->candidates[0] == p->candidates[0]);
		else
			is_place = start == from && all[i].place->candidates[0] == p->candidates[0];
		add_doubt(l, &s, all, n, i, is_place,
			  copy == COPY_LETTERS ? LETTERS_COUNT : COPY_COUNT);
	}
}

/* Learn of it where `p` is meant by what was put; NULL: nothing is learnt. */
static void draft_end(struct draft *d, struct learner *l, const struct place *p, enum copy copy)
{
	size_t to = d->out.len;

	buf_view_add(&d->out, d->rest);
	if (p)
		learn_copy(l, buf_view(&d->out), d->from, to, p, copy);
	buf_done(&d->out);
}

static void make_copy(struct learner *l, struct teacher *t, struct view raw,
		      const struct text *text, const struct mention *m, bool is_only)
{
	bool is_full = m->name->kind == REGION_NAME_FULL, is_good = true;
	float share = random_share(&t->chance);
	enum copy copy = !han_is(text->chars[m->start]) || share < SHARE_LETTERS ? COPY_LETTERS
			 : is_only && share < SHARE_LETTERS + SHARE_WORD         ? COPY_WORD
										 : COPY_MISSPELT;
	const struct place *other = NULL;
	struct draft d;

	if (copy != COPY_MISSPELT || random_share(&t->chance) < SHARE_OTHER)
		other = choose(l, t, m, copy);
	if (copy != COPY_MISSPELT && !other)
		return;
	draft_begin(&d, raw, text, m);
	if (copy == COPY_LETTERS)
		put_letters(t, other->chars, other->n_chars, &d);
	else if (copy == COPY_WORD)
		put_chars(other->chars, other->n_chars, &d);
	else if (other)
		is_good = put_misspelt(t, other->chars, other->n_chars, is_full, &d);
	else
		is_good = put_misspelt(t, text->chars + m->start, m->end - m->start, is_full, &d);
	draft_end(&d, l, !is_good ? NULL : other ? other : m->place, copy);
}

/* The same with a common word in place of the place. */
static void make_common(struct learner *l, struct teacher *t, struct view raw,
			const struct text *text, const struct mention *m)
{
	struct view word = t->words.items[random_below(&t->chance, (uint32_t)t->words.n)];
	struct text folded;
	struct draft d;

	draft_begin(&d, raw, text, m);
	if (d.is_typed && text_fold(&l->scratch, word, &folded) == 0 && folded.n_chars < SYLLABLES)
		put_letters(t, folded.chars, (uint32_t)folded.n_chars, &d);
	else
		buf_view_add(&d.out, word);
	draft_end(&d, l, m->place, COPY_COMMON);
}

/* ---- lines ---- */

static bool is_copied(const struct text *text, const struct mention *m)
{
	bool is_han = han_is(text->chars[m->start]);
	uint32_t n = m->end - m->start;

	return (m->name->kind == REGION_NAME_SHORT || m->name->kind == REGION_NAME_FULL) &&
	       n >= 2 && !(is_han && (m->is_corrected || n > SLIP_MOST));
}

static void learn_line(struct learner *l, struct view raw, const struct answer *a, void *data)
{
	struct mention room[LIMIT_MENTIONS];
	struct doubt all[DOUBTS_MOST];
	struct teacher *t = data;
	struct arena kept;
	struct reading r;
	struct search s;
	size_t n;

	t->chance = (struct random){hash_view(raw)};
	search_line(l, raw, room, &r, &s);
	n = doubts_list(&s, all);
	for (size_t i = 0; i < n; i++)
		add_doubt(l, &s, all, n, i, is_answer(all[i].place, a), 1);
	/* Copies are read with the scratch arena. */
	kept = l->scratch;
	arena_init(&l->scratch, 1 << 16);
	for (int copy = 0; copy < COPIES; copy++)
		for (size_t i = 0; i < s.n; i++)
			if (is_copied(s.text, &room[i])) {
				make_copy(l, t, raw, s.text, &room[i], s.n == 1);
				make_common(l, t, raw, s.text, &room[i]);
			}
	arena_done(&l->scratch);
	l->scratch = kept;
}

static void learn_examples(struct learner *l)
{
	struct mention room[LIMIT_MENTIONS];
	struct doubt all[DOUBTS_MOST];
	struct reading r;
	struct search s;

	for (size_t i = 0; i < l->catalog.n_intents; i++)
		for (size_t k = 0; k < l->catalog.intents[i].n_examples; k++) {
			size_t n;

			search_line(l, l->catalog.intents[i].examples[k].text, room, &r, &s);
			n = doubts_list(&s, all);
			for (size_t j = 0; j < n; j++)
				add_doubt(l, &s, all, n, j, false, 1);
		}
}

/* ---- words ---- */

static int by_value(const void *pa, const void *pb)
{
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;

	return (a > b) - (a < b);
}

/* As a whole, or with `is_part` a piece of it. */
static bool is_name(struct learner *l, struct view word, bool is_part, uint32_t *ret)
{
	struct mention room[LIMIT_MENTIONS];
	struct doubt all[DOUBTS_MOST];
	struct reading r;
	struct search s;
	size_t n;

	search_line(l, word, room, &r, &s);
	n = s.text->n_chars > 1 ? doubts_list(&s, all) : 0;
	for (size_t i = 0; i < n; i++)
		if (is_part || (all[i].start == 0 && all[i].end == s.text->n_chars)) {
			*ret = doubt_word(s.text->chars, (uint32_t)s.text->n_chars);
			return true;
		}
	return false;
}

/* Its letters. */
static struct view spell(struct learner *l, struct view word)
{
	uint16_t syllables[SYLLABLES];
	struct buf out = BUF_INIT;
	struct text text;
	struct view ret;

	if (text_fold(&l->scratch, word, &text) < 0 || text.n_chars > SYLLABLES)
		return VIEW("");
	pinyin_text(text.chars, text.n_chars, syllables);
	for (size_t i = 0; i < text.n_chars; i++)
		buf_str(&out, pinyin_spell(syllables[i]));
	ret = arena_printf(&l->scratch, "%.*s", VIEW_ARG(buf_view(&out)));
	buf_done(&out);
	return ret;
}

static void read_words(struct learner *l, const char *path, struct lm *ret)
{
	struct view file;
	struct fault why;

	if (file_read(&l->arena, path, MODEL_MAX, &file) < 0)
		learner_give_up("cannot read ", path);
	if (lm_read(&l->arena, file, ret, &why) < 0)
		learner_give_up(why.text, "");
}

static bool may_cross(const struct lm *lm, uint32_t i)
{
	return lm->logs[i] >= CROSSES && lm->words[i].len >= WORD_LEAST &&
	       lm->words[i].len <= WORD_MOST;
}

/* Words that look like a name or hold one, or do so in letters, and all common ones; by their hash.
 */
static void print_words(struct learner *l, const struct lm *lm)
{
	VEC(uint32_t) words = VEC_INIT;
	size_t n = 0;

	for (uint32_t i = 1; i < lm->n; i++) {
		uint32_t class = lm->logs[i] >= COMMON ? 3 : lm->logs[i] >= LESS ? 2 : 1, word;
		struct text text;

		if (lm->words[i].len > WORD_BYTES)
			continue;
		if (is_name(l, lm->words[i], class > 1, &word))
			*vec_push(&words) = word | class;
		else if (may_cross(lm, i) && text_fold(&l->scratch, lm->words[i], &text) == 0)
			*vec_push(&words) = doubt_word(text.chars, (uint32_t)text.n_chars) | class;
		/* Rarer ones are typed less often than the place. */
		arena_reset(&l->scratch);
		if (class > 1 &&
		    is_name(l, arena_copy(&l->arena, spell(l, lm->words[i])), false, &word))
			*vec_push(&words) = word | class;
	}
	qsort(words.items, words.n, sizeof(*words.items), by_value);
	printf("/* Made by contrib/learn; see there. */\n"
	       "static const uint32_t doubt_words[] = {");
	/* Of one that is there twice, the commonest. */
	for (size_t i = 0; i < words.n; i++)
		if (i + 1 == words.n || (words.items[i] ^ words.items[i + 1]) > DOUBT_WORD_CLASS)
			words.items[n++] = words.items[i];
	for (size_t i = 0; i < n; i++)
		printf("%s0x%x,", i % 8 ? " " : "\n\t", words.items[i]);
	printf("\n};\n"
	       "static const uint16_t doubt_word_starts[DOUBT_WORD_BUCKETS + 1] = {");
	for (size_t bucket = 0, i = 0; bucket <= DOUBT_WORD_BUCKETS; bucket++) {
		while (i < n && doubt_word_bucket(words.items[i]) < bucket)
			i++;
		printf("%s%zu,", bucket % 16 ? " " : "\n\t", i);
	}
	printf("\n};\n");
	vec_done(&words);
}

static void keep_usual(struct teacher *t, const struct lm *lm)
{
	for (uint32_t i = 1; i < lm->n; i++)
		if (lm->logs[i] >= USUAL && lm->words[i].len >= WORD_LEAST &&
		    lm->words[i].len <= WORD_MOST)
			*vec_push(&t->words) = lm->words[i];
}

int main(int argc, char **argv)
{
	static struct learner l;
	struct teacher t = {.typing = NULL, .words = VEC_INIT};
	struct lm lm;

	if (argc < 5)
		learner_give_up("which files? See the head of doubts.c", "");
	learner_open(&l, argv[1], argv[2], DOUBT_COLUMNS);
	read_words(&l, argv[3], &lm);
	if (strcmp(argv[4], "-w") == 0) {
		print_words(&l, &lm);
		learner_close(&l);
		return 0;
	}
	t.typing = typing_new();
	keep_usual(&t, &lm);
	learn_examples(&l);
	for (int i = 4; i < argc; i++)
		learner_each_line(&l, argv[i], learn_line, &t);
	learner_print(&l, "DOUBT", "doubt_weights");
	fprintf(stderr, "%zu names in doubt\n", l.labels.n);
	typing_free(t.typing);
	vec_done(&t.words);
	learner_close(&l);
	return 0;
}
