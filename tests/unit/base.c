/* SPDX-License-Identifier: Apache-2.0 */
/* base.c - tests of the ground floor. */
#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hands.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "tests/unit/tap.h"

static void test_views(void)
{
	static const char *const begin[] = {"医", "医保", "保险"};
	struct view rest = VIEW("a,,b"), piece;
	uint64_t n = 7;

	is_view(view_trim(VIEW(" \t居住证\r\n")), "居住证", "trimming takes blanks off both ends");
	is_view(view_sub(VIEW("abc"), 1, 99), "bc", "a part is clipped to what there is");
	is_view(view_sub(VIEW("abc"), 9, 1), "", "a part behind the end is empty");
	ok(view_split(&rest, ',', &piece) && view_is(piece, "a"),
	   "splitting gives the first piece");
	ok(view_split(&rest, ',', &piece) && piece.len == 0, "splitting gives an empty piece");
	ok(view_split(&rest, ',', &piece) && view_is(piece, "b"), "splitting gives the last piece");
	ok(!view_split(&rest, ',', &piece), "splitting ends");
	is_int(view_to_u64(VIEW("18446744073709551615"), &n), 0, "the largest number is read");
	ok(n == UINT64_MAX, "and is the largest number");
	is_int(view_to_u64(VIEW("18446744073709551616"), &n), -ERANGE, "one more is out of range");
	is_int(view_to_u64(VIEW("-1"), &n), -EINVAL, "a sign is no digit");
	is_int(view_find(VIEW("查居住证编号"), VIEW("居住证")), 3, "a text is found at its byte");
	is_int(view_find(VIEW("ab"), VIEW("abc")), -1, "a longer text is not found");
	is_int((long long)view_starts_any(VIEW("医保卡"), begin, 3), 6,
	       "the longest word at the beginning");
	is_int((long long)view_starts_any(VIEW("的医保"), begin, 3), 0, "none stands further on");
	ok(view_ends_any(VIEW("不医"), begin, 3), "one at the end");
	ok(!view_ends_any(VIEW("医保卡"), begin, 3), "or none");
	ok(view_cmp(VIEW("ab"), VIEW("abc")) < 0, "the shorter comes first");
}

static void test_arena(void)
{
	struct arena a;
	char *p, *q;

	arena_init(&a, 64);
	p = arena_alloc(&a, 10);
	q = arena_alloc(&a, 10);
	ok(p && q && p != q, "two pieces are two places");
	ok(((uintptr_t)q & 15) == 0, "pieces are aligned for any type");
	p = arena_alloc(&a, 1000);
	ok(p[0] == 0 && p[999] == 0, "a piece larger than a block is given, zeroed");
	p = arena_alloc(&a, 16);
	ok(p == q + 16, "… and what is left of the block is given out behind it");
	is_view(arena_printf(&a, "%s-%d", "郑州", 7), "郑州-7", "printf goes into the arena");
	arena_reset(&a);
	memset(arena_alloc(&a, 32), 'x', 32);
	arena_wipe(&a);
	p = arena_alloc(&a, 32);
	ok(p[0] == 0 && p[31] == 0, "after a wipe nothing is left");
	arena_done(&a);
	is_int((long long)arena_footprint(&a), 0, "a finished arena holds nothing");
}

static void test_text(void)
{
	struct buf b = BUF_INIT;
	VEC(int) v = VEC_INIT;
	uint32_t cp = 0;
	char out[UTF8_MAX];
	size_t bad = 0;

	for (int i = 0; i < 1000; i++)
		*vec_push(&v) = i;
	ok(v.n == 1000 && v.items[999] == 999, "a vector grows");
	vec_done(&v);
	buf_printf(&b, "%d", 12);
	buf_str(&b, "位");
	is_view(buf_view(&b), "12位", "a buffer is put together");
	buf_done(&b);
	is_int(utf8_decode(VIEW("证"), &cp), 3, "a Han character has three bytes");
	is_int(cp, 0x8bc1, "and is decoded");
	{
		struct view rest = VIEW("居住证\xc0");
		uint32_t taken[4];

		is_int((long)utf8_take(&rest, taken, 2), 2,
		       "no more characters are taken than asked for");
		ok(taken[1] == 0x4f4f && rest.len == 4, "... and the rest is left");
		is_int((long)utf8_take(&rest, taken, 4), 1, "what is no character ends it");
		is_int((long)rest.len, 1, "... and is left, too");
	}
	is_int(utf8_decode(VIEW("\xc0\xaf"), &cp), -EILSEQ, "an overlong sequence is refused");
	is_int(utf8_decode(VIEW("\xed\xa0\x80"), &cp), -EILSEQ, "a surrogate is refused");
	is_int(utf8_decode(VIEW("\xe8\xaf"), &cp), -EILSEQ, "a cut-off sequence is refused");
	is_int((long long)utf8_encode(0x1f600, out), 4, "an emoji has four bytes");
	is_int((long long)utf8_encode(0xd800, out), 0, "a surrogate is not written");
	ok(!utf8_is_valid(VIEW("ab\xff"), &bad) && bad == 2, "the first bad byte is told");
	is_view(utf8_clip(VIEW("居住证"), 7), "居住", "clipping ends between characters");
	is_int((long long)utf8_count(VIEW("居住证a")), 4, "characters are counted");
	ok(hash_view(VIEW("a")) != hash_view(VIEW("b")), "different texts have different hashes");
}

