// The application form: begun with a click, kept as it is typed, sent once, and readable for as long as its address is kept.
// The key stands behind the # of the address, which no browser sends to a server.

const told = JSON.parse(document.getElementById("told").textContent);
const part = (id) => document.getElementById(id);
const form = part("form");
let key = decodeURIComponent(location.hash.slice(1));
let waiting = 0;
let saving = Promise.resolve();
let sureToWithdraw = false;

async function ask(method, path, body) {
  const answer = await fetch(`${told.at}${path}`, {
    method,
    headers: { "Content-Type": "application/json", "X-Applicant": key, "Accept-Language": told.language },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.error), { refused: true });
  return said;
}

function written() {
  const answers = {};
  for (const field of form.querySelectorAll("[name]")) {
    answers[field.name] = field.type === "checkbox" ? (field.checked ? "yes" : "") : field.value;
  }
  const team = [...form.querySelectorAll("[data-member]")].map((row) =>
    Object.fromEntries([...row.querySelectorAll("[data-part]")].map((field) => [field.dataset.part, field.value])));
  return { answers, team: team.filter((member) => member.name.trim() || member.role.trim()) };
}

function fill(mine) {
  for (const field of form.querySelectorAll("[name]")) {
    const value = mine.answers[field.name] ?? "";
    if (field.type === "checkbox") field.checked = value === "yes"; else field.value = value;
  }
  form.querySelectorAll("[data-member]").forEach((row, i) => {
    for (const field of row.querySelectorAll("[data-part]")) {
      const value = mine.team[i]?.[field.dataset.part] ?? "";
      field.value = field.dataset.part === "lens" && value === "team" ? "" : value;
    }
  });
}

function show(mine) {
  showRows();
  const open = mine.state === "draft" || mine.state === "question_asked";
  part("begin").hidden = true;
  form.hidden = false;
  part("promise").textContent = mine.promise;
  part("answered").textContent = mine.answered;
  part("answered").hidden = !mine.answered;
  part("lenses").textContent = mine.missing_lenses;
  part("send").textContent = mine.state === "question_asked" ? told.texts.answer : told.texts.send;
  part("send").hidden = !open;
  part("withdraw").hidden = ["accepted", "declined", "withdrawn"].includes(mine.state);
  for (const field of form.querySelectorAll("input, textarea, select")) field.disabled = !open;
}

function showRows() {
  // Three rows to begin with, and always one that is empty: a team grows as it is named.
  const rows = [...form.querySelectorAll("[data-member]")];
  const named = rows.filter((row) => row.querySelector("input").value.trim()).length;
  rows.forEach((row, i) => { row.hidden = i >= Math.max(3, named + 1); });
}

function save() {
  clearTimeout(waiting);
  part("saved").textContent = told.texts.saving;
  saving = saving.then(async () => {
    try {
      const mine = await ask("PUT", "/mine", written());
      part("saved").textContent = told.texts.saved;
      part("status").textContent = "";
      part("lenses").textContent = mine.missing_lenses;
    } catch (error) {
      part("saved").textContent = error.refused ? error.message : "";
      part("status").textContent = error.refused ? "" : told.texts.lost;
      if (!error.refused) waiting = setTimeout(save, 3000);
    }
  });
  return saving;
}

form.addEventListener("input", () => {
  showRows();
  clearTimeout(waiting);
  waiting = setTimeout(save, 800);
});
addEventListener("pagehide", () => { if (waiting) save(); });

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  part("problem").textContent = "";
  try {
    await save();
    show(await ask("POST", "/mine/send"));
    part("promise").scrollIntoView();
  } catch (error) {
    part("problem").textContent = error.message;
  }
});

part("withdraw").addEventListener("click", async () => {
  if (!sureToWithdraw) {
    sureToWithdraw = true;
    part("problem").textContent = told.texts.withdraw_sure;
    return;
  }
  try {
    show(await ask("POST", "/mine/withdraw"));
    part("problem").textContent = "";
  } catch (error) {
    part("problem").textContent = error.message;
  }
});

part("begin").addEventListener("click", async () => {
  try {
    key = (await ask("POST", "")).key;
    history.replaceState(null, "", `#${encodeURIComponent(key)}`);
    await come();
  } catch (error) {
    part("intro").textContent = error.message;
  }
});

async function come() {
  try {
    const mine = await ask("GET", "/mine");
    fill(mine);
    show(mine);
    if (told.closed) part("intro").textContent = "";
  } catch (error) {
    part("intro").textContent = error.message;
    part("begin").hidden = Boolean(told.closed);
  }
}

if (key) await come(); else part("begin").hidden = Boolean(told.closed);
