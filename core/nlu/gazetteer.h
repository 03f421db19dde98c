/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gazetteer.h - inside the mentions: names grouped by spelling, and finding them one after another.
 *
 * gazetteer.c builds the automata; search.c finds what is written, misheard.c what is misspelt by
 * sound, misread.c what has one wrong character, letters.c what is typed in letters, doubt.c what
 * none of these dares to take; role.c gives each find its part (cue.h), thing.c and focus.c weigh
 * things and clauses, target.c whatever else people write, mention.c chooses the readings and what
 * is asked about. Beside role.c stand aside.c (what is put aside for other places) and household.c,
 * beside focus.c known.c.
 */
#ifndef NLU_GAZETTEER_H
#define NLU_GAZETTEER_H

#include "base/limits.h"
#include "base/vec.h"
#include "nlu/cue.h"
#include "nlu/mention.h"
#include "nlu/trie.h"

#define CITY_LETTERS 16
/* Of a name; longer ones are left out. */
#define NAME_CHARS 32

/* All places of one name, the likeliest first. */
struct place {
	const struct region_name *name;
	const struct region *const *candidates;
	const uint8_t *weights;
	size_t n;
	const uint32_t *chars; /* the name */
	uint32_t n_chars;
	uint32_t next_heard; /* + 1: the next place that sounds the same; 0: none */
	uint32_t next_typed; /* + 1: the next place that is spelt the same in letters; 0: none */
	uint32_t
	    next_slurred; /* + 1: the next one that is, by whom much is not told apart; 0: none */
	uint8_t alike;    /* enum alike: its letters are an ordinary word's too */
	bool is_mistyped; /* `chars` is a likely slip of the pen: 广卅 */
	bool is_lapse;    /* a character is missing or two have changed places: 乌鲁齐 */
	bool is_weak;     /* in none of its readings it decides alone */
};

enum alike {
	ALIKE_NOTHING,
	ALIKE_WORD, /* yiyang 一样: a place only behind zai, in … */
	ALIKE_MUCH, /* xian 在线, 先: not even behind zai */
};

/* From this weight on a place is known well enough to be recognised from hearing alone. */
#define HEARD_WEIGHT 100
/* … and from this one if it is typed in letters beside a word of a matter. */
#define TYPED_WEIGHT 40
/* … and from this one if something says that a place follows: zai, in. */
#define CUED_WEIGHT 12
/* A place that fewer mean is never heard in a short name. */
#define COUNTY_WEIGHT 20
/* What is left of a county's name counts behind what it lies in, and nowhere else. */
#define STEM_WEIGHT 1

/* Between two places that are joined: 和, 以及. */
#define JOIN_CHARS 2
/* In front of the sounds of names that count only right behind the place they lie in, so that
 * elsewhere nobody looks for them. */
#define PART_MARK 0x10000u

/* Between a place and its thing: 的; and with more: 办的. */
#define OF_REACH    1
#define THING_REACH 3

/* A name with a hole: one of a chain of places. */
struct hole {
	uint32_t place, next; /* next + 1; 0: none */
};

/* Characters of names, one of them left out -> hole + 1. */
struct holes {
	struct trie inside;
	struct trie first; /* the first one, which is not there at all */
};

struct gazetteer {
	struct arena arena;
	struct place *places;
	size_t n_places, max_places;
	struct trie exact;    /* characters -> place + 1 */
	struct trie sound;    /* syllables -> first place + 1, well-known ones only */
	struct trie typed;    /* spelling in letters, as one number -> first place + 1 */
	struct trie initials; /* first letters of a name, as one number -> place + 1; letters.c */
	struct trie slurred;  /* the same at SLUR_LIQUID; slur.h */
	struct holes holes;
	struct holes part_holes; /* of names that count only right behind the place they lie in */
	VEC(struct hole) hole_places;
	struct cues cues;
	struct trie ties;                          /* tie.h */
	const struct place *letters[CITY_LETTERS]; /* zz, bj … in the order of letters.c */
};

/* Which of several places are meant, as far as a story tells. */
enum focus {
	FOCUS_SOME,
	FOCUS_ALL,   /* two are compared, or what one gave is carried to another */
	FOCUS_KNOWN, /* those that are left, whatever else speaks for others */
};

