// Meeting the marks of a chart: under the mouse, by the arrow keys, under a finger that rests.

import { TEXTS } from "./texts.js"
import { Span } from "./span.js"
import { Tip } from "./tip.js"

const NEAR = 26, RESTS = 450, UNSEEN = "lens-aloud"

const away = (mark, x, y) =>
  Math.hypot(Math.max(0, Math.abs(x - mark.x) - mark.wide / 2), Math.max(0, Math.abs(y - mark.y) - mark.tall / 2))

// The mark that is meant: the nearest within reach.
function meant(marks, x, y) {
  let best = null, least = NEAR
  for (const mark of marks) {
    const far = away(mark, x, y)
    if (far < least) [best, least] = [mark, far]
  }
  return best
}

export class Touch {
  constructor(chart) {
    this.chart = chart
    this.tip = new Tip()
    this.hand = document.createElement("div")
    this.hand.className = "lens-hand"
    this.ring = document.createElement("div")
    this.ring.className = "lens-ring"
    this.ring.hidden = true
    this.aloud = Object.assign(document.createElement("p"), { className: UNSEEN })
    this.aloud.setAttribute("aria-live", "polite")
    this.hand.append(this.ring)
    this.span = new Span(this)
    chart.root.append(this.hand, this.aloud)
    this.listen()
  }

  listen() {
    const on = (name, does) => this.hand.addEventListener(name, does)
    on("pointermove", (event) => {
      if (this.span.moved(event)) this.leave()
      else if (event.pointerType === "mouse") this.meet(this.under(event))
    })
    on("pointerleave", (event) => event.pointerType === "mouse" && this.leave())
    on("pointerdown", (event) => this.press(event))
    on("pointerup", () => {
      clearTimeout(this.resting)
      this.spanned = this.span.ended()
    })
    on("pointercancel", () => {
      clearTimeout(this.resting)
      this.span.clear()
    })
    on("contextmenu", (event) => this.rested && event.preventDefault())
    on("click", (event) => this.click(event))
    on("keydown", (event) => this.key(event))
    on("focus", () => this.hand.matches(":focus-visible") && this.chart.marks.length && this.walk(this.at ?? this.chart.marks[0]))
    on("blur", () => this.leave())
    this.elsewhere = (event) => !this.hand.contains(event.target) && this.leave()
    document.addEventListener("pointerdown", this.elsewhere)
    this.scrolled = () => this.at && this.show(this.at)
    addEventListener("scroll", this.scrolled, { capture: true, passive: true })
  }

  // The chart was drawn (again): what is met stays met, where it now stands.
  follow() {
    const { marks } = this.chart
    const asks = marks.some((mark) => mark.ask)
    this.hand.tabIndex = marks.length ? 0 : -1
    if (marks.length) this.hand.setAttribute("role", "application")
    else this.hand.removeAttribute("role")
    const name = (asks ? TEXTS.walk_and_ask : TEXTS.walk).replace("{marks}", marks.length)
    if (marks.length) this.hand.setAttribute("aria-label", name)
    this.span.clear()
    if (!this.at) return
    const same = marks.find((mark) => mark.key === this.at.key)
    if (same) this.show(same)
    else this.leave()
  }

  under(event) {
    const box = this.chart.root.getBoundingClientRect()
    return meant(this.chart.marks, event.clientX - box.left, event.clientY - box.top)
  }

  meet(mark) {
    if (mark === this.at) return
    if (mark) this.show(mark)
    else this.leave()
  }

  show(mark) {
    this.at = mark
    const box = this.chart.root.getBoundingClientRect()
    const [x, y] = [box.left + mark.x, box.top + mark.y]
    const place = { left: x - mark.wide / 2, right: x + mark.wide / 2, top: y - mark.tall / 2, bottom: y + mark.tall / 2, middle: y, centre: x }
    const off = place.bottom < 0 || place.top > innerHeight
    if (off) this.tip.hide()
    else this.tip.show(this.lines(mark), mark.ask && `${TEXTS.click}: ${mark.ask.does}`, place)
    const room = mark.dot ? 8 : 2
    this.ring.hidden = false
    this.ring.style.cssText = `left:${mark.x - mark.wide / 2 - room}px;top:${mark.y - mark.tall / 2 - room}px;` +
      `width:${mark.wide + 2 * room}px;height:${mark.tall + 2 * room}px;border-radius:${mark.dot ? "50%" : "4px"}`
    this.hand.style.cursor = mark.ask ? "pointer" : ""
  }