static void test_bulk(void)
{
	char bytes[100];
	uint64_t whole, other;
	bool all_matter = true, all_differ = true;

	memset(bytes, 'x', sizeof(bytes));
	whole = hash_bulk(bytes, sizeof(bytes), 1);
	for (size_t i = 0; i < sizeof(bytes); i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (char)(1 << bit);
			all_matter &= hash_bulk(bytes, sizeof(bytes), 1) != whole;
			bytes[i] ^= (char)(1 << bit);
		}
	for (size_t n = 0; n < sizeof(bytes); n++) {
		other = hash_bulk(bytes, n, 1);
		all_differ &= other != whole && other != hash_bulk(bytes, n, 2);
	}
	ok(all_matter, "each bit changes the hash of many bytes");
	ok(all_differ, "so do their number and the seed");
	is_int(hash_bulk(bytes, sizeof(bytes), 1) == whole, 1, "the same bytes have the same");
}

static void test_faults(void)
{
	struct fault f;
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX];
	char longer[1000];

	fault_set(&f, "unknown key '%s'", "stpes");
	fault_place(&f, "henan.yaml", 7, 3);
	is_str(fault_format(&f, line, sizeof(line)), "henan.yaml:7:3: unknown key 'stpes'",
	       "a fault says where and what");
	memset(longer, 'x', sizeof(longer));
	memcpy(longer + FAULT_TEXT_MAX - 2, "证", 3);
	longer[999] = '\0';
	fault_set(&f, "%s", longer);
	ok(utf8_is_valid(view_of(f.text), NULL), "too long a fault is cut between characters");
	ok(strlen(error_text(-ENOENT)) > 0, "errors have words, with either sign");
}

static void test_files(void)
{
	char dir[] = "/tmp/wenlu-base-XXXXXX";
	const char *const *names;
	struct view content;
	struct arena a;
	size_t n = 0;

	arena_init(&a, 0);
	if (!ok(mkdtemp(dir) != NULL, "a folder is made"))
		return;
	is_int(file_write(file_join(&a, dir, "b.yaml"), VIEW("guide: 1\n"), 0644), 0,
	       "a file is written");
	file_write(file_join(&a, dir, "a.yaml"), VIEW(""), 0600);
	file_write(file_join(&a, dir, "c.yaml~"), VIEW("x"), 0600);
	file_write(file_join(&a, dir, ".d.yaml"), VIEW("x"), 0600);
	is_int(file_read(&a, file_join(&a, dir, "b.yaml"), 100, &content), 0, "and read");
	is_view(content, "guide: 1\n", "as it was written");
	is_int(file_read(&a, file_join(&a, dir, "b.yaml"), 3, &content), -EFBIG,
	       "a file over the cap is refused");
	is_int(file_read(&a, dir, 3, &content), -EISDIR, "a folder is no file");
	ok(mkfifo(file_join(&a, dir, ".fifo"), 0600) == 0 &&
	       file_read(&a, file_join(&a, dir, ".fifo"), 3, &content) == -ENOTSUP,
	   "a FIFO is refused at once, nobody waits for a writer");
	unlink(file_join(&a, dir, ".fifo"));
	is_int(file_make_folder(file_join(&a, dir, "new/in/new"), 0700), 0,
	       "a folder is made with those above it");
	is_int(file_make_folder(file_join(&a, dir, "new/in/new"), 0700), 0, "it may be there");
	is_int(file_make_folder("/dev/null", 0700), -ENOTDIR, "another thing may not");
	is_int(file_make_folder("/dev/null/x", 0700), -ENOTDIR, "nor above it");
	rmdir(file_join(&a, dir, "new/in/new"));
	rmdir(file_join(&a, dir, "new/in"));
	rmdir(file_join(&a, dir, "new"));
	is_int(file_list(&a, dir, ".yaml", &names, &n), 0, "a folder is listed");
	ok(n == 2 && strcmp(names[0], "a.yaml") == 0, "sorted, without editors' leavings");
	is_int(file_list(&a, "/nowhere", NULL, &names, &n), -ENOENT, "a missing folder is told");
	file_list(&a, dir, NULL, &names, &n);
	for (const char *const *name =
		 (const char *const[]){"a.yaml", "b.yaml", "c.yaml~", ".d.yaml", NULL};
	     *name; name++)
		unlink(file_join(&a, dir, *name));
	rmdir(dir);
	arena_done(&a);
}

