// SPDX-License-Identifier: Apache-2.0
// tap.mjs - tests that say what is true: test(sentence, function), then done().
const tests = [];

/** @param {string} name @param {() => any} run */
export function test(name, run) {
	tests.push({ name, run });
}

export function ok(value, what) {
	if (!value) throw new Error(what || 'not so');
}

export function equal(is, wanted, what = '') {
	const [a, b] = [JSON.stringify(is), JSON.stringify(wanted)];
	if (a !== b) throw new Error(`${what} is ${a}, wanted ${b}`);
}

/** A test that never ends is ended; one that is slow on a loaded machine is not. */
const PATIENCE_S = 600;

/** Runs them one after the other; `only` names the ones wanted by a part of their sentence. */
export async function done({ after = async () => {} } = {}) {
	const only = process.env.ONLY || '';
	let n = 0;
	let failed = 0;
	for (const { name, run } of tests.filter((t) => t.name.includes(only))) {
		n++;
		try {
			const skip = await Promise.race([
				run(),
				new Promise((_, no) =>
					setTimeout(() => no(new Error(`no end after ${PATIENCE_S} s`)), PATIENCE_S * 1000).unref()
				),
			]);
			console.log(`ok ${n} - ${name}${typeof skip === 'string' ? ' # SKIP ' + skip : ''}`);
		} catch (e) {
			failed++;
			console.log(`not ok ${n} - ${name}`);
			console.log(String(e.stack || e).replace(/^/gm, '# '));
		}
	}
	console.log(`1..${n}`);
	await after();
	process.exit(failed ? 1 : 0);
}
