// The diagram comes finished from the server, with everything in it escaped; it is only put into the page.
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".place")
  if (place.dataset.drawn === data.svg) return
  place.dataset.drawn = data.svg
  const read = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement
  if (read.nodeName === "svg") place.replaceChildren(document.importNode(read, true))
}
