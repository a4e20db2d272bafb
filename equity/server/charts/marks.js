// The marks of a drawn figure: where each stands in pixels of the figure, what it says, what it can be asked.

const SAYING = new DOMParser()

// What stands in a figure is written for Plotly, which reads a little HTML; as plain text it is lines.
export function plain(text) {
  const parted = String(text ?? "").replaceAll("<br>", "\n")
  return SAYING.parseFromString(parted, "text/html").body.textContent
}

const LETTERS = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#36;": "$" }

const letters = (text) => String(text).replace(/&(lt|gt|amp|#36);/g, (shut) => LETTERS[shut])

// A question as it was before `equity/charts/parts/asking.py` shut its texts, letter by letter.
function opened({ does, question }) {
  return { does: letters(does), question: Object.fromEntries(Object.entries(question).map(([part, code]) => [part, letters(code)])) }
}

const at = (list, i) => (Array.isArray(list) || ArrayBuffer.isView(list) ? list[i] : list)

const axis = (plot, id) => plot._fullLayout[`${id[0]}axis${id.slice(1)}`]

function box(mark, x0, x1, y0, y1) {
  const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)]
  const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)]
  return { ...mark, x: (left + right) / 2, y: (top + bottom) / 2, wide: right - left, tall: bottom - top }
}

function cellsOf(trace, points, x, y) {
  const { x: across, y: down, z } = points[0]
  const said = trace.hovertext ?? trace.text
  return z.flatMap((row, i) =>
    [...row].map((value, j) => {
      if (value === null || value === undefined || Number.isNaN(value)) return null
      const mark = { text: at(said?.[i], j), more: trace.customdata?.[i]?.[j] }
      const cell = box(mark, x(across[j]), x(across[j + 1]), y(down[i]), y(down[i + 1]))
      return { ...cell, wide: cell.wide - (trace.xgap ?? 0), tall: cell.tall - (trace.ygap ?? 0) }
    }),
  )
}

function barsOf(trace, points, x, y) {
  return points.map((bar, i) => {
    const mark = { text: at(trace.hovertext ?? trace.text, i), more: at(trace.customdata, i) }
    if (bar.s0 === undefined || bar.p0 === undefined) return null
    return trace.orientation === "h"
      ? box(mark, x(bar.s0), x(bar.s1), y(bar.p0), y(bar.p1))
      : box(mark, x(bar.p0), x(bar.p1), y(bar.s0), y(bar.s1))
  })
}

function pointsOf(trace, points, x, y, nodes, intervals) {
  return points.map((point, i) => {
    const [px, py] = [x(point.x), y(point.y)]
    if (!Number.isFinite(px) || !Number.isFinite(py)) return null
    const size = trace.mode.includes("markers") ? at(trace.marker?.size, i) ?? 6 : 6
    const mark = { text: at(trace.hovertext ?? trace.text, i), more: at(trace.customdata, i) }
    return { ...mark, x: px, y: py, wide: size, tall: size, dot: true, node: nodes.get(point), interval: intervals.get(point) }
  })
}

const byPoint = (plot, selector) => new Map([...plot.querySelectorAll(selector)].map((node) => [node.__data__, node]))

// Every mark that says something, in reading order.
export function marksOf(plot, asks) {
  const nodes = byPoint(plot, ".scatterlayer path.point"), intervals = byPoint(plot, ".scatterlayer g.errorbar")
  const rows = plot._fullLayout.meta?.rows
  const found = (plot.calcdata ?? []).flatMap((points, series) => {
    const trace = points[0]?.trace
    if (!trace || trace.visible !== true || trace.hoverinfo === "skip") return []
    const across = axis(plot, trace.xaxis ?? "x"), down = axis(plot, trace.yaxis ?? "y")
    const x = (value) => across._offset + across.c2p(value), y = (value) => down._offset + down.c2p(value)
    const kind = { heatmap: cellsOf, bar: barsOf, scatter: pointsOf }[trace.type]
    const marks = kind ? kind(trace, points, x, y, nodes, intervals) : []
    return marks.filter((mark) => mark && mark.text).map((mark) => ({ ...mark, series, panel: trace.yaxis ?? "y", row: rows ? Math.floor(down.p2c(mark.y - down._offset)) : null }))
  })
  for (const mark of found) {
    mark.said = mark.more?.said ?? plain(mark.text)
    mark.ask = asks && mark.more?.ask ? opened(mark.more.ask) : null
    mark.key = mark.more?.key ?? mark.said.split(": ")[0]
  }
  const inOrder = (one, other) => (rows ? one.row - other.row : 0) || Math.round((one.y - other.y) / 6) || one.x - other.x
  return found.sort(inOrder)
}

// The marks that may be seen to move, by their panel and what they are: each with where it stands, and the first of
// every line with its line's path.
export function placesOf(marks) {
  const seen = new Set()
  const begun = (mark) => {
    const line = mark.node.closest("g.trace")?.querySelector("path.js-line")
    if (!line || seen.has(line)) return {}
    seen.add(line)
    return { line, path: line.getAttribute("d") }
  }
  const movable = marks.filter((mark) => mark.node).sort((one, other) => one.x - other.x)
  return new Map(movable.map((mark) => [`${mark.panel} ${mark.key}`, { ...mark, ...begun(mark) }]))
}
