/* SPDX-License-Identifier: Apache-2.0 */
/* sessions.c - tests of the table of conversations. */
#include "store/sessions.h"

#include "store/token.h"
#include "tap.h"

static struct view token_of(const struct session *s)
{
	return view_make(s->token, SESSION_TOKEN_LEN);
}

static void test_open_and_find(void)
{
	struct sessions *s = sessions_new(1000);
	struct session *a = sessions_open(s, 5), *b = sessions_open(s, 6);
	char token[SESSION_TOKEN_LEN + 1];

	is_int((long long)strlen(a->token), SESSION_TOKEN_LEN, "a token has 22 characters");
	is_int((long long)strspn(a->token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					   "0123456789-_"),
	       SESSION_TOKEN_LEN, "a token is base64url");
	ok(strcmp(a->token, b->token) != 0, "two conversations have different tokens");
	is_int(a->created_ms, 5, "a new conversation knows when it began");
	ok(sessions_find(s, token_of(a)) == a, "a conversation is found by its token");
	ok(!sessions_find(s, VIEW("AAAAAAAAAAAAAAAAAAAAAA")), "an unknown token finds nothing");
	ok(!sessions_find(s, VIEW("short")), "a token of the wrong length finds nothing");
	ok(!sessions_find(s, VIEW("")), "an empty token finds nothing");
	memcpy(token, a->token, sizeof(token));
	token[0] = token[0] == 'x' ? 'y' : 'x';
	ok(!sessions_find(s, view_of(token)), "one wrong character finds nothing");
	is_int((long long)sessions_count(s), 2, "two conversations are counted");
	sessions_free(s);
}

static void test_names(void)
{
	struct sessions *s = sessions_new(10);
	struct session *a = sessions_named(s, VIEW("line 1"), 1);

	ok(sessions_named(s, VIEW("line 1"), 2) == a, "a name finds its conversation again");
	ok(sessions_named(s, VIEW("line 2"), 2) != a, "another name is another conversation");
	ok(sessions_named(s, VIEW(""), 2) != a, "the empty name is a name");
	ok(sessions_find(s, token_of(a)) == a, "a named conversation has a token like any other");
	sessions_free(s);
}

static void test_cap(void)
{
	struct sessions *s = sessions_new(100);
	char first[SESSION_TOKEN_LEN + 1], second[SESSION_TOKEN_LEN + 1];
	char last[SESSION_TOKEN_LEN + 1] = "";

	memcpy(first, sessions_open(s, 0)->token, sizeof(first));
	memcpy(second, sessions_open(s, 0)->token, sizeof(second));
	for (int i = 0; i < 98; i++)
		sessions_open(s, i);
	ok(sessions_find(s, view_of(first)) != NULL, "a full table still holds the first");
	for (int i = 0; i < 50; i++)
		memcpy(last, sessions_open(s, i)->token, sizeof(last));
	is_int((long long)sessions_count(s), 100, "the cap is kept");
	ok(sessions_find(s, view_of(first)) != NULL, "the one that was used stays");
	ok(!sessions_find(s, view_of(second)), "the longest idle one made room");
	ok(sessions_find(s, view_of(last)) != NULL, "the newest is there");
	is_str(sessions_find(s, view_of(last))->intent, "", "a recycled conversation is empty");
	sessions_free(s);
	s = sessions_new(1);
	sessions_open(s, 0);
	sessions_open(s, 0);
	is_int((long long)sessions_count(s), 1, "a table of one works");
	sessions_free(s);
	sessions_free(NULL);
}

static void test_owners(void)
{
	bool are_own = true, differ = true;

	for (unsigned n = 1; n <= SESSIONS_OWNERS_MAX; n++) {
		for (unsigned self = 0; self < n; self++) {
			struct sessions *s = sessions_new(10);
			struct view a, b;

			sessions_share(s, self, n);
			a = token_of(sessions_open(s, 1));
			b = token_of(sessions_open(s, 2));
			are_own &= token_owner(a, 99, n) == self;
			are_own &= token_owner(b, 99, n) == self;
			differ &= !view_eq(a, b);
			sessions_free(s);
		}
	}
	ok(are_own, "a token names the process that gave it out");
	ok(differ, "and is random beyond that");
	is_int(token_owner(VIEW("short"), 2, 3), 2, "what is no token is nobody else's");
	is_int(token_owner(VIEW("!AAAAAAAAAAAAAAAAAAAAA"), 2, 3), 2, "nor is rubbish");
}

int main(void)
{
	test_open_and_find();
	test_owners();
	test_names();
	test_cap();
	return done();
}