/* What is being found in one text. */
struct search {
	struct arena *arena;
	const struct gazetteer *g;
	const struct text *text;
	const struct sounds *sounds;
	const struct term_hits *terms;
	struct mention *found;
	size_t n, max;                 /* max <= LIMIT_MENTIONS */
	const struct mention *next;    /* the next written one, while a gap is filled; NULL: none */
	enum focus meant;              /* what focus_places() said */
	bool is_thing_told, has_thing; /* letters.h: the text names what is asked about */
};

/* A run of letters as one number: start with SPELLING_START, then one letter after the other. */
#define SPELLING_START 2166136261u
static inline uint32_t spelling_add(uint32_t sum, uint32_t letter)
{
	return (sum ^ (letter & 0x7f)) * 16777619u;
}

/* Every place in the text, as written and, where nothing is written, by sound; in order. */
void gazetteer_search(struct search *s);
/* One of these names could start here: a place is right in front. */
static inline bool search_is_behind(const struct search *s, uint32_t start)
{
	return s->n && start - s->found[s->n - 1].end <= JOIN_CHARS;
}
/* 太仓和常孰, 常孰和太仓: beside it stands what joins it to a place. */
bool search_is_joined(const struct search *s, uint32_t start, uint32_t end);
/* 长少|望成区: behind it something sounds like what lies in it. */
bool search_is_part_heard(const struct search *s, const struct place *p, uint32_t end);
/* The name of a place that few mean begins with what ends an ordinary word. */
bool search_is_tail(const struct search *s, const struct place *p, uint32_t start);
/* A blank was typed in front of the character, or no word goes on there. */
bool search_is_gap(const struct text *text, uint32_t at);
/* A gap between two Chinese characters; i莞家 is whole. */
bool search_is_torn(const struct text *text, uint32_t at);
/* Nothing but marks and blanks from `at` on. */
bool search_is_over(const struct text *text, uint32_t at);
/* Some reading of `p` lies in one of `other`. */
bool places_are_near(const struct place *p, const struct place *other);
/* … in what was found. */
bool place_lies_in_found(const struct place *p, const struct mention *m);
/* 太和县, with the word for its kind; but not 萧县, which has but one character of its own. */
bool place_is_in_full(const struct place *p);
/* The name in [start, end) is one, as it is written; accept.c. */
bool search_accepts(const struct search *s, const struct place *p, uint32_t start, uint32_t end);
bool search_is_led(const struct search *s, const struct place *p, uint32_t start);
bool search_is_followed(const struct search *s, const struct place *p, uint32_t end);
void search_add(struct search *s, const struct place *p, uint32_t start, uint32_t end,
		bool is_corrected);
/* A place typed in letters: all that is spelt like `first` is a candidate: shanxi, taizhou. */
void search_add_typed(struct search *s, const struct place *first, uint32_t start, uint32_t end);
/* Whole words in letters that spell a place, and all that is spelt the same. */
#define SPELT_MOST 6
struct spelt {
	const struct place *place;
	uint32_t end, n_words;
};
/* Those from `start` on, within `limit`, the shortest first; how many. */
size_t search_spelt(const struct search *s, uint32_t start, uint32_t limit,
		    struct spelt out[SPELT_MOST]);
/* The place typed from sounds[from] on, found within `limit`; gives the sound behind it, or `from`.
 */
size_t search_typed(struct search *s, size_t from, uint32_t limit);
/* The longest place that sounds[from] on sound like; `limit` is where the next written place
 * starts. Gives the sound behind it, or `from`; misheard.c. */
size_t search_misheard(struct search *s, size_t from, uint32_t limit);
/* The place written from `start` on with one wrong character, within `limit`; gives its end, or 0;
 * misread.c. */
uint32_t search_misread(struct search *s, uint32_t start, uint32_t limit);
/* … or in place of `written`, which is a shorter name: 巴彦|卓尔. */
uint32_t search_misread_long(struct search *s, const struct mention *written, uint32_t limit);
/* What is written is the end of a county's name that begins with another character of the same
 * sound: 常|沙县 is 长沙县. True if it was added in its place. */
bool search_misread_wide(struct search *s, const struct mention *written);
/*
 * Right behind the last place found a part of it with one wrong character, in place of `written`,
 * the next written place (NULL: none), if that lies elsewhere; gives its end, or 0; misread-part.c.
 */
