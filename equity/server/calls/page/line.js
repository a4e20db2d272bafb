// The line to the server: the event stream, what waits to be sent, and drafts that are kept word for word.
// The stream is read with fetch, since an EventSource cannot carry the participant's key.

const QUIET_MS = 25000; // the server says something every 15 seconds

export class Kept {
  // What this browser keeps of one call. Two tabs share it; another tab's writing is taken over.
  constructor(token) {
    this.name = `equity-call:${token}`;
    this.held = this.read();
    addEventListener("storage", (event) => { if (event.key === this.name) this.held = this.read(); });
  }
  read() {
    try { return { drafts: {}, outbox: [], mine: {}, votes: {}, ...JSON.parse(localStorage.getItem(this.name) || "{}") }; }
    catch { return { drafts: {}, outbox: [], mine: {}, votes: {} }; }
  }
  change(change) {
    this.held = this.read();
    change(this.held);
    try { localStorage.setItem(this.name, JSON.stringify(this.held)); } catch { /* a private window: kept while it is open */ }
  }
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Line {
  constructor(at, headers, hear, tell) {
    Object.assign(this, { at, headers, hear, tell, last: 0, over: false, connected: false, tries: 0, reader: null });
    addEventListener("online", () => this.again());
    addEventListener("offline", () => { if (!this.over) { this.set(false); this.abort?.abort(); } });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.again(); });
    setInterval(() => { if (this.connected && Date.now() - this.heard > QUIET_MS) this.again(); }, 2000);
    this.listen();
  }
  again() { // wake a line that has slept; one that is well is left alone
    if (this.over) return;
    if (this.connected && Date.now() - this.heard < 5000) return;
    this.abort?.abort();
    this.wake?.();
  }
  async listen() {
    while (!this.over) {
      try { await this.once(); } catch { /* said below */ }
      if (this.over) return;
      this.set(false);
      this.tries += 1;
      const wait = Math.min(3000, 300 * this.tries) + Math.random() * 900;
      await new Promise((resolve) => { this.wake = resolve; setTimeout(resolve, wait); });
    }
  }
  async once() {
    this.abort = new AbortController();
    const answer = await fetch(`${this.at}/events?after=${this.last}`, { headers: this.headers(), signal: this.abort.signal, cache: "no-store" });
    if (!answer.ok) {
      const { error } = await answer.json().catch(() => ({ error: "" }));
      if ([401, 403, 404, 410].includes(answer.status)) { this.over = true; this.tell("refused", answer.status, error); }
      throw new Error(error);
    }
    this.tries = 0; this.heard = Date.now(); this.set(true);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      this.heard = Date.now();
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      for (const part of parts) this.message(part);
    }
  }
  message(text) {
    const found = {};
    for (const line of text.split("\n")) {
      const at = line.indexOf(": ");
      if (at > 0) found[line.slice(0, at)] = line.slice(at + 2);
    }
    if (!found.event) return;
    this.hear(found.event, JSON.parse(found.data));
    if (found.id) this.last = Math.max(this.last, Number(found.id));
    if (found.event === "end") this.over = true;
  }
  set(connected) {
    if (this.connected !== connected) { this.connected = connected; this.tell(connected ? "connected" : "lost"); }
  }
}

export async function post(at, headers, body) {
  return fetch(at, { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export class Outbox {
  // Contributions wait here until the server has answered. Each carries its own id, so sending twice adds once.
  constructor(at, headers, kept, told) {
    Object.assign(this, { at, headers, kept, told, busy: false });
    setInterval(() => this.flush(), 2500);
  }
  put(contribution) {
    this.kept.change((held) => held.outbox.push(contribution));
    return this.flush();
  }
  async flush() {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.kept.held.outbox[0]; next; next = this.kept.held.outbox[0]) {
        const answer = await post(`${this.at}/contributions`, this.headers(), next);
        if (answer.status === 429 || answer.status >= 500) { if (answer.status === 429) this.told("too_much"); break; }
        const said = await answer.json();
        this.kept.change((held) => {
          held.outbox = held.outbox.filter((each) => each.client_id !== next.client_id);
          if (answer.ok) held.mine[said.id] = next.client_id;
          else held.drafts[`${next.card}/${next.stage}`] = next.words;
        });
        this.told(answer.ok ? "sent" : "not_sent", said.error || "", next);
      }
    } catch { this.told("kept_to_send"); } finally { this.busy = false; }
  }
}
