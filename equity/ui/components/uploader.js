const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(name + "="))?.slice(name.length + 1) ?? ""

// The page may be served below a path (server.baseUrlPath): addresses are relative to where its pages are.
const base = () => document.querySelector("base")?.href ?? new URL(".", window.location.href).href

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const [drop, input, bar, status] = [".drop", "input", ".progress", ".status"].map(find)
  find(".label").textContent = data.label
  find(".help").textContent = data.help
  input.setAttribute("aria-describedby", "help")

  const say = (text, bad) => {
    status.textContent = text
    status.classList.toggle("bad", Boolean(bad))
  }
  const send = (file) => {
    if (!file || drop.request) return
    const request = new XMLHttpRequest()
    drop.request = request
    request.open("POST", new URL(data.address, base()))
    request.setRequestHeader("X-Xsrftoken", decodeURIComponent(cookie("_streamlit_xsrf")))
    request.setRequestHeader("X-Upload-Ticket", data.ticket)
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name))
    request.upload.onprogress = (event) => {
      const share = Math.floor((100 * event.loaded) / event.total)
      find("progress").value = share
      say(`Uploading ${file.name}: ${share} %`)
    }
    request.onloadend = () => {
      drop.request = null
      bar.hidden = true
      input.value = ""
      const answer = (() => { try { return JSON.parse(request.responseText) } catch { return {} } })()
      if (request.status === 200 && answer.id) {
        say(`${file.name} is here.`)
        setTriggerValue("staged", answer.id)
      } else if (drop.cancelled) {
        say("The upload was canceled; nothing was kept.")
      } else {
        say(answer.error ?? "The upload did not arrive whole: check the connection and choose the file again.", true)
      }
      drop.cancelled = false
    }
    bar.hidden = false
    find("progress").value = 0
    say(`Uploading ${file.name}`)
    request.send(file)
  }

  input.onchange = () => send(input.files[0])
  find(".cancel").onclick = () => { drop.cancelled = true; drop.request?.abort() }
  drop.ondragover = (event) => { event.preventDefault(); drop.classList.add("over") }
  drop.ondragleave = () => drop.classList.remove("over")
  drop.ondrop = (event) => { event.preventDefault(); drop.classList.remove("over"); send(event.dataTransfer.files[0]) }
}