uint32_t search_misread_part(struct search *s, const struct mention *written);
/* What looks like a part of a city stands behind `end`: 桂林|阳朔县; misread.c. */
bool search_is_district_next(const struct text *text, uint32_t end);
/*
 * The blanks in [start, end) stand where the name has them: between all syllables or before the
 * kind, wei hai shi and weihai shi; but wei haishi is 位还是, ban an not 巴南. Long names are cut
 * as one likes: huhe haote.
 */
bool search_is_cut_well(const struct search *s, const struct place *p, uint32_t start, uint32_t end,
			uint32_t n_words);
void gazetteer_add_holes(struct gazetteer *g, uint32_t index);
/* Told of each name that the begin of the n_chars > 1 `chars` is but for one character; misread.c.
 */
typedef void hole_fn(void *data, const struct place *p, uint32_t hole);
void gazetteer_each_hole(const struct gazetteer *g, const struct holes *h, const uint32_t *chars,
			 uint32_t n_chars, hole_fn *fn, void *data);
/* A word of a matter of ours starts at `at`, or what people say instead of one; misread.c. */
bool search_is_thing(const struct search *s, uint32_t at);
/* … or with 的 in front. */
bool search_has_thing(const struct search *s, uint32_t end);
/* … or what is done where one lives: 上海|上班. */
bool search_has_use(const struct search *s, uint32_t end);
/* Part of a word that is known: 居住证 is never misspelt for something else. */
bool search_is_term(const struct search *s, uint32_t start, uint32_t end);
/* Nothing between the two but the blank that words in letters need. */
bool places_are_adjacent(const struct search *s, const struct mention *m,
			 const struct mention *next);
/* Each place gets the part it plays, by its surroundings and by the other places; role.c. */
void roles_give(const struct search *s);
bool roles_have(const struct search *s, enum mention_role role, bool is_app);
/* The place in [from, to) is called home, and what is spoken of is there: 老家茂名医保卡; thing.c.
 */
bool thing_is_at_home(const struct search *s, uint32_t from, uint32_t to);
/* A household of the place in [from, to) is to be had: 上海户口好落吗, 迁户口 阳泉; household.c. */
bool household_is_wanted(const struct search *s, uint32_t from, uint32_t to);
/* What is asked about is kept where somebody's household is: papers, insurance, the household. */
bool household_is_kept(const struct search *s);
/* Its thing stands behind it: 宁波的居住证, 宁波那张. */
bool thing_is_named(const struct search *s, const struct mention *m);
/* … or it is said of the thing that it is from there: 居住证是昆明的. */
bool thing_is_told(const struct search *s, const struct mention *m);
/* … and is not wanted any more: 中山的居住证不要了. */
bool thing_is_dropped(const struct search *s, const struct mention *m);
/* … and is what the clause asks about: 苏州的居住证要更换吗. */
bool thing_is_asked_about(const struct search *s, const struct mention *m);
/* An insurance's password is asked for: it is where its owner is from, unless another place is
 * named. */
bool thing_is_where_insured(const struct search *s);
/* Of all things that matters are about no other is spoken of. */
bool thing_is_insurance_alone(const struct search *s);
/* What is spoken of is had where somebody belongs: a building company's papers, insurance, aid; and
 * nothing else is. */
bool thing_is_local(const struct search *s);
/* The insurance card that is spoken of was given there: 卡是赣州发的, 荣成参保. */
bool thing_is_insured_at(const struct search *s, const struct mention *m);
/* Its thing got lost or locked, as is told behind all places: 有南京的医保卡，人在上海，密码忘了.
 */
bool thing_is_lost(const struct search *s, const struct mention *m);
/*
 * Of several places asked about, those that only a story tells of stand beside; focus.c.
 */
enum focus focus_places(const struct search *s);
/* A word that compares stands somewhere, whatever is compared: 哪边, 区别, 比; focus.c. */
bool focus_compares(const struct text *text);
/* All places of s->text with roles and readings by rule, into s->found (in the arena); mention.c.
 */
void mentions_find(struct search *s);
void gazetteer_link_letters(struct gazetteer *g, const struct region_table *table);

#endif
