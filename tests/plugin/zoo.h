/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zoo.h - what the animals of the zoo have in common: plugins that are broken, each in one way.
 *
 * Every animal is one NAME.c, built as NAME.so; zoo.c loads each and says what must happen. Their
 * guide is the string below: they speak for Hangzhou and know how long a permit takes.
 */
#ifndef TESTS_PLUGIN_ZOO_H
#define TESTS_PLUGIN_ZOO_H

#include <wenlu/plugin.h>

#define ZOO_GUIDE(name)                                                           \
	static const char zoo_guide[] =                                           \
	    "guide: 1\n"                                                          \
	    "name: " name "\n"                                                    \
	    "title: 杭州市居住证办事指南\n"                             \
	    "version: 1.0.0\n"                                                    \
	    "contact: 测试\n"                                                   \
	    "regions:\n"                                                          \
	    "  - code: \"330100\"\n"                                              \
	    "sources:\n"                                                          \
	    "  - {id: T1, title: 测试来源, kind: article, as_of: \"2025\", "  \
	    "review_by: \"2099-12-31\"}\n"                                        \
	    "topics:\n"                                                           \
	    "  permit.timing:\n"                                                  \
	    "    source: T1\n"                                                    \
	    "    summary: 据资料（未核实），杭州约2个工作日。\n" \
	    "    steps:\n"                                                        \
	    "      - 据资料（未核实），先登记。\n"                   \
	    "    timing:\n"                                                       \
	    "      - {stage: 整体, max: 2, unit: working_day}\n"

/* An animal with code: `name` in quotes, `answer` the function. */
#define ZOO_ANIMAL(animal_name, answer_function)                                         \
	ZOO_GUIDE(animal_name);                                                          \
	WENLU_PLUGIN(.name = animal_name, .version = NULL, WENLU_GUIDE_ARRAY(zoo_guide), \
		     .claims = NULL, .answer = (answer_function))

#endif
