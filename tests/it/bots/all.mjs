// SPDX-License-Identifier: Apache-2.0
// all.mjs - every platform against one daemon: each file declares its tests and what it needs.
import { Daemon, Interface, run, test } from "./lib.mjs";
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
const daemon = new Daemon(platforms.map((p) => p.sections(outside.base)).join("\n"), Object.assign({}, ...platforms.map((p) => p.secrets)));
try {
	await daemon.start();
	for (const p of platforms) p.declare({ daemon, outside });
	test("the daemon lives through all of it", async () => {
		if ((await fetch(`${daemon.base}/healthz`)).status !== 200) throw new Error(daemon.log());
	});
	await run();
} finally {
	await daemon.stop();
	outside.stop();
	daemon.remove();
}
