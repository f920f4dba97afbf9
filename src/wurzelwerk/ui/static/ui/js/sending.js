// A form is sent once; after five seconds, or when somebody comes back to the page, it may be sent again.
const AGAIN = 5000;

function settle(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll(".is-sending")) button.classList.remove("is-sending");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (button && button.hasAttribute("data-refused")) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "yes";
  if (button) button.classList.add("is-sending");
  setTimeout(() => settle(form), AGAIN);
}, true);

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) settle(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) settle(form);
});
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
