// A figure in its place. It is changed in the same node, so that place and focus survive, and it follows the theme.

import { marksOf, placesOf } from "./marks.js"
import { PALETTES } from "./palettes.js"
import { Touch } from "./touch.js"

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false }
const MOTION = 240
const HELD = 1800 // as long as it takes to find one's guess
const LOOKS = 100 // at a place without a width, a tenth of a second apart
const held = new WeakMap()
const still = matchMedia("(prefers-reduced-motion: reduce)")
const forced = matchMedia("(forced-colors: active)")

// One Plotly for all charts of the page.
function program(address) {
  window.lensPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = address
    script.onload = () => resolve(globalThis.Plotly)
    script.onerror = () => {
      delete window.lensPlotly
      script.remove()
      reject(new Error("The program that draws charts did not arrive."))
    }
    document.head.append(script)
  })
  return window.lensPlotly
}

const scheme = (place) =>
  getComputedStyle(place.closest(".stApp") ?? document.documentElement).colorScheme.includes("dark") ? "dark" : "light"

// The system's own colours for whoever has them forced: an element is asked what they are.
function systemColours(place) {
  const asked = document.createElement("i")
  asked.hidden = true
  place.append(asked)
  const found = {}
  for (const name of ["CanvasText", "Canvas", "GrayText", "Highlight"]) {
    asked.style.color = name
    found[name] = getComputedStyle(asked).color
  }
  asked.remove()
  return found
}

function palette(place) {
  const named = PALETTES[scheme(place)]
  if (!forced.matches) return named
  const { CanvasText, Canvas, GrayText, Highlight } = systemColours(place)
  const [focus, worse, others, ink, muted, hair, faint, band, better, wash] = Object.keys(named)
  const strong = { [focus]: Highlight, [worse]: CanvasText, [better]: CanvasText, [ink]: CanvasText, [muted]: CanvasText }
  const weak = { [others]: GrayText, [hair]: GrayText, [faint]: GrayText, [band]: Canvas, [wash]: Canvas }
  const rest = Object.fromEntries(Object.keys(named).slice(10).map((name) => [name, Canvas]))
  return { ...rest, ...strong, ...weak }
}

const painted = (text, colours) => JSON.parse(text.replace(/"(#0000\d\d)"/g, (whole, name) => (colours[name] ? `"${colours[name]}"` : whole)))

class Chart {
  constructor(place) {
    this.root = document.createElement("div")
    this.root.className = "lens-chart"
    this.plot = document.createElement("div")
    this.root.append(this.plot)
    place.append(this.root)
    this.marks = []
    this.touch = new Touch(this)
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.root)
    this.recolour = () => requestAnimationFrame(() => this.draw())
    forced.addEventListener("change", this.recolour)
    this.theme = new MutationObserver(this.recolour)
    const app = place.closest(".stApp")
    if (app) this.theme.observe(app, { attributes: true, attributeFilter: ["class", "style"] })
  }

  take(data, tell) {
    this.data = data
    this.tell = tell
    this.root.setAttribute("role", "figure")
    this.root.setAttribute("aria-label", data.alt)
    this.low?.removeEventListener("change", this.recolour)
    this.low = data.fitted ? matchMedia(data.low[0]) : null
    this.low?.addEventListener("change", this.recolour)
    this.root.style.minHeight = `${this.low?.matches ? data.fitted_height : data.height}px`
    if (data.first !== this.held) this.hold(data.first)
    this.looks = LOOKS
    return this.draw()
  }

  // The figure as it was guessed stands a moment; then its marks move to where they belong.
  hold(figure) {
    this.held = figure
    this.first = figure ?? null
    clearTimeout(this.holding)
    if (!figure) return
    this.holding = setTimeout(() => {
      this.first = null
      this.draw()
    }, HELD)
  }

  async draw() {
    const { plotly } = this.data ?? {}
    const wide = Math.round(this.root.clientWidth)
    const figure = this.first ?? (this.low?.matches && wide >= this.data.low[1] ? this.data.fitted : this.data?.figure)
    if (figure && !wide) this.lookAgain()
    if (!figure || !wide || this.over) return
    const look = `${wide} ${scheme(this.root)} ${forced.matches}`
    if (this.wanted === figure && this.look === look) return
    const same = this.look === look
    this.wanted = figure
    this.look = look
    const Plotly = await program(plotly).catch((fault) => {
      this.wanted = null // so that the next look at it tries again
      throw fault
    })
    if (this.wanted !== figure || this.look !== look || this.over) return
    const { data, layout } = painted(figure, palette(this.root))
    const before = same && !still.matches ? placesOf(this.marks) : null
    const font = { ...layout.font, family: getComputedStyle(this.root).fontFamily }
    await Plotly.react(this.plot, data, { ...layout, font, width: wide, autosize: false, hovermode: false }, CONFIG)
    if (this.over) return
    this.root.style.minHeight = `${layout.height}px`
    this.marks = marksOf(this.plot, this.data.asks)
    if (before) this.move(before)
    this.touch.follow()
  }

  // While a page is put together its parts have no width, and a window in the back is told of none that comes later.
  lookAgain() {
    clearTimeout(this.waiting)
    if (!this.over && this.looks-- > 0) this.waiting = setTimeout(() => this.draw(), 100)
  }

  // What moved is seen to move: a mark of the same name begins where it stood, and a line as it ran.
  move(before) {
    const timing = { duration: MOTION, easing: "ease-out" }
    for (const [name, mark] of placesOf(this.marks)) {
      const from = before.get(name)
      if (!from) continue
      const [dx, dy] = [from.x - mark.x, from.y - mark.y]
      const along = (path) => path?.replace(/[^A-Z]/gi, "")
      if (mark.path && from.path !== mark.path && along(from.path) === along(mark.path))
        mark.line.animate([{ d: `path("${from.path}")` }, { d: `path("${mark.path}")` }], timing)
      if (Math.abs(dx) + Math.abs(dy) < 1) continue
      const at = mark.node.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 }
      const to = (x, y) => ({ transform: `translate(${x}px, ${y}px)` })
      mark.node.animate([to(at.e + dx, at.f + dy), to(at.e, at.f)], timing)
      mark.interval?.animate([to(dx, dy), to(0, 0)], timing)
    }
  }

  end() {
    this.over = true
    clearTimeout(this.holding)
    clearTimeout(this.waiting)
    this.watch.disconnect()
    this.theme.disconnect()
    forced.removeEventListener("change", this.recolour)
    this.low?.removeEventListener("change", this.recolour)
    this.touch.end()
    globalThis.Plotly?.purge(this.plot)
    this.root.remove()
  }
}

export default function show({ data, parentElement, setTriggerValue }) {
  let chart = held.get(parentElement)
  if (!chart || chart.over) {
    chart = new Chart(parentElement)
    held.set(parentElement, chart)
  }
  const drawn = chart.take(data, setTriggerValue)
  drawn?.catch((fault) => console.error(fault))
  return () => chart.end()
}
