// SPDX-License-Identifier: Apache-2.0
// fake-server.mjs - a server that speaks the wire of wenlu.v1 with a few answers learnt by heart.
//
// It stands in for the daemon where a test has to make the line misbehave. Its conversations can be
// kept in a file, so that it can be killed and started again as the daemon can.
//
//   node fake-server.mjs --www DIR [--port N] [--state FILE]
//
// Prints "port N" when it listens. POST /__test with JSON changes how it behaves, GET /__test tells
// what it received.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fault, reply_to, suggestions } from './replies.mjs';

const { values: options } = parseArgs({
	options: { www: { type: 'string' }, port: { type: 'string' }, state: { type: 'string' } },
});
const CACHING = { forever: 'public, max-age=31536000, immutable', revalidate: 'no-cache', never: 'no-store' };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
	"img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
const STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'";

/* How it behaves now. */
const mood = { websocket: true, http: true, answer: true, delay: 0, drop_after: false, stale: false, limit: 0, draining: false };
const received = [];
const requests = [];
/** token -> { seq, replies, options } */
let sessions = new Map();
const sockets = new Set();

if (options.state && existsSync(options.state)) sessions = new Map(JSON.parse(readFileSync(options.state, 'utf8')));
const save = () => options.state && writeFileSync(options.state, JSON.stringify([...sessions]));

function session_of(token) {
	if (token && sessions.has(token)) return [token, sessions.get(token)];
	const fresh = randomBytes(16).toString('base64url');
	sessions.set(fresh, { seq: 0, replies: [], options: [] });
	save();
	return [fresh, sessions.get(fresh)];
}

const welcome = (name, s, resumed, reply_to) => ({ type: 'welcome', seq: s.seq, reply_to, session: name, resumed,
	protocol: 'wenlu.v1', text: resumed ? '欢迎回来，请继续提问。' : '您好，请直接输入要问的问题。' });

/** What comes back for one message: a list, since a hello brings what was missed. */
function handle(m, token) {
	received.push(m);
	if (m.type === 'hello') {
		const known = sessions.has(m.session);
		const [name, s] = session_of(known ? m.session : token);
		return [name, [welcome(name, s, known, m.id), ...(known ? s.replies.filter((r) => r.seq > (m.seq || 0)) : [])]];
	}
	const [name, s] = session_of(token);
	const envelope = () => ({ seq: ++s.seq, reply_to: m.id, session: name });
	if (m.type === 'suggest') return [name, [{ type: 'suggestions', ...envelope(), suggestions: suggestions(m.text) }]];
	if (m.type === 'feedback') return [name, [{ type: 'noted', ...envelope(), text: '谢谢您的反馈。' }]];
	if (!mood.answer) return [name, []];
	if (mood.draining) return [name, [{ type: 'error', ...envelope(), code: 'draining', message: '服务正在重启，请稍后重新连接。' }]];
	if (mood.limit > 0) {
		mood.limit--;
		return [name, [{ type: 'error', seq: ++s.seq, session: name, code: 'rate_limited', message: '提问太频繁，请 1 秒后再试。', retry_after: 1 }]];
	}
	const body = fault(m) || reply_to(m, s);
	if (mood.stale && body.answer) body.answer.stale = true;
	const { type, ...rest } = body;
	const reply = { type, ...envelope(), ...rest };
	if (type !== 'error') s.replies = [...s.replies, reply].slice(-20);
	save();
	return [name, [reply]];
}

/* WebSocket: text frames, ping, close; enough for a browser. */
function frame(text, opcode = 1) {
	const body = Buffer.from(text);
	const head = body.length < 126 ? Buffer.from([0x80 | opcode, body.length]) :
		body.length < 65536 ? Buffer.from([0x80 | opcode, 126, body.length >> 8, body.length & 255]) :
			Buffer.concat([Buffer.from([0x80 | opcode, 127, 0, 0, 0, 0]), Buffer.from(Uint32Array.of(body.length).buffer).reverse()]);
	return Buffer.concat([head, body]);
}

