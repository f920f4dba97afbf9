// Toasts leave after ten seconds, but never while somebody points at them or is inside. What has the focus is never
// covered by them: they change between the lower and the upper edge.
const STAY = 10000;

class Toasts extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".toast-list");
    this.held = false;
    this.watcher = new MutationObserver(() => this.start());
    this.watcher.observe(this.list, { childList: true });
    this.addEventListener("mouseenter", () => this.hold(true));
    this.addEventListener("mouseleave", () => this.hold(this.contains(document.activeElement)));
    this.addEventListener("focusin", () => this.hold(true));
    this.addEventListener("focusout", () => this.hold(this.matches(":hover")));
    this.addEventListener("click", (event) => {
      const closer = event.target.closest("[data-toast-close]");
      if (closer) closer.closest("[data-toast]").remove();
    });
    document.addEventListener("focusin", (event) => requestAnimationFrame(() => this.stepAside(event.target)));
    this.start();
  }

  stepAside(element) {
    if (this.contains(element)) return;
    const [own, focused] = [this, element].map((each) => each.getBoundingClientRect());
    const isBeside = focused.bottom <= own.top || focused.top >= own.bottom;
    if (!isBeside && focused.right > own.left && focused.left < own.right) this.classList.toggle("is-aside");
  }

  start() {
    for (const toast of this.list.querySelectorAll("[data-toast]")) {
      const closer = toast.querySelector("[data-toast-close]");
      if (closer) closer.hidden = false;
      toast.left ??= STAY;
    }
    if (!this.clock && this.list.childElementCount) this.clock = setInterval(() => this.tick(), 500);
  }

  hold(held) {
    this.held = held;
  }

  tick() {
    if (this.held || document.hidden) return;
    for (const toast of this.list.querySelectorAll("[data-toast]")) {
      toast.left -= 500;
      if (toast.left <= 0) toast.remove();
    }
    if (!this.list.childElementCount) {
      clearInterval(this.clock);
      this.clock = 0;
    }
  }

  say(text, tone, link) {
    const toast = document.createElement("div");
    toast.className = `toast tone-${tone}`;
    toast.dataset.toast = "";
    const words = document.createElement("p");
    words.textContent = text;
    if (link) {
      const target = document.createElement("a");
      target.href = link.href;
      target.target = "_blank";
      target.textContent = link.label;
      words.append(" ", target);
      toast.left = Infinity;
    }
    const closer = document.createElement("button");
    closer.type = "button";
    closer.className = "toast-button";
    closer.dataset.toastClose = "";
    closer.textContent = this.dataset.close;
    toast.append(words, closer);
    this.list.append(toast);
  }
}

customElements.define("ww-toasts", Toasts);

function say(text, tone, link) {
  const toasts = document.querySelector("ww-toasts");
  if (toasts && text) toasts.say(text, tone, link);
}

// What a part of a page could not load is said, with the words of the error page.
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const words = page.querySelector("[data-error] .notice p, [data-error-text]");
  say(words ? words.textContent.trim() : event.detail.xhr.statusText, "danger");
});
document.addEventListener("ww:signed-out", (event) => say(event.detail.text, "soon", event.detail));
document.addEventListener("ww:say", (event) => say(event.detail.text, event.detail.tone || "info"));
