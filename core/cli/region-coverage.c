/* SPDX-License-Identifier: Apache-2.0 */
/* region-coverage.c - `wenlu region coverage`: what is known where, as a table. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/say.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/html.h"
#include "cli/region.h"
#include "dialog/citation.h"

static const char help[] =
    "Usage: wenlu region coverage [OPTIONS]\n"
    "\n"
    "What is known where: a table of regions and intents. A cell says whether the region's own\n"
    "guide speaks, from which wider level the answer comes, or that nobody knows; and whether a\n"
    "source of it is past its review date.\n"
    "\n"
    "  -f, --format text|html|csv  (default: text)\n"
    "  -a, --all LEVEL    all regions of a level: province, city or county\n"
    "                     (default: those that a plugin speaks for)\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n"
    "\n"
    "In text there is a table for each matter, the intents' titles read from top to bottom:\n"
    "# its own, P a province's, C a city's, D a county's, G a group's, A an area's, N the "
    "nation's,\n"
    ". nobody's; small letters and ! (its own) are past a review date.\n";

struct cell {
	const struct region *level; /* whose guide speaks; NULL: nobody's */
	bool is_own, is_stale, is_code;
};

struct coverage {
	struct world world;
	struct arena arena;
	const struct intent **intents; /* those that are answered from guides */
	size_t n_intents;
	const struct region **regions;
	size_t n_regions;
	struct cell *cells; /* [region * n_intents + intent] */
	struct buf out;
};

struct format {
	const char *name;
	void (*print)(struct coverage *k);
};

static void choose_intents(struct coverage *k)
{
	const struct catalog *c = &k->world.generation->catalog;

	k->intents = ARENA_ARRAY(&k->arena, c->n_intents + 1, const struct intent *);
	for (size_t i = 0; i < c->n_intents; i++)
		if (c->intents[i].kind == INTENT_QUESTION)
			k->intents[k->n_intents++] = &c->intents[i];
}

static void choose_regions(struct coverage *k, int level)
{
	const struct generation *g = k->world.generation;

	k->regions = ARENA_ARRAY(&k->arena, g->regions.n_items + 1, const struct region *);
	for (size_t i = 0; i < g->regions.n_items; i++) {
		const struct region *r = &g->regions.items[i];

		if (level < 0 ? registry_plugin_of(g->registry, r) != NULL : (int)r->level == level)
			k->regions[k->n_regions++] = r;
	}
}

static struct cell look_up(const struct coverage *k, const struct region *region,
			   const struct intent *intent)
{
	struct registry_walk walk =
	    registry_walk(k->world.generation->registry, region, intent->name);
	struct citations *set;
	struct registry_hop hop;
	struct cell cell = {NULL, false, false, false};
	struct arena scratch;

	if (!registry_next(&walk, &hop))
		return cell;
	arena_init(&scratch, 0);
	set = ARENA_NEW(&scratch, struct citations);
	cell = (struct cell){hop.level, hop.level == region, false, hop.topic == NULL};
	if (hop.topic) {
		citations_add_facts(set, &hop.plugin->guide, &hop.topic->facts);
		for (size_t i = 0; i < hop.topic->cases.n; i++)
			citations_add(set, &hop.plugin->guide,
				      hop.topic->cases.items[i].line.source);
		cell.is_stale = citations_are_stale(set, cli_today());
	}
	arena_done(&scratch);
	return cell;
}

static void fill(struct coverage *k)
{
	k->cells = ARENA_ARRAY(&k->arena, k->n_regions * k->n_intents + 1, struct cell);
	for (size_t r = 0; r < k->n_regions; r++)
		for (size_t i = 0; i < k->n_intents; i++)
			k->cells[r * k->n_intents + i] = look_up(k, k->regions[r], k->intents[i]);
}

/* ---- text ---- */

static char sign_of(const struct cell *c)
{
	static const char signs[] = {
	    [REGION_NATION] = 'N', [REGION_CLUSTER] = 'G', [REGION_PROVINCE] = 'P',
	    [REGION_CITY] = 'C',   [REGION_COUNTY] = 'D',  [REGION_AREA] = 'A',
	};

	if (!c->level)
		return '.';
	if (c->is_own)
		return c->is_stale ? '!' : '#';
	return (char)(signs[c->level->level] + (c->is_stale ? 32 : 0));
}

