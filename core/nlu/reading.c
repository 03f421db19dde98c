/* SPDX-License-Identifier: Apache-2.0 */
/* reading.c - one question through all the stages before the model. */
#include "nlu/feature.h"

int reading_make(const struct lens *lens, struct arena *a, struct view raw, struct reading *ret)
{
	struct reading r = {.terms = {NULL, 0}, .catalog = lens->catalog};
	int err = text_fold(a, raw, &r.text);

	if (err < 0)
		return err;
	/* Whoever wants them without places and terms makes them then. */
	if (lens->terms || lens->gazetteer)
		sounds_make(a, &r.text, &r.sounds);
	if (lens->terms)
		term_scan(lens->terms, a, &r.text, &r.sounds, &r.terms);
	if (lens->gazetteer)
		gazetteer_read(lens->gazetteer, a, &r.text, &r.sounds, &r.terms, &r.mentions);
	*ret = r;
	return 0;
}
