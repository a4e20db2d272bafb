// The menu: sections fold, the one in use is open. A link presses Streamlit's own, which goes to the page without loading
// anything anew; where that is not there, the address is opened.
const made = (name, properties, inside = []) => {
  const part = Object.assign(document.createElement(name), properties)
  part.append(...inside)
  return part
}
const sign = (name) => {
  const drawn = made("span", { className: "lens-menu-icon" })
  drawn.dataset.icon = name
  drawn.setAttribute("aria-hidden", "true")
  return drawn
}
const open = (button, yes) => {
  button.setAttribute("aria-expanded", String(yes))
  button.nextElementSibling.hidden = !yes
}

const go = (event, place) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  const own = document.querySelectorAll("[data-testid=stSidebarNavLink]")[place]
  if (!own) return
  event.preventDefault()
  own.click()
}

const link = (page) => {
  const drawn = made("a", { href: page.address, title: page.asks }, [sign(page.icon), page.title])
  drawn.dataset.page = page.name
  drawn.addEventListener("click", (event) => go(event, page.place))
  return made("li", {}, [drawn])
}

const section = ({ title, pages }, number) => {
  if (!title) return pages.map(link)
  const list = made("ul", { id: `lens-menu-${number}`, hidden: true }, pages.map(link))
  const button = made("button", { type: "button" }, [title, sign("expand_more")])
  button.setAttribute("aria-controls", list.id)
  button.setAttribute("aria-expanded", "false")
  button.addEventListener("click", () => open(button, button.getAttribute("aria-expanded") !== "true"))
  return [made("li", {}, [button, list])]
}

const use = (nav, current) => {
  nav.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"))
  const here = nav.querySelector(`[data-page="${CSS.escape(current)}"]`)
  here?.setAttribute("aria-current", "page")
  nav.querySelectorAll("button").forEach((one) => open(one, one.nextElementSibling.contains(here)))
}

export default function ({ parentElement, data }) {
  const nav = parentElement.querySelector("nav")
  const wanted = JSON.stringify(data.sections)
  if (nav.dataset.sections !== wanted) nav.replaceChildren(made("ul", {}, data.sections.flatMap(section)))
  if (nav.dataset.sections !== wanted || nav.dataset.current !== data.current) use(nav, data.current)
  // Another page is read from its beginning, however far down the one before was left.
  if (nav.dataset.current && nav.dataset.current !== data.current)
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0, behavior: "instant" })
  Object.assign(nav.dataset, { sections: wanted, current: data.current })
}
