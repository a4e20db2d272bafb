// The parts of the page. Whatever people wrote becomes text nodes, never markup.

export const told = JSON.parse(document.getElementById("told").textContent);

export function t(name, values = {}) {
  return (told.texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

export function named(name) { return told.names?.[name] ?? name; }
export const wish = { "Accept-Language": told.code }; // refusals come in the language of the page
export const english = told.code === "en" ? {} : { lang: "en" }; // what an answer says is in English

// A sentence of an answer in the page's language, as far as there is one; else in English.
export function spoken(of) { const own = of.spoken?.[told.code]; return [own ? {} : english, own ?? of.sentence]; }

export function el(name, attributes = {}, inside = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...[inside].flat(3).filter((each) => each != null && each !== false));
  return made;
}

export function say(text) { document.getElementById("spoken").textContent = text; }
export function status(text) { document.getElementById("status").textContent = text; }

export function clock(seconds) {
  const whole = Math.max(0, Math.round(Math.abs(seconds)));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function joinForm(title, join) {
  const name = el("input", { name: "name", autocomplete: "given-name", maxlength: 80, required: true });
  const lens = el("select", { name: "lens" }, told.lenses.map((each) => el("option", { value: each }, named(each))));
  const button = el("button", { class: "first" }, t("join"));
  const form = el("form", { class: "join" }, [el("p", { class: "small" }, t("join_title")), el("h1", {}, title),
    el("label", {}, [t("first_name"), name]), el("label", {}, [t("lens"), lens]), button]);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true; button.textContent = t("joining");
    try { await join(name.value, lens.value); } finally { button.disabled = false; button.textContent = t("join"); }
  });
  return form;
}

export function guessForm(state, held, keep) {
  const group = el("select", {}, [el("option", { value: "" }, t("no_group")), ...state.groups.map((each) => el("option", { value: each }, each))]);
  const distance = el("input", { type: "number", min: 0, step: "any", inputmode: "decimal" });
  const slide = el("input", { type: "range", min: 0, max: 50, step: 1, "aria-label": t("slide") });
  group.value = held.group ?? ""; distance.value = held.far ?? ""; slide.value = held.far ?? 0;
  const changed = () => keep({ group: group.value, far: distance.value, sketch: drawn?.values() ?? {} });
  distance.addEventListener("input", () => { slide.value = distance.value; changed(); });
  slide.addEventListener("input", () => { distance.value = slide.value; changed(); });
  group.addEventListener("change", changed);
  const parts = [el("label", {}, [t("which_group"), group])];
  if (state.unit) parts.push(el("label", {}, [t("how_far", { unit: named(state.unit) }), distance]), el("label", { class: "small" }, [t("slide"), slide]));
  const drawn = sketch(state, held.sketch ?? {}, (values) => {
    const far = Object.values(values), worst = state.parts.sketch.worst; // a sketch says both: which group, and how far
    if (far.length > 1) {
      const end = worst === "highest" ? Math.max(...far) : Math.min(...far);
      group.value = (worst && Object.keys(values).find((name) => values[name] === end)) || group.value;
      const wide = Math.round((Math.max(...far) - Math.min(...far)) * 100) / 100;
      distance.value = slide.value = String(wide);
    }
    changed();
  });
  if (drawn) parts.push(drawn.part);
  const read = () => ({ ...(drawn && Object.keys(drawn.values()).length ? { sketch: drawn.values() } : {}), ...(group.value ? { group: group.value } : {}), ...(distance.value === "" || !state.unit ? {} : { far: Number(distance.value) }) });
  return { parts, read };
}

function sketch(state, held, changed) { // a number for each group: boxes and buttons, nothing is dragged
  const { sketch: of, groups } = state.parts ?? {};
  if (!of || !groups?.length) return null;
  const boxes = groups.map((name) => {
    const box = el("input", { type: "number", min: 0, max: of.most, step: "any", inputmode: "decimal" });
    box.value = held[name] ?? "";
    return box;
  });
  const values = () => Object.fromEntries(groups.map((name, i) => [name, boxes[i].value]).filter(([, value]) => value !== "").map(([name, value]) => [name, Number(value)]));
  const rows = groups.map((name, i) => {
    const step = (by, text) => el("button", { type: "button", "aria-label": t(text, { name }), onclick: () => {
      boxes[i].value = Math.max(0, Math.min(of.most ?? Infinity, Number(boxes[i].value || 0) + by)); changed(values());
    } }, by < 0 ? "−" : "+");
    boxes[i].id = `sketch_${i}`;
    boxes[i].addEventListener("input", () => changed(values()));
    return [el("label", { for: boxes[i].id, ...english }, of.unit ? t("sketch_group", { name, unit: of.unit }) : name), el("div", { class: "points" }, [step(-of.step, "less"), boxes[i], step(of.step, "more_of")])];
  });
  return { values, part: el("details", { open: Object.keys(held).length > 0 }, [el("summary", {}, t("sketch")), rows]) };
}

export function about(state) { // which part of the picture words are about
  const { groups = [], periods = [] } = state.parts ?? {};
  const choice = (first, names) => el("select", {}, [el("option", { value: "" }, t(first)), ...names.map((each) => el("option", { value: each }, each))]);
  const group = groups.length ? choice("whole_picture", groups) : null, period = periods.length > 1 ? choice("any_period", periods) : null;
  const parts = [group ? el("label", {}, [t("about"), group]) : null, period ? el("label", {}, [t("which_period"), period]) : null];
  const read = () => { const found = { ...(group?.value ? { group: group.value } : {}), ...(period?.value ? { period: period.value } : {}) }; return Object.keys(found).length ? found : null; };
  const clear = () => { if (group) group.value = ""; if (period) period.value = ""; };
  return { parts: group || period ? el("div", { class: "two" }, parts) : null, read, clear };
}

export function voice(each, mine, tools) {
  const gone = each.withdrawn ? t("withdrawn") : each.hidden ? t("hidden", { reason: each.hidden }) : "";
  const guess = each.stage === "predict" && each.anchor ? [each.anchor.group, each.anchor.far].filter((x) => x != null && x !== "").join(", ") : "";
  const part = each.stage !== "predict" && each.anchor ? (typeof each.anchor === "string" ? each.anchor : [each.anchor.group, each.anchor.period].filter(Boolean).join(", ")) : "";
  const by = [part ? t("about_part", { part }) : "", each.name || (each.scribe ? "" : t("without_a_name")), named(each.lens), each.owner, each.day, each.edited ? t("edited") : ""].filter(Boolean).join(" · ");
  const dots = each.votes === 1 ? t("one_dot") : t("dots", { n: each.votes });
  const item = el("li", { "data-id": each.id }, gone ? el("p", { class: "gone" }, gone) : [
    guess ? el("p", {}, guess) : null, each.words ? el("p", {}, each.words) : null,
    el("div", { class: "tools" }, [el("span", { class: "small" }, by), ...tools(each, dots, mine)])]);
  return item;
}
