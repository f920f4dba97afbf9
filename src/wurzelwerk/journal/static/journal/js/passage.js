// Offers to make the words somebody has selected in an entry evidence; without scripts a page lists the paragraphs.
const LONGEST = 1000;

class Passage extends HTMLElement {
  connectedCallback() {
    this.form = document.createElement("form");
    this.form.method = "post";
    this.form.action = this.dataset.action;
    this.form.className = "passage-offer no-print";
    this.form.hidden = true;
    this.text = this.hidden_field("selected");
    this.hidden_field("csrfmiddlewaretoken").value = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const button = document.createElement("button");
    button.className = "button primary small";
    button.textContent = this.dataset.label;
    this.form.append(button);
    this.append(this.form);
    this.look = () => this.offer(String(document.getSelection()).trim());
    document.addEventListener("selectionchange", this.look);
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.look);
  }

  hidden_field(name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    this.form.append(field);
    return field;
  }

  offer(text) {
    const selection = document.getSelection();
    const inside = selection.rangeCount > 0 && this.contains(selection.getRangeAt(0).commonAncestorContainer);
    if (inside && text) this.text.value = text.slice(0, LONGEST);
    if (inside || !this.form.contains(document.activeElement)) this.form.hidden = !(inside && text);
  }
}

customElements.define("ww-passage", Passage);