static void print_counts(const struct coverage *k)
{
	size_t own = 0, missing = 0, stale = 0, n = k->n_regions * k->n_intents;

	for (size_t i = 0; i < n; i++) {
		own += k->cells[i].is_own;
		missing += !k->cells[i].level;
		stale += k->cells[i].is_stale;
	}
	printf(say("%zu regions, %zu intents: %zu their own, %zu inherited, %zu missing, %zu past "
		   "a review date\n"),
	       k->n_regions, k->n_intents, own, n - own - missing, missing, stale);
}

/* The title's character number `at`, two columns wide; blanks outside of it. */
static void print_character(struct view title, long at)
{
	uint32_t code;
	int n = 0;

	for (; title.len && at >= 0; at--) {
		title = view_sub(title, (size_t)n, title.len);
		n = utf8_decode(title, &code);
		if (n <= 0)
			break;
	}
	if (at >= 0 || n <= 0)
		fputs("   ", stdout);
	else
		printf("%.*s%s ", n, title.ptr, n > 1 ? "" : " ");
}

/* Titles from top to bottom, as one may write Chinese; all end above their column. */
static void print_heads(const struct coverage *k, size_t from, size_t to)
{
	size_t longest = 0;

	for (size_t i = from; i < to; i++) {
		size_t n = utf8_count(k->intents[i]->title);

		longest = n > longest ? n : longest;
	}
	for (size_t row = 0; row < longest; row++) {
		for (size_t i = from; i < to; i++)
			print_character(k->intents[i]->title,
					(long)row - (long)longest +
					    (long)utf8_count(k->intents[i]->title));
		putchar('\n');
	}
}

/* The intents of one matter. */
static void print_block(struct coverage *k, size_t from, size_t to)
{
	const struct matter *matter = k->intents[from]->matter;

	if (matter)
		printf("%.*s (%.*s)\n", VIEW_ARG(matter->title), VIEW_ARG(matter->name));
	print_heads(k, from, to);
	for (size_t r = 0; r < k->n_regions; r++) {
		for (size_t i = from; i < to; i++)
			printf("%c  ", sign_of(&k->cells[r * k->n_intents + i]));
		printf("%.*s %.*s\n", VIEW_ARG(k->regions[r]->id),
		       VIEW_ARG(region_full_name(&k->arena, k->regions[r])));
	}
	putchar('\n');
}

static void print_text(struct coverage *k)
{
	for (size_t from = 0, to; from < k->n_intents; from = to) {
		for (to = from; to < k->n_intents; to++)
			if (k->intents[to]->matter != k->intents[from]->matter)
				break;
		print_block(k, from, to);
	}
	fputs(say("# its own  P C D G A N from province, city, county, group, area, nation  . "
		  "nobody\n"
		  "! and small letters: past a review date\n"),
	      stdout);
	print_counts(k);
}

/* ---- CSV ---- */

static void print_csv(struct coverage *k)
{
	fputs("code,region", stdout);
	for (size_t i = 0; i < k->n_intents; i++)
		printf(",%.*s", VIEW_ARG(k->intents[i]->name));
	putchar('\n');
	for (size_t r = 0; r < k->n_regions; r++) {
		printf("%.*s,%.*s", VIEW_ARG(k->regions[r]->id),
		       VIEW_ARG(region_full_name(&k->arena, k->regions[r])));
		for (size_t i = 0; i < k->n_intents; i++) {
			const struct cell *c = &k->cells[r * k->n_intents + i];

			if (!c->level)
				fputs(",missing", stdout);
			else if (c->is_own)
				printf(",own%s", c->is_stale ? " stale" : "");
			else
				printf(",%.*s%s", VIEW_ARG(c->level->id),
				       c->is_stale ? " stale" : "");
		}
		putchar('\n');
	}
}

/* ---- HTML ---- */

