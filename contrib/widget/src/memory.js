// SPDX-License-Identifier: Apache-2.0
// memory.js - the conversation as this browser keeps it: shared by its tabs and pages, capped, and
// forgotten after a day of silence. A browser that refuses storage has it in memory alone.

/**
 * A question on its way. `message` is what goes over the wire, and is dropped once answered.
 * @typedef {{ kind: 'question', id: string, text: string, at: number, message?: any,
 *             state: 'queued' | 'sent' | 'done' | 'failed', why?: string }} Question
 * @typedef {{ kind: 'reply', id: string, at: number, reply: any, vote?: string, chosen?: string,
 *             ticks?: number[], old?: boolean }} Reply
 * @typedef {Question | Reply} Item
 * @typedef {{ version: number, session: string, seq: number, at: number, items: Item[],
 *             votes: any[], region?: string }} State
 */

const MEMORY_VERSION = 1;
const MEMORY_ITEMS = 60;
const MEMORY_HOURS = 24;

class Memory {
	/**
	 * @param {string} kind where: "device" (all tabs), "tab", or "none"
	 * @param {string} key
	 * @param {() => void} onchange another tab changed it
	 */
	constructor(kind, key, onchange) {
		this.key = key;
		this.lead_key = key + ':lead';
		this.tab = new_id();
		this.storage = Memory.storage(kind);
		/** @type {State} */
		this.state = Memory.empty();
		this.onstorage = (/** @type {StorageEvent} */ e) => {
			if (e.key !== key && e.key !== this.lead_key && e.key !== null) return;
			this.read();
			onchange();
		};
		addEventListener('storage', this.onstorage);
		this.read();
	}

	/** @returns {State} */
	static empty() {
		return { version: MEMORY_VERSION, session: '', seq: 0, at: Date.now(), items: [], votes: [] };
	}

	/**
	 * Null where the browser has none or refuses.
	 * @param {string} kind
	 */
	static storage(kind) {
		try {
			const s = kind === 'none' ? null : kind === 'tab' ? sessionStorage : localStorage;
			s?.setItem('wenlu:try', '1');
			s?.removeItem('wenlu:try');
			return s;
		} catch {
			return null;
		}
	}

	read() {
		if (!this.storage) return;
		try {
			const s = JSON.parse(this.storage.getItem(this.key) || 'null');
			const fresh = s && s.version === MEMORY_VERSION && Array.isArray(s.items) &&
				Date.now() - s.at < MEMORY_HOURS * 3600e3;
			this.state = fresh ? s : Memory.empty();
		} catch {
			this.state = Memory.empty();
		}
	}

	/**
	 * Read what other tabs wrote, change it, write it: one step, since tabs take turns.
	 * @param {(state: State) => void} edit
	 */
	change(edit) {
		this.read();
		edit(this.state);
		const s = this.state;
		s.at = Date.now();
		while (s.items.length > MEMORY_ITEMS) s.items.shift();
		while (!this.write() && s.items.length > 2) s.items.splice(0, s.items.length >> 1);
	}

	write() {
		if (!this.storage) return true;
		try {
			this.storage.setItem(this.key, JSON.stringify(this.state));
			return true;
		} catch {
			return false;
		}
	}

	/** Of several tabs one talks to the server: the one that was used last. */
	lead() {
		try {
			this.storage?.setItem(this.lead_key, this.tab);
		} catch {
			/* then this tab leads alone */
		}
	}

	/** True also where nobody leads, or nothing can be stored. */
	leads() {
		const leader = this.storage && this.storage.getItem(this.lead_key);
		return !leader || leader === this.tab;
	}

	yield_lead() {
		if (this.storage?.getItem(this.lead_key) === this.tab) this.storage.removeItem(this.lead_key);
	}

	close() {
		removeEventListener('storage', this.onstorage);
	}
}
