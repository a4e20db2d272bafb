// The words beside a mark: ours, wrapped, inside the window, above whatever else the page shows.

const GAP = 12

export class Tip {
  constructor() {
    this.box = document.createElement("div")
    this.box.className = "lens-tip"
    this.box.setAttribute("aria-hidden", "true") // the same words are read aloud by the live region beside it
    if (this.box.showPopover) this.box.popover = "manual"
  }

  // Lines of text, the first the name of what is met; `does` is what a click would do, if anything.
  show(lines, does, place) {
    const [name, ...rest] = lines
    const part = (tag, text) => Object.assign(document.createElement(tag), { textContent: text })
    this.box.replaceChildren(part("b", name), ...rest.map((line) => part("span", line)), ...(does ? [part("em", does)] : []))
    if (!this.box.isConnected) document.body.append(this.box)
    this.box.showPopover?.()
    const { width, height } = this.box.getBoundingClientRect()
    const [wide, tall] = [document.documentElement.clientWidth, document.documentElement.clientHeight]
    const fits = (from) => Math.max(GAP / 2, Math.min(from, wide - width - GAP / 2))
    // Beside the mark at its right, else its left; on a narrow window above it, else below: never over it.
    let left = place.right + GAP, top = place.middle - height / 2
    if (left + width > wide) left = place.left - GAP - width
    if (left < 0) {
      left = fits(place.centre - width / 2)
      top = place.top - GAP - height > 0 ? place.top - GAP - height : place.bottom + GAP
    }
    this.box.style.left = `${left}px`
    this.box.style.top = `${Math.max(GAP / 2, Math.min(top, tall - height - GAP / 2))}px`
  }

  hide() {
    if (!this.box.isConnected) return
    if (this.box.showPopover && this.box.matches(":popover-open")) this.box.hidePopover()
    this.box.remove()
  }
}
