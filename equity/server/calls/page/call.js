// The way in: joining, the state of the call, and what goes where on the page.

import { Kept, Line, Outbox, newId, post } from "./line.js";
import { ahead, draw, sketched, strip, table } from "./picture.js";
import { Weigh } from "./weigh.js";
import { about, clock, el, english, guessForm, joinForm, named, say, spoken, status, t, told, voice, wish } from "./view.js";

const main = document.getElementById("main");
const codeForm = document.querySelector("form[data-code]");
if (codeForm) {
  codeForm.addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = `${told.base}/call/${encodeURIComponent(new FormData(codeForm).get("code").trim().replace(/[\s_–—]+/g, "-"))}${location.search}`;
  });
} else if (told.lenses) begin();

function begin() {
  const token = location.pathname.split("/").pop();
  const at = `${told.base}/call/${token}`;
  const kept = new Kept(token);
  const leading = new URLSearchParams(location.hash.slice(1)).get("lead") || sessionStorage.getItem(`lead:${token}`);
  if (leading) { sessionStorage.setItem(`lead:${token}`, leading); history.replaceState(null, "", location.pathname + location.search); }
  if (leading || kept.held.key) return room(token, at, kept, leading);
  main.replaceChildren(joinForm(told.title, async (name, lens) => {
    try {
      const answer = await post(`${at}/join`, wish, { name, lens });
      const said = await answer.json();
      if (!answer.ok) return status(said.error);
      status("");
      kept.change((held) => Object.assign(held, { key: said.participant, name, lens }));
      room(token, at, kept, null);
    } catch { status(t("not_connected")); }
  }));
}

