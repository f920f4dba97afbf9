// Copies a link and says so.
class Copy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(this.dataset.href, location.href).href);
      this.querySelector("[role=status]").textContent = this.dataset.done;
      document.dispatchEvent(new CustomEvent("ww:say", { detail: { text: this.dataset.done, tone: "success" } }));
    });
  }
}

customElements.define("ww-copy", Copy);