function* frames(state) {
	for (;;) {
		const b = state.buffer;
		if (b.length < 6) return;
		let length = b[1] & 127;
		let at = 2;
		if (length === 126) { length = b.readUInt16BE(2); at = 4; }
		if (length === 127) { length = Number(b.readBigUInt64BE(2)); at = 10; }
		if (b.length < at + 4 + length) return;
		const mask = b.subarray(at, at + 4);
		const body = Buffer.from(b.subarray(at + 4, at + 4 + length));
		for (let i = 0; i < body.length; i++) body[i] ^= mask[i & 3];
		state.buffer = b.subarray(at + 4 + length);
		yield [b[0] & 15, body.toString()];
	}
}

function talk(socket) {
	const [fresh, s] = session_of('');
	const state = { buffer: Buffer.alloc(0), token: fresh };
	socket.write(frame(JSON.stringify(welcome(fresh, s, false))));
	sockets.add(socket);
	socket.on('close', () => sockets.delete(socket));
	socket.on('error', () => {});
	socket.on('data', (data) => {
		state.buffer = Buffer.concat([state.buffer, data]);
		for (const [opcode, text] of frames(state)) {
			if (opcode === 8) { socket.end(frame('', 8)); return; }
			if (opcode === 9) { socket.write(frame(text, 10)); continue; }
			if (opcode !== 1) continue;
			let m;
			try { m = JSON.parse(text); } catch { m = { type: 'ask', text }; }
			const [token, out] = handle(m, state.token);
			state.token = token;
			if (mood.drop_after && m.type === 'ask') { mood.drop_after = false; socket.destroy(); return; }
			setTimeout(() => out.forEach((r) => socket.writable && socket.write(frame(JSON.stringify(r)))),
				m.type === 'hello' || m.type === 'suggest' ? 0 : mood.delay);
		}
	});
}

/* Files, as the table says. */
const table = new Map(readFileSync(join(options.www, 'files.tsv'), 'utf8').trim().split('\n').map((l) => {
	const [name, etag, media, caching] = l.split('\t');
	return [name, { etag, media, caching }];
}));

const PAGES = {
	'/strict.html': [STRICT, '<script src="/wenlu.js" data-region="410100" defer></script>'],
	'/trusted.html': [STRICT + "; require-trusted-types-for 'script'; trusted-types 'none'", '<script src="/wenlu.js" defer></script>'],
	'/second.html': [POLICY, '<script src="/wenlu.js" data-region="410100" defer></script>'],
	'/tab.html': [POLICY, '<script src="/wenlu.js" data-memory="tab" defer></script>'],
	'/inline.html': [POLICY, '<wenlu-chat mode="inline" region="310000" region-name="上海市"></wenlu-chat><script src="/wenlu.js" defer></script>'],
	'/rtl.html': [POLICY, '<script src="/wenlu.js" defer></script>', 'dir="rtl"'],
	'/elder.html': [POLICY, '<script src="/wenlu.js" data-elder data-theme="dark" data-lang="zh-Hant" defer></script>'],
};

