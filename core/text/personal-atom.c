/* SPDX-License-Identifier: Apache-2.0 */
/* personal-atom.c - what a character is to the search for numbers. */
#include "text/personal-atom.h"

#include <uchar.h>

#include "base/utf8.h"

static int digit_of(uint32_t cp)
{
	static const uint32_t zeros[] = {'0', 0xff10, 0x660, 0x6f0, 0x966, 0x2080, 0x2070};
	static const uint32_t ones[] = {0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278a, 0x24f5};

	if (cp - '0' < 10)
		return (int)(cp - '0');
	if (cp < 0xb2 || (cp >= 0x3000 && cp < 0xff00))
		return -1;
	for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
		if (cp - zeros[i] < 10)
			return (int)(cp - zeros[i]);
	for (size_t i = 0; i < sizeof(ones) / sizeof(ones[0]); i++)
		if (cp - ones[i] < 9)
			return (int)(cp - ones[i]) + 1;
	if (cp - 0x1d7ce < 50)
		return (int)(cp - 0x1d7ce) % 10;
	if (cp - 0x1fbf0 < 10)
		return (int)(cp - 0x1fbf0);
	return cp == 0xb2                     ? 2
	       : cp == 0xb3                   ? 3
	       : cp == 0xb9                   ? 1
	       : cp == 0x24ea || cp == 0x24ff ? 0
					      : -1;
}

/* Digits as they are written in words, or said by those who say 洞 and 幺. */
static int spoken_digit_of(uint32_t cp)
{
	switch (cp) {
	case U'零':
	case U'〇':
	case U'○':
	case U'洞':
		return 0;
	case U'一':
	case U'壹':
	case U'幺':
		return 1;
	case U'二':
	case U'贰':
	case U'貳':
		return 2;
	case U'三':
	case U'叁':
	case U'參':
		return 3;
	case U'四':
	case U'肆':
		return 4;
	case U'五':
	case U'伍':
		return 5;
	case U'六':
	case U'陆':
	case U'陸':
		return 6;
	case U'七':
	case U'柒':
	case U'拐':
		return 7;
	case U'八':
	case U'捌':
		return 8;
	case U'九':
	case U'玖':
	case U'勾':
		return 9;
	default:
		return -1;
	}
}

static bool is_invisible(uint32_t cp)
{
	return cp < 0x20 ? cp != '\t' && (cp < '\n' || cp > '\r')
			 : cp == 0x7f || cp == 0xad || (cp >= 0x80 && cp < 0xa0 && cp != 0x85) ||
			       (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
			       (cp >= 0x2060 && cp <= 0x206f) || (cp >= 0x300 && cp <= 0x36f) ||
			       (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0x20d0 && cp <= 0x20ff) ||
			       cp == 0xfeff || cp == 0x180e || (cp >= 0xe0000 && cp <= 0xe0fff);
}

static char separator_of(uint32_t cp)
{
	switch (cp) {
	case ' ':
	case '\t':
	case 0xa0:
	case 0x2000 ... 0x200a:
	case 0x202f:
	case 0x3000:
		return ' ';
	case '-':
	case 0x2010 ... 0x2015:
	case 0x2212:
		return '-';
	case '.':
	case 0xb7:
	case 0x3002:
	case 0x2022:
		return '.';
	case '\n':
	case '\r':
	case 0x85:
	case 0x2028:
	case 0x2029:
		return ' ';
	case '\'':
	case 0x2018:
	case 0x2019:
		return '\'';
	case '*':
	case '+':
	case ';':
	case '|':
	case '~':
		return (char)cp;
	case ',':
	case 0x3001:
		return ',';
	case '/':
		return '/';
	case '(':
	case ')':
		return (char)cp;
	default:
		return 0;
	}
}

static struct atom atom_of(uint32_t cp)
{
	struct atom a = {0};
	int d = digit_of(cp);

	if (d >= 0 || (d = spoken_digit_of(cp)) >= 0) {
		a.kind = digit_of(cp) >= 0 ? ATOM_DIGIT : ATOM_SPOKEN;
		a.c = (char)('0' + d);
		return a;
	}
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xfee0;
	if ((cp | 0x20) - 'a' < 26) {
		a.kind = ATOM_LETTER;
		a.c = (char)(cp & ~0x20u);
	} else if ((a.c = separator_of(cp))) {
		a.kind = ATOM_SEPARATOR;
	} else if (cp == '@' || cp == '_' || cp == '=' || cp == '&' || cp == '%' || cp == '#' ||
		   cp == ':' || cp == '?') {
		a.kind = ATOM_ADDRESS;
		a.c = (char)cp;
	}
	return a;
}

/* Folding makes several characters of it, digits among them: ⑬ ½ ㋀ ㍘ ⒔. */
static bool holds_digits(uint32_t cp)
{
	return (cp >= 0xb2 && cp <= 0xbe) || (cp >= 0x2070 && cp <= 0x2189) ||
	       (cp >= 0x2460 && cp <= 0x24ff) || (cp >= 0x2776 && cp <= 0x2793) ||
	       (cp >= 0x3220 && cp <= 0x33ff) || (cp >= 0x1f100 && cp <= 0x1f10a);
}

size_t scan_digits(struct view raw)
{
	size_t n = 0, at = 0;
	uint32_t cp;
	int r;

	while (at < raw.len) {
		if ((unsigned char)raw.ptr[at] < 0x80) {
			n += (uint32_t)(raw.ptr[at++] - '0') < 10;
			continue;
		}
		r = utf8_decode(view_sub(raw, at, UTF8_MAX), &cp);
		if (r <= 0)
			break;
		n += holds_digits(cp) ? 3 : digit_of(cp) >= 0 || spoken_digit_of(cp) >= 0;
		at += (size_t)r;
	}
	return n;
}

void scan_read(struct arena *a, struct view raw, struct scan *ret)
{
	size_t at = 0;
	uint32_t cp;
	int r;

	*ret = (struct scan){.raw = raw, .atoms = ARENA_ARRAY(a, utf8_count(raw) + 1, struct atom)};
	while ((r = utf8_decode(view_sub(raw, at, UTF8_MAX), &cp)) > 0) {
		if (is_invisible(cp) && ret->n > 0) {
			ret->atoms[ret->n - 1].to = (uint32_t)at + (uint32_t)r;
		} else if (!is_invisible(cp)) {
			struct atom *atom = &ret->atoms[ret->n++];

			*atom = atom_of(cp);
			atom->from = (uint32_t)at;
			atom->to = (uint32_t)at + (uint32_t)r;
		}
		at += (size_t)r;
	}
}
