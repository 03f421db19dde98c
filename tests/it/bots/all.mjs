// SPDX-License-Identifier: Apache-2.0
// all.mjs - every platform against one daemon: each file declares its tests and what it needs.
// WORKERS=3 has it run with so many workers.
import fs from "node:fs";
import { Daemon, Interface, ok, run, test } from "./lib.mjs";
import * as dingtalk from "./dingtalk.mjs";
import * as feishu from "./feishu.mjs";
import * as late from "./late.mjs";
import * as qq from "./qq.mjs";
import * as telegram from "./telegram.mjs";
import * as wechat from "./wechat.mjs";
import * as wecom from "./wecom.mjs";

// Of each: sections(base of the interface), secrets, and declare({ daemon, outside }).
const platforms = [wechat, wecom, feishu, telegram, dingtalk, qq, late];

const outside = new Interface();
await outside.start();
const secrets = Object.assign({}, ...platforms.map((p) => p.secrets));
const daemon = new Daemon(platforms.map((p) => p.sections(outside.base)).join("\n"), secrets, process.env.WORKERS ? [`workers=${process.env.WORKERS}`] : []);
try {
	await daemon.start();
	for (const p of platforms) p.declare({ daemon, outside });
	test("the daemon lives through all of it", async () => {
		if ((await fetch(`${daemon.base}/healthz`)).status !== 200) throw new Error(daemon.log());
	});
	test("nobody's name, word or secret is in the log or the state folder", async () => {
		const files = fs.readdirSync(`${daemon.dir}/state`).map((name) => [name, fs.readFileSync(`${daemon.dir}/state/${name}`)]);
		files.push(["the log", Buffer.from(daemon.log())]);
		ok(files.some(([name, bytes]) => name.startsWith("notes.db") && bytes.length > 0), "something was kept", files.map(([name]) => name));
		const people = ["oUser-of-WeChat", "oChooser-", "zhangsan-of-wecom", "ou_somebody", "LWCP_v1", "staff1"];
		const words = ["鼓楼区居住证怎么办", "南京居住证多久能办下来", "杭州居住证多久能办下来"];
		for (const [what, all] of [["who wrote", people], ["what was typed", words], ["a secret", Object.values(secrets)]])
			ok(!files.some(([, bytes]) => all.some((text) => bytes.includes(text))), `${what} is neither in the log nor in the state folder`, files.flatMap(([name, bytes]) => all.filter((text) => bytes.includes(text)).map(() => name)));
	});
	await run();
} finally {
	await daemon.stop();
	outside.stop();
	daemon.remove();
}
