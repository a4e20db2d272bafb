// What whoever leads sees and does besides: moves, counts by lens, what is not reached, the scribe, hiding, ending.

import { newId, post } from "./line.js";
import { el, named, status, t, told } from "./view.js";

export class Lead {
  constructor({ at, headers, call, place, line }) {
    Object.assign(this, { at, headers, call, place, line, known: null });
    document.body.classList.add("lead");
    this.wrote = el("span", { class: "small" });
    const go = (name, by) => el("button", { onclick: () => this.step(by), "aria-label": t(name) }, by < 0 ? "◂" : "▸");
    this.reveal = el("button", { class: "first", onclick: () => this.do(this.revealing()) }, t("reveal"));
    this.stages = el("select", { "aria-label": t("stages"), onchange: () => this.do({ do: "move", stage: this.stages.value }) });
    this.cards = el("select", { "aria-label": t("cards"), onchange: () => this.do({ do: "move", card: Number(this.cards.value) }) });
    const present = el("button", { "aria-pressed": "false", onclick: () => {
      const on = document.body.classList.toggle("presenting");
      present.setAttribute("aria-pressed", String(on)); this.fit(); dispatchEvent(new Event("resize"));
    } }, t("present"));
    this.bar = el("footer", { class: "bar", "aria-label": t("lead_title") }, [go("back", -1), this.stages, go("next", 1), this.cards, this.reveal, this.wrote, present,
      el("button", { onclick: () => confirm(t("end_sure")) && this.do({ do: "end" }) }, t("end_call"))]);
    document.body.append(this.bar);
    this.beside();
  }
  async do(what) {
    try {
      const answer = await post(`${this.at}/lead`, this.headers(), what);
      const said = await answer.json();
      if (!answer.ok) { status(said.error); return; }
      this.known = said; status(""); this.tell();
    } catch { status(t("not_connected")); }
  }
  async ask() {
    try {
      const answer = await fetch(`${this.at}/lead`, { headers: this.headers() });
      const said = await answer.json();
      if (answer.ok) { this.known = said; this.tell(); } else status(said.error);
    } catch { /* asked again with the next change */ }
  }
  step(by) {
    const { state } = this.call, last = state.card === state.cards; // what is weighed is weighed once, after the last picture
    const agenda = state.agenda.map((item) => item.stage).filter((stage) => stage !== "weigh" || last || stage === state.stage), at = agenda.indexOf(state.stage) + by;
    if (at >= 0 && at < agenda.length) return this.do({ do: "move", stage: agenda[at] });
    const card = state.card + by;
    if (card < 1 || card > state.cards) return null;
    return this.do(by > 0 ? { do: "move", card, stage: agenda[0] } : { do: "move", card });
  }
  revealing() {
    const { state } = this.call;
    if (state.stage !== "weigh") return { do: "move", stage: "reveal" };
    return { do: state.weights_revealed ? "weigh_again" : "reveal_weights" };
  }
  hide(each) {
    const reason = prompt(t("hide_reason"));
    if (reason) this.do({ do: "hide", contribution: each.id, reason });
  }
  fit() { // while presenting, the whole picture stands over the bar; text never gets smaller than three quarters
    const block = this.place.picture, on = document.body.classList.contains("presenting");
    block.style.zoom = 1;
    if (!on || !block.querySelector(".main-svg")) return;
    const room = innerHeight - this.bar.offsetHeight - block.getBoundingClientRect().top - scrollY - 8;
    const figure = block.querySelector(".figure");
    const needed = figure.getBoundingClientRect().bottom - block.getBoundingClientRect().top;
    block.style.zoom = Math.min(1.6, Math.max(0.75, room / needed));
  }
  beside() {
    this.line_ = el("p", { class: "hint" });
    this.reached = el("ul", { class: "small" });
    this.counts_ = el("p", { class: "small" });
    this.prompts = el("ul", {});
    this.offers = el("div", {});
    const lens = el("select", {}, ["team", ...told.lenses].map((each) => el("option", { value: each }, named(each))));
    const box = el("textarea", { maxlength: 4000 });
    const form = el("form", {}, [el("label", {}, [t("scribe"), box]), el("label", {}, [t("scribe_lens"), lens]), el("button", { class: "first" }, t("send"))]);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!box.value.trim()) return;
      await this.do({ do: "scribe", words: box.value, lens: lens.value, client_id: newId() });
      box.value = "";
    });
    const name = el("input", { maxlength: 80 });
    const over = el("form", {}, [el("label", {}, [t("hand_over"), name]), el("button", {}, t("save"))]);
    over.addEventListener("submit", (event) => { event.preventDefault(); if (name.value.trim()) this.do({ do: "hand_over", name: name.value }); });
    this.place.beside.replaceChildren(el("h2", {}, t("say")), this.line_, this.counts_, this.prompts, this.offers, form, el("h2", {}, t("not_reached")), this.reached, el("details", {}, [el("summary", {}, t("more")), over]));
  }
  all() {
    const { state } = this.call;
    this.stages.replaceChildren(...state.agenda.map((item) => el("option", { value: item.stage, selected: item.stage === state.stage }, told.stages[item.stage])));
    this.stages.value = state.stage;
    this.cards.replaceChildren(...Array.from({ length: state.cards }, (_, i) => el("option", { value: i + 1 }, t("card_of", { n: i + 1, all: state.cards }))));
    this.cards.value = state.card; this.cards.hidden = state.cards < 2;
    const weighing = state.stage === "weigh";
    this.reveal.hidden = !weighing && state.revealed;
    this.reveal.textContent = t(weighing ? (state.weights_revealed ? "weigh_again" : "reveal_weights") : "reveal");
    this.counts(); this.ask();
  }
  counts() {
    const { state, voices, presence } = this.call;
    if (!state) return;
    const written = [...voices.values()].filter((each) => each.card === state.card && each.stage === state.stage && !each.withdrawn && !each.hidden);
    const guessing = (state.stage === "predict" && !state.revealed) || state.stage === "weigh";
    const people = new Set(written.map((each) => each.name ? `${each.name}/${each.lens}` : each.id));
    const lenses = guessing ? presence.answered.lenses : written.reduce((found, each) => ({ ...found, [each.lens]: (found[each.lens] ?? 0) + 1 }), {});
    const n = guessing ? presence.answered.count : Math.min(people.size, Math.max(presence.participants, 1));
    this.wrote.textContent = [t("wrote", { n, all: presence.participants }), ...Object.entries(lenses ?? {}).map(([lens, count]) => `${named(lens)} ${count}`)].join(" · ");
    this.counts_.textContent = this.wrote.textContent;
    clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 1500);
  }
  tell() {
    if (!this.known) return;
    this.line_.textContent = this.known.line;
    this.prompts.replaceChildren(...(this.known.prompts ?? []).map((said) => el("li", {}, said)));
    const offered = this.known.offers ?? [];
    this.offers.replaceChildren(...(offered.length ? [el("h2", {}, t("offers")), ...offered.map((each) => el("p", {}, [el("span", {}, t("offered_by", { question: each.asked || each.question, name: each.name })), " ",
      el("button", { onclick: () => this.do({ do: "take_offer", offer: each.id }) }, t("add_offer"))]))] : []));
    const rest = this.known.not_reached;
    this.reached.replaceChildren(...(rest.length ? rest.map((each) => el("li", {}, `${t("card_of", { n: each.card, all: this.call.state?.cards ?? "" })}: ${each.title}`)) : [el("li", {}, t("all_reached"))]));
  }
  ended() { this.bar.remove(); this.place.beside.replaceChildren(); }
}