  // The name first, then what is said of it.
  lines(mark) {
    const [name, ...rest] = mark.said.split(": ")
    return [name, ...rest.join(": ").split("\n").filter(Boolean)]
  }

  leave(remembered) {
    if (!remembered) this.at = null
    this.tip.hide()
    this.ring.hidden = true
    this.hand.style.cursor = ""
  }

  walk(mark) {
    this.show(mark)
    this.aloud.textContent = [mark.said.replaceAll("\n", ". "), mark.ask ? `${TEXTS.enter}: ${mark.ask.does}` : ""].filter(Boolean).join(". ")
  }

  press(event) {
    this.rested = false
    this.spanned = false
    this.span.begun(event)
    if (event.pointerType === "mouse") return
    const mark = this.under(event)
    clearTimeout(this.resting)
    this.resting = setTimeout(() => {
      this.rested = true
      this.meet(mark)
    }, RESTS)
  }

  click(event) {
    if (this.rested || this.spanned) return
    const mark = this.under(event)
    if (mark?.ask) this.ask(mark)
    else this.meet(mark)
  }

  ask(mark) {
    this.put(mark.ask.question)
  }

  // To the page's own choice bar; a question that another page answers goes there as a link does, one step of Back.
  put({ page, ...changes }) {
    const address = new URL(page ?? "", document.querySelector("base")?.href ?? new URL(".", location.href))
    if (!page || address.pathname === location.pathname) return void this.chart.tell?.("asked", changes)
    const asked = new URLSearchParams(location.search)
    for (const [part, code] of Object.entries(changes)) code ? asked.set(part, code) : asked.delete(part)
    address.search = asked
    history.pushState(history.state, "", address)
    dispatchEvent(new PopStateEvent("popstate"))
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { marks } = this.chart
    if (event.shiftKey && this.span.extended(event.key)) return void (event.preventDefault(), event.stopPropagation())
    if (event.key === "Enter" && this.span.asked()) return event.preventDefault()
    if (event.key === "Escape" && this.span.cleared()) return event.preventDefault()
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (step && marks.length) this.walk(this.at ? beside(marks, this.at, step) : marks[0])
    else if (event.key === "Home" && marks.length) this.walk(marks[0])
    else if (event.key === "End" && marks.length) this.walk(marks.at(-1))
    else if (event.key === "Enter" && this.at?.ask) this.ask(this.at)
    else if (event.key === "Escape" && this.at) this.leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  end() {
    document.removeEventListener("pointerdown", this.elsewhere)
    removeEventListener("scroll", this.scrolled, { capture: true })
    clearTimeout(this.resting)
    this.tip.hide()
  }
}

// The next mark in a direction: in figures with a row a group, row by row; else along its line, or the nearest there.
function beside(marks, from, [right, down]) {
  const along = (mark) => (mark.x - from.x) * right + (mark.y - from.y) * down
  const across = (mark) => Math.abs((mark.x - from.x) * down) + Math.abs((mark.y - from.y) * right)
  let there = marks.filter((mark) => mark !== from && along(mark) >= 1)
  if (from.row !== null) {
    const rows = there.map((mark) => mark.row * down).filter((row) => row > from.row * down)
    const row = down ? Math.min(...rows) * down : from.row
    there = there.filter((mark) => mark.row === row)
    const largest = down ? Math.max(...there.map((mark) => mark.wide)) : 0
    there = there.filter((mark) => mark.wide >= largest)
  }
  const far = (mark) => along(mark) + 3 * across(mark) + (right && mark.series !== from.series && from.row === null ? 400 : 0)
  return there.reduce((best, mark) => (best === from || far(mark) < far(best) ? mark : best), from)
}
