// A file may be dropped onto the field; the native field stays, with its own words and keys.
class Drop extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input[type=file]");
    const over = (event, isOver) => {
      event.preventDefault();
      this.classList.toggle("is-over", isOver);
    };
    this.addEventListener("dragover", (event) => over(event, true));
    this.addEventListener("dragleave", (event) => over(event, false));
    this.addEventListener("drop", (event) => {
      over(event, false);
      if (!event.dataTransfer.files.length) return;
      const files = new DataTransfer();
      for (const file of field.multiple ? event.dataTransfer.files : [event.dataTransfer.files[0]]) files.items.add(file);
      field.files = files.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

customElements.define("ww-drop", Drop);
