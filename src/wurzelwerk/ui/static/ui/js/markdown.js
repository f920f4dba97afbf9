// The toolbar of a Markdown field; arrow keys move inside it, the text area stays a plain text area.
class Markdown extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.tools = this.querySelector("[role=toolbar]");
    this.tools.hidden = false;
    this.tools.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-mark]");
      if (tool) this.mark(tool.dataset.mark);
    });
    this.tools.addEventListener("keydown", (event) => this.move(event));
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tools = [...this.tools.children];
    const next = tools[(tools.indexOf(document.activeElement) + step + tools.length) % tools.length];
    for (const tool of tools) tool.tabIndex = tool === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  }

  mark(sign) {
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const chosen = value.slice(start, end);
    this.area.focus();
    if (sign === "[") this.put(`[${chosen}](https://)`, start, end);
    else if (sign.endsWith(" ")) this.lines(sign, start, end);
    else this.put(`${sign}${chosen}${sign}`, start, end, chosen ? 0 : sign.length);
  }

  lines(sign, start, end) {
    const from = this.area.value.lastIndexOf("\n", start - 1) + 1;
    const text = this.area.value.slice(from, end);
    this.put(text.split("\n").map((line) => sign + line).join("\n"), from, end);
  }

  put(text, start, end, back = 0) {
    this.area.setRangeText(text, start, end, "end");
    this.area.selectionStart = this.area.selectionEnd = this.area.selectionEnd - back;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("ww-markdown", Markdown);
