// Draws a card's chart, as it stands on the page, into one PNG with the finding over it and the record under it.
const SCALE = 2, SIDE = 24, INK = "#1B2430", MUTED = "#566173"
const done = new Set()

const wrap = (pen, text, wide) => {
  const lines = [""]
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word
    if (lines.at(-1) && pen.measureText(longer).width > wide) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}

const loaded = (address) =>
  new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = reject
    image.src = address
  })

// Every layer of the chart is an SVG of the same size; a copy of each is painted, in order.
const layers = (chart) =>
  [...chart.querySelectorAll("svg.main-svg")].map((layer) => {
    const copy = layer.cloneNode(true)
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
    const { width, height } = layer.getBoundingClientRect()
    copy.setAttribute("width", width)
    copy.setAttribute("height", height)
    copy.style.fontFamily = "sans-serif"
    for (const text of copy.querySelectorAll("text")) text.style.fontFamily = "sans-serif"
    const source = new XMLSerializer().serializeToString(copy)
    return { source: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`, width, height }
  })

async function take(chart, { title, under, name }) {
  const style = getComputedStyle(document.querySelector(".stApp"))
  const dark = style.colorScheme === "dark"
  const ink = dark ? "#EDF1F6" : INK
  const parts = layers(chart)
  const wide = Math.max(540, Math.ceil(parts[0].width))
  const tall = Math.ceil(parts[0].height)
  const canvas = document.createElement("canvas")
  const pen = canvas.getContext("2d")
  const [large, small] = ["600 20px sans-serif", "13px sans-serif"]
  pen.font = large
  const head = wrap(pen, title, wide)
  pen.font = small
  const foot = under.flatMap((line) => wrap(pen, line, wide))
  const top = SIDE + head.length * 26 + 10
  canvas.width = (wide + 2 * SIDE) * SCALE
  canvas.height = (top + tall + 14 + foot.length * 19 + SIDE) * SCALE
  pen.scale(SCALE, SCALE)
  pen.fillStyle = style.backgroundColor
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.textBaseline = "top"
  pen.fillStyle = ink
  pen.font = large
  head.forEach((line, i) => pen.fillText(line, SIDE, SIDE + 26 * i))
  for (const { source, width, height } of parts) pen.drawImage(await loaded(source), SIDE, top, width, height)
  pen.fillStyle = dark ? "#A9B5C6" : MUTED
  pen.font = small
  foot.forEach((line, i) => pen.fillText(line, SIDE, top + tall + 14 + 19 * i))
  const link = document.createElement("a")
  link.download = name
  link.href = canvas.toDataURL("image/png")
  link.click()
}

export default function ({ data }) {
  if (done.has(data.once)) return
  done.add(data.once)
  let tries = 0
  const look = () => {
    const chart = document.querySelector(`.st-key-card_${CSS.escape(data.card)} .js-plotly-plot`)
    if (chart?.querySelector("svg.main-svg")) take(chart, data)
    else if (++tries < 100) setTimeout(look, 100)
  }
  look()
}
