/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear-fit.c - the only user of liblinear.
 *
 * It draws from the global rand(), which is seeded for each fit.
 */
#include "nlu/linear-fit.h"

#include <linear.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct fit_node) == sizeof(struct feature_node) &&
		   offsetof(struct fit_node, value) == offsetof(struct feature_node, value),
	       "a row is handed over as it is");

static void no_print(const char *s)
{
	(void)s;
}

/* Two labels share one row of weights, unless the solver sees all labels at once. */
static double weight_of(const struct model *m, size_t column, int k)
{
	if (m->nr_class == 2 && m->param.solver_type != MCSVM_CS)
		return k ? -m->w[column] : m->w[column];
	return m->w[column * (size_t)m->nr_class + (size_t)k];
}

void linear_fit(const struct fit_data *data, const struct fit_options *options, double absent,
		double *weights)
{
	struct problem problem = {.l = (int)data->n_rows,
				  .n = (int)data->n_columns,
				  .y = (double *)data->labels,
				  .x = (struct feature_node **)(void *)data->rows,
				  .bias = 1.0};
	struct parameter parameter = {.solver_type = options->solver,
				      .eps = options->tolerance,
				      .C = options->cost,
				      .p = 0.1};
	struct model *model;

	for (size_t k = 0; k < data->n_labels; k++)
		weights[(data->n_columns - 1) * data->n_labels + k] = absent;
	set_print_string_function(no_print);
	srand(1);
	model = train(&problem, &parameter);
	/* liblinear numbers labels by first sight. */
	for (int k = 0; k < model->nr_class; k++)
		for (size_t j = 0; j < data->n_columns; j++)
			weights[j * data->n_labels + (size_t)model->label[k]] =
			    weight_of(model, j, k);
	free_and_destroy_model(&model);
}
