// On a phone the question is one sentence, and its choices open as a sheet over the page. The lists are the page's own: a
// pick is answered under the sheet at once. Wider, the lists stand in the page and this draws nothing.
const page = document.documentElement
const POPUPS = "[data-baseweb=popover], [role=listbox], [data-testid=stSelectboxVirtualDropdown]"
const sheet = () => document.querySelector(".st-key-question")
const is_open = () => page.dataset.lensSheet === "open"

const close = () => {
  if (!is_open()) return
  delete page.dataset.lensSheet
  for (const name of ["role", "aria-modal", "aria-label"]) sheet()?.removeAttribute(name)
  sheet()?.querySelector(".lens-change")?.focus()
}

const open = (title) => {
  page.dataset.lensSheet = "open"
  const drawn = sheet()
  drawn.setAttribute("role", "dialog")
  drawn.setAttribute("aria-modal", "true")
  drawn.setAttribute("aria-label", title)
  drawn.scrollTop = 0
  drawn.querySelector(".lens-changed").focus()
}

const around = (event, drawn) => {
  const stops = [...drawn.querySelectorAll("button, input, [tabindex='0']")].filter((one) => one.getClientRects().length && !one.disabled && one.tabIndex >= 0)
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
  if (document.activeElement !== from && drawn.contains(document.activeElement)) return
  event.preventDefault()
  to?.focus()
}

const pressed = (event) => {
  if (!is_open()) return
  const listing = document.activeElement?.getAttribute("aria-expanded") === "true"
  if (event.key === "Escape" && !listing) close()
  if (event.key === "Tab" && !listing) around(event, sheet())
}

const beside = (event) => {
  if (!is_open() || event.target.closest(`.st-key-question, ${POPUPS}`)) return
  event.preventDefault()
  event.stopPropagation()
  close()
}

export default function ({ parentElement, data }) {
  const [said, changes] = parentElement.querySelectorAll("p, .lens-change")
  said.replaceChildren(...data.said.flatMap(([before, picked]) => {
    const word = document.createElement("b")
    word.textContent = picked
    return [before ? ` ${before} ` : " ", word]
  }))
  changes.onclick = () => open(data.title)
  parentElement.querySelector(".lens-changed").onclick = close
  page.dataset.lensAsked = "yes"
  document.addEventListener("keydown", pressed) // the same function is never listened to twice
  document.addEventListener("click", beside, true)
  return () => {
    if (document.querySelector(".lens-question")) return
    delete page.dataset.lensSheet
    delete page.dataset.lensAsked
  }
}
