// Adds the points up while they are typed, and moves each by five with its two buttons.
const form = document.querySelector("form.weigh")
const fields = [...form.querySelectorAll("input[type=number]")]
const left = form.querySelector(".left")

const said = () => {
  const rest = 100 - fields.reduce((sum, field) => sum + (Number(field.value) || 0), 0)
  const text = rest === 0 ? form.dataset.all : rest > 0 ? form.dataset.left : form.dataset.over
  left.textContent = text.replace("{n}", String(Math.abs(Math.round(rest * 100) / 100)))
}

for (const button of form.querySelectorAll("button[data-step]")) {
  button.hidden = false
  button.addEventListener("click", () => {
    const field = form.elements[button.dataset.field]
    field.value = String(Math.min(100, Math.max(0, (Number(field.value) || 0) + Number(button.dataset.step))))
    said()
  })
}
form.addEventListener("input", said)
said()
