// A pointer's keys press the bar's own buttons, up and down move a slide that is taller than the window; what changed is read aloud; the keyboard begins on the way forward.
const button = (key) => document.querySelector(`.st-key-${key} button`)
const KEYS = { PageDown: "present_forward", PageUp: "present_back" }
const SCROLLS = { ArrowDown: 0.7, ArrowUp: -0.7 }

const press = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const main = document.querySelector("[data-testid=stMain]")
  if (SCROLLS[event.key] && main) {
    event.preventDefault()
    main.scrollBy({ top: SCROLLS[event.key] * main.clientHeight, behavior: "auto" })
  }
  const key = KEYS[event.key]
  if (!key) return
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
