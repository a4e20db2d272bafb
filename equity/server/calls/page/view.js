// The parts of the page. Whatever people wrote becomes text nodes, never markup.

export const told = JSON.parse(document.getElementById("told").textContent);

export function t(name, values = {}) {
  return (told.texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

export function named(name) { return told.names?.[name] ?? name; }
export const wish = { "Accept-Language": told.code }; // refusals come in the language of the page
export const english = told.code === "en" ? {} : { lang: "en" }; // what an answer says is in English

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
  const far = el("input", { type: "number", min: 0, step: "any", inputmode: "decimal" });
  const slide = el("input", { type: "range", min: 0, max: 50, step: 1, "aria-label": t("slide") });
  group.value = held.group ?? ""; far.value = held.far ?? ""; slide.value = held.far ?? 0;
  const changed = () => keep({ group: group.value, far: far.value });
  far.addEventListener("input", () => { slide.value = far.value; changed(); });
  slide.addEventListener("input", () => { far.value = slide.value; changed(); });
  group.addEventListener("change", changed);
  const parts = [el("label", {}, [t("which_group"), group])];
  if (state.unit) parts.push(el("label", {}, [t("how_far", { unit: named(state.unit) }), far]), el("label", { class: "small" }, [t("slide"), slide]));
  const read = () => ({ ...(group.value ? { group: group.value } : {}), ...(far.value === "" || !state.unit ? {} : { far: Number(far.value) }) });
  return { parts, read };
}

export function voice(each, mine, tools) {
  const gone = each.withdrawn ? t("withdrawn") : each.hidden ? t("hidden", { reason: each.hidden }) : "";
  const guess = each.stage === "predict" && each.anchor ? [each.anchor.group, each.anchor.far].filter((x) => x != null && x !== "").join(", ") : "";
  const by = [each.name || (each.scribe ? "" : t("without_a_name")), named(each.lens), each.owner, each.day, each.edited ? t("edited") : ""].filter(Boolean).join(" · ");
  const dots = each.votes === 1 ? t("one_dot") : t("dots", { n: each.votes });
  const item = el("li", { "data-id": each.id }, gone ? el("p", { class: "gone" }, gone) : [
    guess ? el("p", {}, guess) : null, each.words ? el("p", {}, each.words) : null,
    el("div", { class: "tools" }, [el("span", { class: "small" }, by), ...tools(each, dots, mine)])]);
  return item;
}
