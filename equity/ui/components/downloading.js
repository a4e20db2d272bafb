const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(name + "="))?.slice(name.length + 1) ?? ""

// The page may be served below a path (server.baseUrlPath): addresses are relative to where its pages are.
const base = () => document.querySelector("base")?.href ?? new URL(".", window.location.href).href

const save = (content, name) => {
  const address = URL.createObjectURL(content)
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60000)
}

export default function ({ parentElement, data }) {
  const [button, status] = ["button", ".status"].map((part) => parentElement.querySelector(part))
  button.querySelector(".label").textContent = data.label
  button.querySelector(".icon").textContent = data.icon
  button.className = `download ${data.kind}`
  button.onclick = async () => {
    button.disabled = true
    status.textContent = ""
    try {
      const answer = await fetch(new URL(data.download, base()), {
        method: "POST",
        headers: { "X-Xsrftoken": decodeURIComponent(cookie("_streamlit_xsrf")) },
      })
      if (answer.ok) save(await answer.blob(), data.name)
      else status.textContent = (await answer.json()).error
    } catch {
      status.textContent = "The file did not arrive: check the connection and press the button again."
    }
    button.disabled = false
  }
}