static void html_cell(struct coverage *k, const struct cell *c)
{
	const char *kind = !c->level ? "missing" : c->is_own ? "own" : "wider";

	buf_printf(&k->out, "<td class=\"%s%s\" title=\"", kind, c->is_stale ? " stale" : "");
	if (!c->level)
		buf_str(&k->out, say("nobody knows"));
	else
		html_text(&k->out, c->level->name);
	buf_str(&k->out, c->is_stale ? say(", past a review date") : "");
	buf_str(&k->out, "\">");
	if (c->is_own)
		buf_str(&k->out, c->is_code ? say("code") : "●");
	else if (c->level)
		html_text(&k->out,
			  c->level->short_name.len ? c->level->short_name : c->level->name);
	buf_str(&k->out, "</td>");
}

static void print_html(struct coverage *k)
{
	static const char style[] =
	    "table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:3px 6px;"
	    "font-size:13px;text-align:center;white-space:nowrap}th.side{text-align:left;"
	    "position:sticky;left:0;background:#fff}thead th{position:sticky;top:0;"
	    "background:#fff}.own{background:#cdeac0}.wider{background:#eef3f8;color:#456}"
	    ".missing{background:#f8d7da}.stale{outline:2px solid #e69f00;outline-offset:-2px}";

	html_begin(&k->out, say_is_english() ? "en" : "zh-CN", say("Wenlu: what is known where"),
		   style);
	buf_printf(&k->out, "<p>%s</p><table><thead><tr><th></th>",
		   say("Green: the region's own guide. Blue: a wider level's. Red: nobody knows. "
		       "Orange frame: a source is past its review date."));
	for (size_t i = 0; i < k->n_intents; i++) {
		buf_str(&k->out, "<th title=\"");
		html_text(&k->out, k->intents[i]->name);
		buf_str(&k->out, "\">");
		html_text(&k->out, k->intents[i]->title);
		buf_str(&k->out, "</th>");
	}
	buf_str(&k->out, "</tr></thead><tbody>\n");
	for (size_t r = 0; r < k->n_regions; r++) {
		buf_str(&k->out, "<tr><th class=\"side\">");
		html_text(&k->out, region_full_name(&k->arena, k->regions[r]));
		buf_str(&k->out, "</th>");
		for (size_t i = 0; i < k->n_intents; i++)
			html_cell(k, &k->cells[r * k->n_intents + i]);
		buf_str(&k->out, "</tr>\n");
	}
	buf_str(&k->out, "</tbody></table>");
	html_end(&k->out);
	fwrite(k->out.ptr, 1, k->out.len, stdout);
}

static const struct format formats[] = {
    {"text", print_text}, {"html", print_html}, {"csv", print_csv}};

static int level_find(const char *name)
{
	static const char *const names[] = {
	    [REGION_PROVINCE] = "province", [REGION_CITY] = "city", [REGION_COUNTY] = "county"};

	for (int i = REGION_PROVINCE; i <= REGION_COUNTY; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return -1;
}

static int print_all(const struct format *format, int level, const char *config)
{
	struct coverage k = {.out = BUF_INIT};

	if (world_open(&k.world, config, false) < 0)
		return 2;
	arena_init(&k.arena, 0);
	choose_intents(&k);
	choose_regions(&k, level);
	fill(&k);
	format->print(&k);
	buf_done(&k.out);
	arena_done(&k.arena);
	world_close(&k.world);
	return 0;
}

static const struct format *format_find(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

int region_coverage(int argc, char **argv)
{
	static const struct option longs[] = {{"format", required_argument, NULL, 'f'},
					      {"all", required_argument, NULL, 'a'},
					      {"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	const struct format *format = &formats[0];
	const char *config = NULL;
	int level = -1, c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "f:a:c:h", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(say(help), stdout);
			return 0;
		}
		if (c == 'f')
			format = format_find(optarg);
		else if (c == 'a')
			level = level_find(optarg);
		else if (c == 'c')
			config = optarg;
		if (c == '?')
			return cli_refuse_option("wenlu region coverage", argv);
		if (!format || (c == 'a' && level < 0)) {
			fprintf(stderr,
				say("wenlu region coverage: '%s' is not known; --help lists what "
				    "is\n"),
				optarg);
			return 2;
		}
	}
	return print_all(format, level, config);
}