static void test_log(void)
{
	char line[512] = "";
	int before = dup(STDERR_FILENO), ends[2];
	ssize_t n;

	if (!ok(before >= 0 && pipe(ends) == 0, "a log is listened to"))
		return;
	dup2(ends[1], STDERR_FILENO);
	log_write(LOG_LEVEL_ERROR, "x\ninfo: stopped\x1b[2J\xc2\x9bK\x7f, 问路");
	dup2(before, STDERR_FILENO);
	n = read(ends[0], line, sizeof(line) - 1);
	ok(n > 1 && strchr(line, '\n') == line + n - 1, "a line break in a message ends no line");
	ok(strstr(line, "x info: stopped?[2J??K?, 问路") != NULL,
	   "signs that steer a terminal are none any more, the rest stays");
	close(ends[0]);
	close(ends[1]);
	close(before);
}

struct turns {
	struct loop *loop;
	int timers, reads;
};

static void on_timer(void *data)
{
	struct turns *t = data;

	t->timers++;
	loop_stop(t->loop);
}

static void on_read(void *data, int fd, int events)
{
	struct turns *t = data;
	char c;

	t->reads += (events & LOOP_READ) && read(fd, &c, 1) == 1;
}

static void test_loop(void)
{
	struct turns t = {.loop = loop_new(false)};
	struct loop_timer timer = {.active = false};
	struct loop_io io = {.active = false};
	int ends[2];

	ok(pipe(ends) == 0, "a pipe is made");
	loop_io_start(t.loop, &io, ends[0], LOOP_READ, on_read, &t);
	loop_timer_start(t.loop, &timer, 20, 0, on_timer, &t);
	ok(write(ends[1], "x", 1) == 1, "a byte is sent");
	loop_run(t.loop);
	is_int(t.reads, 1, "a readable descriptor is told");
	is_int(t.timers, 1, "a timer fires once");
	ok(!timer.active, "and is no longer active");
	loop_timer_start(t.loop, &timer, 10, 0, on_timer, &t);
	loop_timer_stop(t.loop, &timer);
	loop_turn(t.loop, false);
	is_int(t.timers, 1, "a stopped timer does not fire");
	loop_io_stop(t.loop, &io);
	loop_io_stop(t.loop, &io);
	loop_free(t.loop);
	close(ends[0]);
	close(ends[1]);
}

struct tally {
	unsigned char done[1000];
	unsigned char hands[1000];
};

static void count_piece(void *data, unsigned hand, size_t piece)
{
	struct tally *t = data;

	t->done[piece]++;
	t->hands[piece] = (unsigned char)hand;
}

static void test_hands(void)
{
	static const unsigned n_hands[] = {1, 2, HANDS_MAX, 100};

	for (size_t k = 0; k < sizeof(n_hands) / sizeof(n_hands[0]); k++) {
		struct tally t = {{0}, {0}};
		size_t n_once = 0, n_hand = 0;

		hands_share(n_hands[k], 1000, count_piece, &t);
		for (size_t i = 0; i < 1000; i++) {
			n_once += t.done[i] == 1;
			n_hand += t.hands[i] < n_hands[k] && t.hands[i] < HANDS_MAX;
		}
		is_int((long long)n_once, 1000, "each piece is done once by %u hands", n_hands[k]);
		is_int((long long)n_hand, 1000, "none of them is one too many");
	}
	hands_share(2, 0, count_piece, NULL);
	ok(hands_count() >= 1 && hands_count() <= HANDS_MAX, "there is a hand, and a limit");
}

int main(void)
{
	enum log_level level = LOG_LEVEL_INFO;

	test_views();
	test_arena();
	test_text();
	test_bulk();
	test_faults();
	test_files();
	test_log();
	test_loop();
	test_hands();
	is_int(log_level_parse("warn", &level), 0, "a log level is known by name");
	is_int(level, LOG_LEVEL_WARN, "and is that level");
	is_int(log_level_parse("loud", &level), -EINVAL, "an unknown level is refused");
	return done();
}