function escape(text) {
	return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function form(q, region) {
	let answer = '';
	if (q) {
		const [, [reply]] = handle({ type: 'ask', text: q, region }, '');
		const next = [...(reply.options || []), ...(reply.related || [])]
			.map((o) => `<li><button type="submit" name="q" value="${escape(o.text)}">${escape(o.text)}</button></li>`).join('');
		answer = `<section class="answer" aria-labelledby="a"><h2 id="a">回答</h2><p class="words">${escape(reply.text)}</p>` +
			`${next && `<form action="ask" method="post" accept-charset="utf-8"><ul>${next}</ul></form>`}</section>`;
	}
	const page = readFileSync(join(options.www, 'ask.html'), 'utf8');
	const values = { QUESTION: escape(q), ANSWER: answer, REGION: escape(region), SESSION: '', REGION_NAME: region ? escape(region) : '不指定（全国）' };
	const listed = page.includes(`@IS ${region}@`);
	values.REGION_OTHER = region && !listed ? `<option value="${escape(region)}" selected>${escape(region)}</option>` : '';
	return page.replace(/@IS ([^@]*)@/g, (whole, code) => code === region ? ' selected' : '')
		.replace(/@([A-Z_]+)@/g, (whole, key) => values[key] ?? whole);
}

function body_of(request) {
	return new Promise((done) => {
		const chunks = [];
		request.on('data', (c) => chunks.push(c));
		request.on('end', () => done(Buffer.concat(chunks).toString()));
	});
}

const server = createServer(async (request, response) => {
	const url = new URL(request.url, 'http://x');
	const send = (status, headers, text) => response.writeHead(status, { 'X-Content-Type-Options': 'nosniff', ...headers }).end(text);
	if (url.pathname === '/__test') {
		if (request.method === 'POST') Object.assign(mood, JSON.parse(await body_of(request)));
		if (url.searchParams.has('cut')) sockets.forEach((s) => s.destroy());
		send(200, { 'Content-Type': 'application/json' }, JSON.stringify({ received, requests, sockets: sockets.size }));
		return;
	}
	requests.push(`${request.method} ${url.pathname}`);
	if (url.pathname === '/v1/ask') {
		if (!mood.http) { request.socket.destroy(); return; }
		const cors = { 'Access-Control-Allow-Origin': '*' };
		const m = request.method === 'POST' ? JSON.parse(await body_of(request)) : { type: 'ask', text: url.searchParams.get('q') };
		if (m.type !== 'ask' && m.type !== 'choose') {
			send(400, { 'Content-Type': 'application/json', ...cors }, JSON.stringify({ type: 'error', code: 'bad_type', message: 'HTTP 只支持 ask 和 choose。', text: '' }));
			return;
		}
		const [, [reply]] = handle(m, m.session);
		if (!reply) return;
		setTimeout(() => send(200, { 'Content-Type': 'application/json', ...cors }, JSON.stringify(reply)), mood.delay);
		return;
	}
	if (url.pathname === '/healthz' || url.pathname === '/v1/suggest') {
		if (!mood.http) { request.socket.destroy(); return; }
		send(200, { 'Content-Type': 'application/json' }, JSON.stringify(url.pathname === '/healthz' ? { status: 'ok' } :
			{ suggestions: suggestions(url.searchParams.get('q')) }));
		return;
	}
	if (url.pathname === '/ask') {
		const fields = request.method === 'POST' ? new URLSearchParams(await body_of(request)) : url.searchParams;
		send(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' },
			form(fields.get('q') || '', fields.get('region') || ''));
		return;
	}
	if (url.pathname === '/elsewhere.html') {
		const other = url.searchParams.get('server');
		send(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': `default-src 'none'; script-src 'self'; connect-src ${other} ${other.replace(/^http/, 'ws')}` },
			`<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>页面</title><body><main><h1>页面</h1></main>` +
			`<script src="/wenlu.js" data-server="${escape(other)}" data-region="${escape(url.searchParams.get('region') || '')}" defer></script></body></html>`);
		return;
	}
	if (PAGES[url.pathname]) {
		const [policy, body, attribute] = PAGES[url.pathname];
		send(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
			`<!doctype html><html lang="zh-Hans" ${attribute || ''}><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
			`<title>页面</title><body><main><h1>页面</h1><p>内容</p><a href="/second.html">另一页</a></main>${body}</body></html>`);
		return;
	}
	const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
	const file = table.get(name);
	if (!file) { send(404, { 'Content-Type': 'text/plain' }, '没有这个页面'); return; }
	const gzip = /gzip/.test(request.headers['accept-encoding'] || '');
	const etag = `"${file.etag}${gzip ? '-gz' : ''}"`;
	const headers = { ETag: etag, 'Content-Type': file.media, 'Cache-Control': CACHING[file.caching], Vary: 'Accept-Encoding',
		'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin',
		...(file.media.includes('html') && { 'Content-Security-Policy': POLICY }) };
	if (request.headers['if-none-match'] === etag) { send(304, headers); return; }
	if (gzip) headers['Content-Encoding'] = 'gzip';
	send(200, headers, readFileSync(join(options.www, name + (gzip ? '.gz' : ''))));
});

server.on('upgrade', (request, socket) => {
	requests.push(`UPGRADE ${request.url}`);
	if (!mood.websocket || request.url !== '/v1/ws') {
		socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
		return;
	}
	const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
	socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
		`${request.headers['sec-websocket-protocol'] ? 'Sec-WebSocket-Protocol: wenlu.v1\r\n' : ''}\r\n`);
	talk(socket);
});
server.listen(Number(options.port || 0), '127.0.0.1', () => console.log(`port ${server.address().port}`));
