// A draft is kept as it is typed: what a text field holds is sent a second after the last letter, and every two seconds
// while somebody writes on, as if they had left the field; they stay in it. What was written as the line to the
// server dropped stands in the page alone: once the line is back, the server is asked to read the page again.
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

const followLine = () => {
  const app = document.querySelector('[data-testid="stApp"]')
  let wasDown = false
  new MutationObserver(() => {
    const isDown = app.dataset.testConnectionState !== "CONNECTED"
    if (wasDown && !isDown) setTimeout(() => window.equityAsTyped.tell("line_back", Date.now()), PAUSE)
    wasDown = isDown
  }).observe(app, { attributeFilter: ["data-test-connection-state"] })
}

export default function ({ setTriggerValue }) {
  const isFirst = !window.equityAsTyped
  window.equityAsTyped = { tell: setTriggerValue }
  if (!isFirst) return
  document.addEventListener("input", typed, true)
  followLine()
}
