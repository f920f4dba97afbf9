/* Moving cards between columns by dragging or with Alt and the arrow keys; the menu does it without. */
class WwBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("dragstart", (event) => this.onDragStart(event));
    this.addEventListener("dragover", (event) => this.onDragOver(event));
    this.addEventListener("dragend", () => this.clear());
    this.addEventListener("drop", (event) => this.onDrop(event));
    this.addEventListener("htmx:afterSwap", () => this.prepare());
    this.prepare();
  }

  prepare() {
    for (const card of this.querySelectorAll("[data-step]")) card.draggable = true;
    if (this.moved) {
      this.querySelector(`#step-${this.moved} a`)?.focus();
      this.moved = null;
    }
  }

  columns() {
    return [...this.querySelectorAll(".board-column")];
  }

  onKey(event) {
    if (!event.altKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const card = event.target.closest("[data-step]");
    if (!card) return;
    event.preventDefault();
    const columns = this.columns();
    const here = columns.findIndex((column) => column.dataset.state === card.dataset.state);
    const there = columns[here + (event.key === "ArrowRight" ? 1 : -1)];
    if (there) this.move(card, there.dataset.state);
  }

  onDragStart(event) {
    this.dragged = event.target.closest("[data-step]");
    this.dragged?.classList.add("is-dragged");
  }

  onDragOver(event) {
    const column = event.target.closest(".board-column");
    if (!this.dragged || !column) return;
    event.preventDefault();
    for (const each of this.columns()) each.classList.toggle("is-target", each === column);
  }

  onDrop(event) {
    const column = event.target.closest(".board-column");
    if (!this.dragged || !column) return;
    event.preventDefault();
    const card = this.dragged;
    this.clear();
    if (column.dataset.state !== card.dataset.state) this.move(card, column.dataset.state);
  }

  clear() {
    this.dragged?.classList.remove("is-dragged");
    this.dragged = null;
    for (const each of this.columns()) each.classList.remove("is-target");
  }

  move(card, state) {
    this.moved = card.dataset.step;
    htmx.ajax("POST", card.dataset.move, { target: this, swap: "innerHTML", values: { state } });
  }
}

customElements.define("ww-board", WwBoard);
