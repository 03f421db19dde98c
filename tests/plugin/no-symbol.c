/* SPDX-License-Identifier: Apache-2.0 */
/* no-symbol.c - a shared object, but no plugin. */
__attribute__((visibility("default"))) int plugin_init(void);
int plugin_init(void)
{
	return 0;
}
