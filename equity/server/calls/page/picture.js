// The picture when it is revealed, its sentence, its table, and everybody's guesses beside the truth.

import { el, english, named, spoken, t } from "./view.js";

let plotly = null;
const dark = matchMedia("(prefers-color-scheme: dark)");

function program(address) {
  plotly ??= new Promise((resolve, reject) => {
    const script = el("script", { src: address });
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => { plotly = null; script.remove(); reject(new Error("plotly")); };
    document.head.append(script);
  });
  return plotly;
}

// Everybody's reveal is one moment: what draws it is there before, fetched while people still think.
export function ahead(address) {
  setTimeout(() => program(address).catch(() => {}), 1000); // what fails now is tried again when there is a picture
}

function painted(card) {
  let text = JSON.stringify(card.figure);
  if (dark.matches) text = text.replace(/#[0-9A-Fa-f]{6}/g, (color) => card.dark?.[color.toUpperCase()] ?? color);
  return JSON.parse(text);
}

export async function draw(place, card, address) {
  const target = el("div", { class: "figure", role: "img", "aria-label": card.alt });
  place.replaceChildren(target);
  const drawn = async () => {
    const figure = painted(card);
    const wide = target.clientWidth || 320;
    await (await program(address)).newPlot(target, figure.data, { ...figure.layout, width: wide, autosize: false },
      { displayModeBar: false, scrollZoom: false, doubleClick: false });
  };
  await drawn();
  let wait;
  const again = () => { clearTimeout(wait); wait = setTimeout(() => target.isConnected && drawn(), 150); };
  new ResizeObserver(() => { if (Math.abs(target.clientWidth - (target._fullLayout?.width ?? 0)) > 8) again(); }).observe(target);
  dark.addEventListener("change", again);
}

export function table(card) {
  const head = el("tr", {}, card.table.columns.map((name) => el("th", { scope: "col" }, name)));
  const rows = card.table.rows.map((row) => el("tr", {}, row.map((cell, i) => el(i ? "td" : "th", i ? {} : { scope: "row" }, cell))));
  return el("details", {}, [el("summary", {}, t("table")), el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": t("table") },
    el("table", english, [el("caption", { class: "small" }, card.table.caption), el("thead", {}, head), el("tbody", {}, rows)]))]);
}

export function strip(compared) {
  const { guesses, truth, unit } = compared;
  const drawing = dots(guesses, truth, Math.max(truth, ...guesses, 1) * 1.08, spoken(compared)[1]);
  return el("section", {}, [el("h2", {}, t("guesses_title")), el("p", ...spoken(compared)), drawing, el("p", { class: "small" }, named(unit))]);
}

export function sketched(sketches, unit) { // a strip a group, all on one axis
  const most = Math.max(1, ...sketches.flatMap((each) => [...each.guesses, each.truth ?? 0])) * 1.08;
  return el("section", {}, [el("h2", {}, t("sketches_title")), sketches.map((each) => [el("h3", english, each.group),
    dots(each.guesses, each.truth, most, `${each.group}: ${each.guesses.join(", ")}${each.truth == null ? "" : `; ${t("truth")}: ${Math.round(each.truth * 10) / 10}`}`)]), el("p", { class: "small" }, unit)]);
}

function dots(guesses, truth, most, said) {
  // A dot a guess on one axis, the truth as a line; what it says stands in its name.
  const NS = "http://www.w3.org/2000/svg";
  const svg = (name, attributes, text) => {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  };
  const x = (value) => 10 + 300 * (value / most), places = new Map();
  const drawing = svg("svg", { viewBox: "0 0 320 84", class: "strip", role: "img", "aria-label": said });
  drawing.append(svg("line", { x1: 10, x2: 310, y1: 52, y2: 52 }));
  for (const guess of guesses) {
    const at = Math.round(x(guess) / 8), level = places.get(at) ?? 0;
    places.set(at, level + 1);
    drawing.append(svg("circle", { cx: x(guess), cy: Math.max(8, 46 - 9 * level), r: 4 }));
  }
  if (truth != null) {
    drawing.append(svg("line", { x1: x(truth), x2: x(truth), y1: 4, y2: 58, class: "truth" }),
      svg("text", { x: x(truth), y: 78, "text-anchor": truth > most / 2 ? "end" : "start" }, `${t("truth")}: ${Math.round(truth * 10) / 10}`));
  }
  drawing.append(svg("text", { x: 6, y: 64 }, "0"), svg("text", { x: 288, y: 64 }, String(Math.round(most))));
  return drawing;
}
