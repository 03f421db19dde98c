// SPDX-License-Identifier: Apache-2.0
// all.mjs - every test, as one stream of TAP.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { here } from './browser.mjs';

let n = 0;
let failed = 0;

/** One file; its lines come out when it has ended, so that two may run at once. */
async function run(file) {
	const child = spawn(process.execPath, [here + file], { stdio: ['ignore', 'pipe', 'inherit'] });
	const lines = [];
	for await (const line of createInterface(child.stdout)) lines.push(line);
	const code = await new Promise((done) => (child.exitCode === null ? child.on('exit', done) : done(child.exitCode)));
	let tests = 0;
	for (const line of lines) {
		const found = /^(not ok|ok) \d+ - (.*)/.exec(line);
		if (found) {
			tests++;
			if (found[1] === 'not ok') failed++;
			console.log(`${found[1]} ${++n} - ${found[2]}`);
		} else if (!/^1\.\./.test(line)) {
			console.log(line);
		}
	}
	if (code && !lines.some((l) => l.startsWith('not ok'))) {
		failed++;
		console.log(`not ok ${++n} - ${file} ends well`);
	} else if (!tests) {
		failed++;
		console.log(`not ok ${++n} - ${file} has tests`);
	}
}

await run('build.mjs');
await run('real.mjs');
await Promise.all([run('talk.mjs'), run('access.mjs')]);
console.log(`1..${n}`);
console.log(`# ${n - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
