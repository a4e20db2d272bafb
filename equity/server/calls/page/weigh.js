// A hundred points, given in private; everybody's by view once they are revealed. Buttons and boxes, nothing is dragged.

import { post } from "./line.js";
import { el, english, named, spoken, t } from "./view.js";

const own = (name) => named(name) === name ? english : {}; // a criterion of the team's own stays as it was written

const hint = (as, text) => el("p", { class: "hint", ...as }, text);

export class Weigh {
  constructor({ at, headers, place, leading, kept }) { Object.assign(this, { at, headers, place, leading, kept, shown: "" }); }
  async show(state, again = false) {
    const wanted = `${state.weights_revealed}`;
    if (this.shown === wanted && !again) return;
    this.shown = wanted;
    try {
      const answer = await fetch(`${this.at}/weights`, { headers: this.headers() });
      const found = await answer.json();
      if (this.shown !== wanted) return;
      if (!answer.ok) { this.place.replaceChildren(el("p", { role: "status" }, found.error)); return; }
      this.place.replaceChildren(found.revealed ? spreads(found) : this.leading ? el("div", {}, [el("h1", english, found.title), el("p", {}, t("wait_weights"))]) : this.form(found));
    } catch { this.shown = ""; setTimeout(() => this.place.isConnected && this.show(state), 2000); }
  }
  hide() { this.shown = ""; this.place.replaceChildren(); }
  form(found) {
    const draft = this.kept.held.drafts.weights ?? {};
    const boxes = found.criteria.map((each) => {
      const box = el("input", { type: "number", min: 0, max: 100, step: "any", inputmode: "numeric", "data-name": each.name });
      box.value = draft[each.name] ?? found.own?.points[each.name] ?? "";
      return box;
    });
    const left = el("p", { role: "status" });
    const said = el("span", { id: "weights_said", class: "small", role: "status" }, found.own ? t(found.own.finished ? "points_done" : "points_kept") : "");
    const points = () => Object.fromEntries(boxes.filter((box) => box.value !== "").map((box) => [box.dataset.name, Number(box.value)]));
    const add = () => {
      const rest = Math.round((100 - Object.values(points()).reduce((sum, n) => sum + n, 0)) * 100) / 100;
      left.textContent = rest === 0 ? t("points_given") : t(rest > 0 ? "points_left" : "points_over", { n: Math.abs(rest) });
    };
    const changed = () => { add(); this.kept.change((held) => { held.drafts.weights = Object.fromEntries(boxes.map((box) => [box.dataset.name, box.value])); }); };
    const rows = found.criteria.map((each, i) => {
      const step = (by, text) => el("button", { type: "button", "aria-label": t(text, { name: named(each.label) }), onclick: () => {
        boxes[i].value = Math.min(100, Math.max(0, Number(boxes[i].value || 0) + by)); changed();
      } }, by < 0 ? "−5" : "+5");
      boxes[i].addEventListener("input", changed);
      boxes[i].id = `points_${i}`;
      return el("div", {}, [el("label", { for: `points_${i}`, ...own(each.label) }, named(each.label)), el("p", { class: "small", ...own(each.means) }, named(each.means)),
        el("div", { class: "points" }, [step(-5, "fewer"), boxes[i], step(5, "more_points")])]);
    });
    const send = async (finished) => {
      said.textContent = t("sending");
      try {
        const answer = await post(`${this.at}/weights`, this.headers(), { points: points(), finished });
        said.textContent = answer.ok ? t(finished ? "points_done" : "points_kept") : t("not_sent", { why: (await answer.json()).error });
        if (answer.ok) this.kept.change((held) => { delete held.drafts.weights; });
      } catch { said.textContent = t("not_connected"); }
    };
    add();
    const form = el("form", { class: "weigh" }, [el("h1", english, found.title),
      found.among.length ? el("details", {}, [el("summary", {}, t("among")), el("ul", english, found.among.map((name) => el("li", {}, name)))]) : null,
      rows, left, el("div", { class: "send" }, [said, el("button", { type: "button", onclick: () => send(false) }, t("keep_later")), el("button", { class: "first" }, t("finished"))])]);
    form.addEventListener("submit", (event) => { event.preventDefault(); send(true); });
    return form;
  }
}

function spreads(found) {
  // Each criterion's points as dots on one axis from 0 to 100, the same said in a line for whoever sees no dots.
  const NS = "http://www.w3.org/2000/svg";
  const made = (name, attributes) => { const it = document.createElementNS(NS, name); for (const [k, v] of Object.entries(attributes)) it.setAttribute(k, v); return it; };
  const row = (each) => {
    const said = t("points_by", { name: named(each.criterion), points: each.points.map(([lens, n]) => `${n} (${named(lens)})`).join(", ") });
    const drawing = made("svg", { viewBox: "0 0 320 36", class: "strip dots", role: "img", "aria-label": said }), stacked = new Map();
    drawing.append(made("line", { x1: 10, x2: 310, y1: 28, y2: 28 }));
    for (const [, n] of each.points) {
      const at = Math.round(n / 3), level = stacked.get(at) ?? 0;
      stacked.set(at, level + 1);
      drawing.append(made("circle", { cx: 10 + 3 * n, cy: Math.max(5, 22 - 8 * level), r: 4 }));
    }
    return [el("h2", own(each.criterion), named(each.criterion)), drawing, el("p", { class: "small" }, each.points.map(([lens, n]) => `${n} (${named(lens)})`).join(", "))];
  };
  return el("section", {}, [el("h1", {}, t("our_weights")), el("p", ...spoken(found)), found.prompt.sentence ? hint(...spoken(found.prompt)) : null, found.spreads.map(row)]);
}
