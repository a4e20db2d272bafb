// Periods drawn over on a chart over time: with the mouse or a finger along the axis, or with Shift and the arrow keys.

import { TEXTS } from "./texts.js"

const FAR = 12

export class Span {
  constructor(touch) {
    this.touch = touch
    this.band = document.createElement("div")
    this.band.className = "lens-span"
    this.band.hidden = true
    touch.hand.append(this.band)
  }

  get time() {
    const { chart } = this.touch
    return (chart.data?.asks && chart.plot._fullLayout?.meta?.time) || null
  }

  get axis() {
    return this.touch.chart.plot._fullLayout.xaxis
  }

  // The period at a place across, kept within those that there are.
  period(x) {
    const at = Math.round(this.axis.p2c(x - this.axis._offset))
    return Math.max(0, Math.min(at, this.time.labels.length - 1))
  }

  across(event) {
    return event.clientX - this.touch.chart.root.getBoundingClientRect().left
  }

  begun(event) {
    this.from = this.time && event.button === 0 ? this.across(event) : null
    this.drawn = false
    if (this.from !== null) this.touch.hand.setPointerCapture?.(event.pointerId)
  }

  moved(event) {
    if (this.from === null || this.from === undefined || !event.buttons) return false
    const x = this.across(event)
    if (!this.drawn && Math.abs(x - this.from) < FAR) return false
    clearTimeout(this.touch.resting)
    this.drawn = true
    this.mark(this.period(this.from), this.period(x))
    return true
  }

  // Whether periods were drawn over; the question is then asked.
  ended() {
    const drawn = this.drawn
    this.from = null
    this.drawn = false
    if (drawn) this.asked()
    return drawn
  }

  extended(key) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[key]
    if (!way || !this.time || !this.touch.at) return false
    const [first, last] = this.held ?? Array(2).fill(this.period(this.touch.at.x))
    const next = Math.max(0, Math.min(last + way, this.time.labels.length - 1))
    this.touch.leave(true)
    this.mark(first, next)
    this.touch.aloud.textContent = `${this.said()}. ${TEXTS.enter}: ${this.time.does}`
    return true
  }

  mark(first, last) {
    this.held = [first, last]
    const [left, right] = [Math.min(first, last) - 0.5, Math.max(first, last) + 0.5].map((at) => this.axis._offset + this.axis.c2p(at))
    this.band.hidden = false
    this.band.style.left = `${left}px`
    this.band.style.width = `${right - left}px`
    this.band.dataset.said = this.said()
  }

  ends(labels) {
    return [labels[Math.min(...this.held)], labels[Math.max(...this.held)]]
  }

  said() {
    const [first, last] = this.ends(this.time.titles)
    return first === last ? first : `${first} ${TEXTS.to} ${last}`
  }

  asked() {
    if (!this.held || !this.time) return false
    const [first, last] = this.ends(this.time.labels)
    const { question, part } = this.time
    this.touch.put({ ...question, [part]: first === last ? first : `${first}..${last}` })
    return true
  }

  cleared() {
    const held = Boolean(this.held)
    this.clear()
    return held
  }

  clear() {
    this.held = null
    this.from = null
    this.drawn = false
    this.band.hidden = true
  }
}