function room(token, at, kept, leading) {
  const headers = () => ({ ...wish, ...(leading ? { "X-Lead": leading } : { "X-Participant": kept.held.key }) });
  const place = Object.fromEntries(["stage", "question", "picture", "guesses", "weigh", "write", "others", "here", "beside"].map((name) => [name, el("section", { class: name })]));
  const first = el("div", {}, [place.stage, place.question, place.picture, place.guesses, place.weigh, place.write, place.others, place.here]);
  main.replaceChildren(el("div", { class: "room" }, [first, place.beside]));
  const call = { state: null, presence: { participants: 0, lenses: {}, answered: { count: 0 } }, voices: new Map(), since: 0, drawn: "", writing: "", shown: "" };
  const weigh = new Weigh({ at, headers, place: place.weigh, leading, kept });
  let lead = null, wording = null;
  place.stage.append(el("p", {}, t("waiting")));

  const outbox = new Outbox(at, headers, kept, (what, why) => {
    sentLine(what === "not_sent" ? t("not_sent", { why }) : t(what));
    others();
  });
  const line = new Line(at, headers, hear, (what, code, why) => {
    if (what === "lost") status(t("not_connected"));
    if (what === "connected") { status(""); outbox.flush(); }
    if (what === "refused") {
      if (code === 401) { kept.change((held) => { delete held.key; }); begin(); }
      status(why);
    }
  });

  function hear(name, content) {
    if (name === "state") {
      const before = call.state;
      call.state = content; call.since = performance.now() - content.elapsed * 1000;
      if (!before || before.stage !== content.stage || before.card !== content.card) say(`${told.stages[content.stage]}. ${told.asks[content.stage]}`);
      all();
    } else if (name === "presence") { call.presence = content; here(); lead?.counts(); }
    else if (name === "contribution") { call.voices.set(content.id, content); later(); }
    else if (name === "votes") { const found = call.voices.get(content.contribution); if (found) { found.votes = content.votes; later(); } }
    else if (name === "end") { say(t("ended")); ended(); }
  }

  let soon = 0; // many messages at once are drawn once
  function later() { if (!soon) soon = requestAnimationFrame(() => { soon = 0; others(); lead?.counts(); }); }

  function all() {
    const { state } = call;
    document.body.classList.toggle("seen", state.revealed);
    const weighing = state.stage === "weigh"; // what is weighed stands in front, the picture behind
    place.picture.hidden = place.question.hidden = place.guesses.hidden = weighing;
    if (weighing) weigh.show(state); else weigh.hide();
    stage(); here(); others(); write(); picture();
    const question = `${state.card}:${state.question}`;
    if (place.question.dataset.of !== question) {
      place.question.dataset.of = question;
      place.question.replaceChildren(el("h1", english, state.question),
        state.cards > 1 ? el("p", { class: "small" }, t("card_of", { n: state.card, all: state.cards })) : "",
        t("other_language") ? el("p", { class: "small" }, t("other_language")) : "");
    }
    lead?.all();
  }

  function stage() {
    const { state } = call;
    const left = el("span", { class: "small", "aria-hidden": "true" });
    place.stage.replaceChildren(el("div", { class: "now" }, [el("strong", {}, told.stages[state.stage]), left]), el("p", {}, told.asks[state.stage]));
    call.tick = () => {
      if (!state.minutes) return;
      const seconds = state.minutes * 60 - (performance.now() - call.since) / 1000;
      left.textContent = t(seconds >= 0 ? "minutes_left" : "over_time", { time: clock(seconds) });
    };
    call.tick();
  }
  setInterval(() => call.tick?.(), 1000);

  async function picture() {
    const { state } = call, wanted = `${state.card}:${state.revealed}`;
    if (call.drawn === wanted) return;
    call.drawn = wanted;
    place.guesses.replaceChildren();
    if (!state.revealed) {
      place.picture.replaceChildren(el("p", { class: "small" }, t("not_yet")));
      ahead(told.plotly);
      return;
    }
    place.picture.replaceChildren(el("p", { class: "small" }, t("loading")));
    try { await Promise.all([revealed(wanted), guessed(wanted)]); }
    catch { if (call.drawn === wanted) { call.drawn = ""; setTimeout(picture, 2000); } }
  }

  async function revealed(wanted) {
    const answer = await fetch(`${at}/card/${call.state.card}`, { headers: headers() });
    const card = await answer.json();
    if (call.drawn !== wanted) return;
    if (!answer.ok) throw new Error(card.error);
    if (card.without) { place.picture.replaceChildren(el("p", {}, t("no_picture"))); return; }
    const figure = el("div", { class: "picture", ...english });
    place.picture.replaceChildren(el("h2", ...spoken(card)), figure, card.table ? table(card) : "", card.caption ? el("p", { class: "small" }, card.caption) : "");
    if (card.figure) await draw(figure, card, told.plotly);
    lead?.fit();
  }

  async function guessed(wanted) { // beside the truth in words and dots, which need not wait for the chart
    const { parts } = call.state;
    const guesses = await (await fetch(`${at}/card/${call.state.card}/guesses`, { headers: headers() })).json();
    if (call.drawn !== wanted || !guesses?.sentence) return;
    place.guesses.replaceChildren(strip(guesses), guesses.sketches?.length ? sketched(guesses.sketches, parts?.sketch?.unit ?? "") : "");
    lead?.fit();
  }

  function sentLine(text) { const found = document.getElementById("sent"); if (found) found.textContent = text; }

  function write() {
    const { state } = call, slot = `${state.card}/${state.stage}`;
    if (leading || call.writing === slot) return;
    call.writing = slot;
    if (!told.openers[state.stage]) { place.write.replaceChildren(); return; }
    if (state.stage === "predict" && !state.revealed && kept.held.guessed?.[slot] && !call.guessAgain) {
      place.write.replaceChildren(el("p", { role: "status" }, t("guess_in")), el("p", {}, el("button", { onclick: () => { call.guessAgain = true; call.writing = ""; write(); } }, t("guess_again"))));
      return;
    }
    const guess = state.stage === "predict" && !state.revealed
      ? guessForm(state, kept.held.drafts[`${slot}/guess`] ?? {}, (held) => kept.change((all) => { all.drafts[`${slot}/guess`] = held; })) : null;
    const box = el("textarea", { maxlength: 4000, placeholder: told.openers[state.stage] });
    box.value = kept.held.drafts[slot] ?? "";
    const hints = el("div", { "aria-live": "polite" });
    box.addEventListener("input", () => { kept.change((held) => { held.drafts[slot] = box.value; }); suggest(box.value, hints); });
    const anonymous = el("input", { type: "checkbox" }), part = guess ? null : about(state);
    const next = state.stage === "next_test" ? { owner: el("input", { maxlength: 80 }), day: el("input", { type: "date" }) } : null;
    const button = el("button", { class: "first" }, t("send"));
    const form = el("form", {}, [guess?.parts, part?.parts, el("label", {}, [guess ? t("why") : told.asks[state.stage], box]), hints,
      next ? el("div", { class: "two" }, [el("label", {}, [t("owner"), next.owner]), el("label", {}, [t("day"), next.day])]) : null,
      el("label", { class: "tick" }, [anonymous, t("without_name")]), el("div", { class: "send" }, [el("span", { id: "sent", class: "small", role: "status" }), button])]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const anchor = guess ? guess.read() : part.read();
      if (!box.value.trim() && !(guess && Object.keys(anchor).length)) { box.focus(); return; }
      const contribution = { client_id: newId(), card: state.card, stage: state.stage, words: box.value.trim(), anonymous: anonymous.checked, anchor,
        owner: next?.owner.value ?? "", day: next?.day.value ?? "" };
      box.value = ""; hints.replaceChildren(); part?.clear();
      if (next) next.owner.value = next.day.value = "";
      kept.change((held) => { delete held.drafts[slot]; delete held.drafts[`${slot}/guess`]; });
      sentLine(t("sending"));
      if (guess) replaceGuess(slot, contribution.client_id);
      outbox.put(contribution);
      if (guess) { call.guessAgain = false; call.writing = ""; write(); }
    });
    place.write.replaceChildren(form);
  }

  function replaceGuess(slot, client) { // one guess a person: the earlier one is taken back
    const before = kept.held.guessed?.[slot];
    const id = Object.keys(kept.held.mine).find((each) => kept.held.mine[each] === before);
    kept.change((held) => { held.guessed = { ...held.guessed, [slot]: client }; held.outbox = held.outbox.filter((each) => each.client_id !== before); });
    if (id) post(`${at}/contributions/${id}`, headers(), { client_id: before, withdraw: true }).catch(() => {});
  }

  async function suggest(text, place) {
    if (!told.wording) return;
    wording ??= await fetch(told.wording).then((answer) => answer.json()).then((list) => list.map(([said, say, why]) => [new RegExp(`\\b(?:${said})\\b`, "i"), say, why])).catch(() => null);
    const found = (wording ?? []).map(([said, say, why]) => [text.match(said)?.[0], say, why]).filter(([said]) => said).slice(0, 2);
    const key = found.map(([said]) => said).join();
    if (place.dataset.of === key) return;
    place.dataset.of = key;
    place.replaceChildren(...found.map(([said, say, why]) => el("p", { class: "hint small" }, t("try_words", { said, say, why }))));
  }

  function tools(each, dots) {
    if (leading) return [el("span", { class: "small" }, dots), el("button", { onclick: () => lead.hide(each) }, t("hide"))];
    const own = kept.held.mine[each.id], on = Boolean(kept.held.votes[each.id]);
    const vote = el("button", { "aria-pressed": String(on), "aria-label": `${t(on ? "unvote" : "vote")}: ${dots}`, onclick: async () => {
      kept.change((held) => { if (on) delete held.votes[each.id]; else held.votes[each.id] = true; });
      others();
      try {
        const answer = await post(`${at}/votes`, headers(), { contribution: each.id, on: !on });
        if (!answer.ok) throw new Error();
      } catch { kept.change((held) => { if (on) held.votes[each.id] = true; else delete held.votes[each.id]; }); others(); }
    } }, `● ${each.votes}`);
    return own ? [vote, el("button", { onclick: () => edit(each, own) }, t("edit")), el("button", { onclick: () => change(each, own, { withdraw: true }) }, t("withdraw"))] : [vote];
  }

  async function change(each, own, what) {
    try {
      const answer = await post(`${at}/contributions/${each.id}`, headers(), { client_id: own, ...what });
      if (!answer.ok) sentLine(t("not_sent", { why: (await answer.json()).error }));
      call.editing = null; others();
    } catch { sentLine(t("kept_to_send")); }
  }
  function edit(each, own) { call.editing = { id: each.id, own, words: each.words }; others(); }

  function others() {
    const { state } = call;
    if (!state) return;
    const found = [...call.voices.values()].filter((each) => each.card === state.card && each.stage === (state.stage === "reveal" ? "predict" : state.stage)).sort((a, b) => a.seq - b.seq);
    const waiting = kept.held.outbox.filter((each) => each.card === state.card && each.stage === state.stage);
    const isGuess = state.stage === "predict" || state.stage === "reveal", before = place.others.querySelector("details");
    const open = before && before.dataset.of === state.stage ? before.open : !isGuess; // thirty guesses are read in the strip
    const focused = document.activeElement?.closest?.("[data-id]")?.dataset.id, which = [...(document.activeElement?.parentElement?.children ?? [])].indexOf(document.activeElement);
    if (place.others.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA") return;
    const shown = state.stage === "predict" && !state.revealed ? [] : found;
    const key = state.stage === "reveal" ? "predict" : state.stage;
    place.others.replaceChildren(shown.length || waiting.length ? el("details", { open, "data-of": state.stage }, [el("summary", {}, t(`others_${key}`, { n: shown.length })),
      el("ol", { class: "voices" }, [...waiting.map((each) => el("li", {}, [el("p", {}, each.words), el("p", { class: "small" }, t("kept_to_send"))])),
        ...shown.map((each) => call.editing?.id === each.id ? editor(each) : voice(each, Boolean(kept.held.mine[each.id]), tools))])]) : "");
    if (focused) place.others.querySelector(`[data-id="${focused}"] .tools`)?.children[which]?.focus();
  }

  function editor(each) {
    const box = el("textarea", { maxlength: 4000, "aria-label": t("edit") });
    box.value = call.editing.words;
    box.addEventListener("input", () => { call.editing.words = box.value; });
    const done = () => { document.activeElement?.blur(); };
    return el("li", { "data-id": each.id }, [box, el("div", { class: "tools" }, [
      el("button", { class: "first", onclick: () => { done(); change(each, call.editing.own, { words: box.value }); } }, t("save")),
      el("button", { onclick: () => { done(); call.editing = null; others(); } }, t("cancel"))])]);
  }

  function here() {
    const { presence, state } = call;
    const lenses = Object.entries(presence.lenses).map(([lens, n]) => `${named(lens)} ${n}`).join(" · ");
    const answered = state?.stage === "weigh" && !state.weights_revealed ? el("p", {}, t("have_finished", { n: presence.answered.count })) : state && state.stage === "predict" && !state.revealed ? el("p", {}, t("answered", { n: presence.answered.count, all: presence.participants })) : "";
    place.here.replaceChildren(answered, el("p", { class: "small" }, `${t("here", { n: presence.participants })}${lenses ? ` · ${lenses}` : ""}`),
      told.reader === "team" && state?.stage === "look_around" ? el("p", {}, el("a", { class: "button", href: `${told.base}/?call=${encodeURIComponent(told.call)}`, target: "_blank", rel: "noopener" }, t("look_around"))) : "");
  }

  function ended() {
    place.write.replaceChildren();
    place.stage.replaceChildren(el("h1", {}, t("ended")));
    lead?.ended();
  }

  if (leading) import("./lead.js").then(({ Lead }) => { lead = new Lead({ at, headers, call, place, line }); if (call.state) all(); });
}
