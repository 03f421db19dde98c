/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate.c - figures over labelled questions. */
#include "nlu/evaluate.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "tap.h"

static struct arena arena;

/* Read lines as if they stood in a file. */
static int read_lines(const char *lines, struct labelled_set *set, struct fault *why)
{
	char path[] = "/tmp/wenlu-evaluate-XXXXXX";
	int fd = mkstemp(path), r;

	if (fd < 0)
		return -errno;
	r = file_write_fd(fd, view_of(lines));
	close(fd);
	if (r == 0)
		r = labelled_read(&arena, path, set, why);
	unlink(path);
	return r;
}

static const char train_lines[] =
    "# label\ttext\n"
    "fee\t多少钱\nfee\t要交钱吗\nfee\t收费吗\nfee\t费用是多少\nfee\t免费吗\n"
    "time\t要多久\ntime\t几天能好\ntime\t多长时间\ntime\t要等几天\ntime\t什么时候好\n"
    "out_of_scope\t今天下雨吗\nout_of_scope\t讲个笑话\nout_of_scope\t你吃饭了吗\n"
    "out_of_scope\t足球谁赢了\r\n\n";

static void test_file(void)
{
	struct labelled_set train = {NULL, 0}, test = {NULL, 0};
	struct evaluate_options o = {.train = &train, .test = &test};
	struct evaluation e;
	struct fault why;
	size_t total = 0;

	is_int(read_lines(train_lines, &train, &why), 0, "lines are read");
	is_int((long long)train.n, 14, "comments and empty lines are left out");
	is_view(train.items[13].text, "足球谁赢了", "a carriage return is no part of the text");
	read_lines("fee\t要多少钱\tplain\ntime\t要几天\tplain\nodd\t呵呵\tfar\n", &test, &why);
	is_int(evaluate(&arena, &o, &e, &why), 0, "a test file is evaluated");
	is_int((long long)e.n_labels, 4, "a label only in the test counts");
	is_int((long long)e.n, 3, "every line is predicted");
	ok(e.predictions[0].gold == e.predictions[0].predicted, "the fee is recognised");
	ok(e.accuracy > 0.6 && e.accuracy < 0.7, "two of three are right");
	is_int((long long)e.n_styles, 2, "styles are told apart");
	for (size_t i = 0; i < e.n_labels * e.n_labels; i++)
		total += e.confusion[i];
	is_int((long long)total, 3, "the confusion matrix holds every line once");
	ok(e.latency_p50 > 0 && e.latency_p99 >= e.latency_p50, "latencies are measured");
	ok(e.model_bytes > 0 && e.train_seconds > 0, "the model's size and time are given");
}

static void folds(void)
{
	struct labelled_set train = {NULL, 0};
	struct evaluate_options o = {.train = &train, .folds = 3};
	struct evaluation e, again;
	struct fault why;

	read_lines(train_lines, &train, &why);
	is_int(evaluate(&arena, &o, &e, &why), 0, "cross-validation needs no test file");
	is_int((long long)e.n, 14, "every line is predicted by a model that did not see it");
	is_int((long long)e.n_outside, 4, "those out of scope are counted");
	ok(e.outside_auroc >= 0 && e.outside_auroc <= 1, "the detector's area is a share");
	evaluate(&arena, &o, &again, &why);
	ok(e.accuracy == again.accuracy, "the same again gives the same");
	o.folds = 1;
	is_int(evaluate(&arena, &o, &e, &why), -EINVAL, "one part is no cross-validation");
}

static void faults(void)
{
	struct labelled_set set = {NULL, 0};
	struct fault why;

	is_int(labelled_read(&arena, "/nonexistent/x.tsv", &set, &why), -ENOENT,
	       "a missing file is an error");
	is_int(read_lines("fee\t好\nno tab here\n", &set, &why), -EBADMSG,
	       "a line without a tab is an error");
	is_int(why.line, 2, "the error names the line");
}

int main(void)
{
	arena_init(&arena, 0);
	test_file();
	folds();
	faults();
	arena_done(&arena);
	return done();
}
