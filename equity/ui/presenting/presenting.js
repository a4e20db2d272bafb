// A pointer's keys press the bar's own buttons; what changed is read aloud; the keyboard begins on the way forward.
const button = (key) => document.querySelector(`.st-key-${key} button`)
const KEYS = { PageDown: "present_forward", PageUp: "present_back" }

const press = (event) => {
  const key = KEYS[event.key]
  if (!key || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  if (!event.repeat) button(key)?.click()
}

export default function ({ parentElement, data }) {
  const voice = parentElement.querySelector("p")
  if (voice.textContent !== data.said) voice.textContent = data.said
  document.addEventListener("keydown", press) // the same function is never listened to twice
  const first = ["present_forward", "present_close"].map(button).find((one) => one && !one.disabled)
  if (first && !document.activeElement?.closest(".st-key-presenting_bar")) first.focus({ preventScroll: true })
  if (voice.dataset.place !== data.place) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  voice.dataset.place = data.place
  return () => document.removeEventListener("keydown", press)
}
