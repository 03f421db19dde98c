# SPDX-License-Identifier: Apache-2.0
# The widget and its pages: made by a small shell script, served by the daemon from share/wenlu/www.

widget_sources = \
	contrib/widget/src/base.js contrib/widget/src/texts.js contrib/widget/src/memory.js \
	contrib/widget/src/link.js contrib/widget/src/talk.js contrib/widget/src/view.js \
	contrib/widget/src/element.js contrib/widget/src/style.css \
	contrib/widget/modules/cards.js contrib/widget/modules/lang-en.js \
	contrib/widget/modules/lang-zh-Hant.js contrib/widget/modules/more.js \
	contrib/widget/modules/more.css contrib/widget/modules/print.js \
	contrib/widget/modules/speech.js \
	contrib/widget/page/index.html contrib/widget/page/page.css contrib/widget/page/page.js \
	contrib/widget/page/ask.html

EXTRA_DIST += $(widget_sources) contrib/widget/build contrib/widget/test contrib/widget/README.md \
	contrib/widget/package.json contrib/widget/package-lock.json contrib/widget/.npmrc \
	contrib/widget/tsconfig.json contrib/widget/tsconfig.modules.json contrib/widget/tests
noinst_DATA += www/files.tsv
CLEANFILES += www/files.tsv

www/files.tsv: contrib/widget/build $(widget_sources)
	$(AM_V_GEN)$(SHELL) $(srcdir)/contrib/widget/build www $(VERSION)

# Names with a version in them are known only once they are made.
install-data-hook: www/files.tsv
	$(MKDIR_P) '$(DESTDIR)$(pkgdatadir)/www'
	cd www && for f in *; do $(INSTALL_DATA) "$$f" '$(DESTDIR)$(pkgdatadir)/www/' || exit 1; done
uninstall-hook:
	rm -rf '$(DESTDIR)$(pkgdatadir)/www'
clean-www:
	rm -rf www
.PHONY: clean-www
