// A draft is kept as it is typed: what a text field holds is sent a second after the last letter, and every two seconds
// while somebody writes on, as if they had left the field; they stay in it.
const PAUSE = 1000, LONGEST = 2000

const fieldOf = (event) => {
  const field = event.target
  const text = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text")
  return text && field.getAttribute("role") !== "combobox" && field.closest('[class*="st-key-as_typed"]') ? field : null
}

const waiting = new WeakMap()

const send = (field) => {
  waiting.delete(field)
  if (document.activeElement === field) field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }))
}

const typed = (event) => {
  const field = fieldOf(event)
  if (!field) return
  const before = waiting.get(field)
  if (before) clearTimeout(before.timer)
  const since = before?.since ?? Date.now()
  const left = Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now()))
  waiting.set(field, { since, timer: setTimeout(() => send(field), left) })
}

export default function () {
  if (window.equityAsTyped) return
  window.equityAsTyped = true
  document.addEventListener("input", typed, true)
}
