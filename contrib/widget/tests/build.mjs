// SPDX-License-Identifier: Apache-2.0
// build.mjs - what the build made: sizes, names, tags, and what must not be in it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { here, www } from './browser.mjs';
import { done, equal, ok, test } from './tap.mjs';

const top = join(here, '..');
const read = (name) => readFileSync(join(www, name), 'utf8');
const table = read('files.tsv').trim().split('\n').map((l) => l.split('\t'));
const scripts = table.map(([name]) => name).filter((n) => n.endsWith('.js'));
const sources = ['src', 'modules', 'page'].flatMap((d) => readdirSync(join(top, d)).map((f) => join(top, d, f)));

test('the core is under 20 KB compressed', () => {
	const size = readFileSync(join(www, 'wenlu.js.gz')).length;
	console.log(`# core: ${size} bytes`);
	ok(size < 20000, `${size} bytes`);
});
test('no fetched part is over 6 KB compressed', () => {
	for (const [name, , , , , packed] of table.filter(([n]) => /^wenlu-[a-z]/.test(n)))
		ok(Number(packed) < 6000, `${name}: ${packed} bytes`);
});
test('every file has its compressed twin, tag and size in the table', () => {
	for (const [name, etag, , , bytes, packed] of table) {
		const body = readFileSync(join(www, name));
		const zip = readFileSync(join(www, name + '.gz'));
		equal(createHash('sha256').update(body).digest('hex').slice(0, 16), etag, name);
		equal([body.length, zip.length], [Number(bytes), Number(packed)], name);
		ok(gunzipSync(zip).equals(body), name);
	}
	equal(readdirSync(www).filter((f) => !f.endsWith('.gz') && f !== 'files.tsv').sort(), table.map(([n]) => n).sort());
});
test('what may be cached for ever has the version in its name, and only that', () => {
	for (const [name, , , caching] of table) equal(caching === 'forever', /-\d+\.\d+\.\d+-[0-9a-f]{8}\./.test(name), name);
});
test('the scripts parse, and nothing of the build is left in them', () => {
	for (const name of scripts) {
		execFileSync(process.execPath, ['--check', join(www, name)]);
		ok(name === 'page.js' || !/@[A-Z]+@|@param|@type|@returns/.test(read(name)), name);
	}
});
test('building twice makes the same bytes', () => {
	const dir = join(mkdtempSync(join(tmpdir(), 'wenlu-')), 'www');
	execFileSync(join(top, 'build'), [dir]);
	equal(readFileSync(join(dir, 'files.tsv'), 'utf8'), read('files.tsv'));
	equal(readFileSync(join(dir, 'wenlu.js.gz')).equals(readFileSync(join(www, 'wenlu.js.gz'))), true);
});
test('nothing is inserted as HTML, evaluated, or styled inline', () => {
	for (const file of sources) {
		const text = readFileSync(file, 'utf8');
		const found = text.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'|[.]style\b(?!s)(?! &&)(?!\))|style="|srcdoc|document\.cookie/);
		const fine = /m\.style|@STYLE@/;
		ok(!found || (fine.test(text) && found[0] === '.style'), `${file}: ${found && found[0]}`);
	}
});
test('nothing comes from third parties', () => {
	for (const [name] of table) {
		const urls = read(name).match(/https?:\/\/[^\s'"`<>)]+/g) || [];
		const others = urls.filter((u) => !/^http:\/\/www\.w3\.org\/2000\/svg/.test(u) && !/您的服务器/.test(u));
		equal(others, [], name);
	}
});
test('every language says everything', async () => {
	const keys = new Set();
	for (const part of ['src/texts.js', 'modules/cards.js', 'modules/more.js', 'modules/print.js', 'modules/speech.js']) {
		const text = readFileSync(join(top, part), 'utf8');
		const block = text.slice(text.search(/const (TEXTS|texts) = \{/)).split('\n};')[0];
		for (const [, key] of block.matchAll(/^\t(\w+):/gm)) keys.add(key);
	}
	for (const language of ['en', 'zh-Hant']) {
		const texts = (await import(join(top, `modules/lang-${language}.js`))).default;
		equal(Object.keys(texts).sort(), [...keys].sort(), language);
	}
});
test('what is said is defined', () => {
	const text = ['texts', 'view', 'element'].map((f) => readFileSync(join(top, `src/${f}.js`), 'utf8')).join('') +
		['cards', 'more', 'print', 'speech'].map((f) => readFileSync(join(top, `modules/${f}.js`), 'utf8')).join('');
	for (const [, key] of text.matchAll(/\bsay\('(\w+)'[,)]/g)) ok(new RegExp(`^\\t${key}:`, 'm').test(text), key);
});
test('the sources are sound to the type checker', () => {
	const tsc = join(top, 'node_modules/.bin/tsc');
	if (!existsSync(tsc)) return 'typescript is not installed';
	for (const project of ['tsconfig.json', 'tsconfig.modules.json'])
		execFileSync(tsc, ['-p', join(top, project)], { stdio: 'pipe' });
});
test('the lock file names no registry', () => {
	ok(!/"resolved"|https?:\/\//.test(readFileSync(join(top, 'package-lock.json'), 'utf8').replace(/"(url|funding)": ?"[^"]*"/g, '')));
});
await done();
