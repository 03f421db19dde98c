/* SPDX-License-Identifier: Apache-2.0 */
/* say.c - messages in another language, and the table of the Chinese ones. */
#include "base/say.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/language.h"
#include "know/problem.h"
#include "tests/unit/tap.h"

static const struct saying items[] = {
    {"%s: no", "%s：不行"}, {"%zu dogs", "%zu 只狗"}, {"a dog", "狗"}};
static const struct sayings sayings = {items, 3};

static void test_say(void)
{
	char line[100];

	ok(say_is_english() && strcmp(say("a dog"), "a dog") == 0,
	   "nothing is translated until a program asks for it");
	say_in(&sayings);
	ok(!say_is_english() && strcmp(say("a dog"), "狗") == 0,
	   "then a message is in the language");
	ok(strcmp(say("a cat"), "a cat") == 0 && strcmp(say(""), "") == 0,
	   "what is not in the table stays as it is");
	snprintf(line, sizeof(line), say_of(2, "%zu dog", "%zu dogs"), (size_t)2);
	ok(strcmp(line, "2 只狗") == 0, "of many there is one form");
	say_in(NULL);
}

static void test_faults(void)
{
	struct problems problems = {.n_errors = 0};
	struct fault f;

	say_in(&sayings);
	fault_set(&f, "%s: no", "甲");
	ok(strcmp(f.text, "甲：不行") == 0, "a fault's format is looked up");
	problem_add(&problems, true, "a.yaml", 1, 1, "%s: no", "乙");
	ok(strcmp(problems.list.items[0].fault.text, "乙：不行") == 0, "so is a problem's");
	problem_add(&problems, true, "a.yaml", 1, 1, "%s", "a dog");
	ok(strcmp(problems.list.items[1].fault.text, "a dog") == 0,
	   "what is put in is not: it may be an author's own");
	problems_done(&problems);
	say_in(NULL);
	fault_set(&f, "%s: no", "甲");
	ok(strcmp(f.text, "甲: no") == 0, "in English all is as it was");
}

static bool is_english_in(const char *all, const char *messages, const char *lang,
			  const char *language)
{
	setenv("LC_ALL", all, 1);
	setenv("LC_MESSAGES", messages, 1);
	setenv("LANG", lang, 1);
	setenv("LANGUAGE", language, 1);
	return !language_sayings();
}

static void test_language(void)
{
	ok(is_english_in("", "", "", ""), "who says nothing reads English");
	ok(!is_english_in("", "", "zh_CN.UTF-8", ""), "LANG says it");
	ok(!is_english_in("", "zh_CN.UTF-8", "en_US.UTF-8", ""), "LC_MESSAGES comes before it");
	ok(is_english_in("C", "zh_CN.UTF-8", "zh_CN.UTF-8", ""), "and LC_ALL before both");
	ok(!is_english_in("zh_SG", "", "", "") && !is_english_in("zh", "", "", "") &&
	       !is_english_in("", "", "zh-Hans-CN", ""),
	   "every name that begins with zh will do");
	ok(is_english_in("", "", "zhx_CN.UTF-8", ""), "but no other language's");
	ok(!is_english_in("", "", "en_US.UTF-8", "zh_CN:en"), "LANGUAGE comes before all of them");
	ok(!is_english_in("", "", "de_DE.UTF-8", "de:zh"), "it is a list of wishes");
	ok(is_english_in("", "", "zh_CN.UTF-8", "de:en:zh"), "of which English is one");
	ok(!is_english_in("", "", "zh_CN.UTF-8", "de"), "and the locale the last");
	ok(is_english_in("C", "", "", "zh_CN") && is_english_in("POSIX", "", "", "zh_CN"),
	   "it is not asked for in the locale C, as gettext has it");
}

static void test_chinese(void)
{
	static const int errors[] = {ENOENT, EACCES, EISDIR,  ENOTDIR, EEXIST,
				     EFBIG,  ENOSPC, EROFS,   EPERM,   EIO,
				     EMFILE, EINVAL, EBADMSG, ENOTSUP, ENAMETOOLONG};
	const struct sayings *chinese;
	size_t n_wrong = 0;

	is_english_in("zh_CN.UTF-8", "", "", "");
	chinese = language_sayings();
	for (size_t i = 1; i < chinese->n; i++)
		n_wrong += strcmp(chinese->items[i - 1].english, chinese->items[i].english) >= 0;
	ok(chinese->n > 250 && n_wrong == 0, "the table of Chinese messages is in order");
	say_in(chinese);
	for (size_t i = 0; i < chinese->n; i++)
		n_wrong += say(chinese->items[i].english) != chinese->items[i].other;
	ok(n_wrong == 0, "each of them is found");
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		n_wrong += strcmp(error_text(errors[i]), strerrordesc_np(errors[i])) == 0;
	ok(n_wrong == 0, "what the system says of files is among them");
	say_in(NULL);
}

int main(void)
{
	test_say();
	test_faults();
	test_language();
	test_chinese();
	return done();
}
