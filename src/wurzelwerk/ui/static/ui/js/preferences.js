// Theme and density change at once; the server is told in the background. The language needs a new page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-preferences]") || !button || button.name === "language") return;
  event.preventDefault();
  const body = new FormData(form, button);
  document.documentElement.dataset[button.name] = button.value;
  for (const other of form.querySelectorAll(`[name="${button.name}"]`)) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => form.submit());
}, true);
