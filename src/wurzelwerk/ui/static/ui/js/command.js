// The command field: pages of the navigation at once, everything else from the server while typing.
const WAIT = 160;

class Command extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.status = this.querySelector("[role=status]");
    this.dialog = this.closest("dialog");
    this.chosen = -1;
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.list.addEventListener("mousemove", (event) => this.pointAt(event.target.closest("[role=option]")));
    this.dialog.addEventListener("toggle", (event) => {
      if (event.newState !== "open") this.ready = false;
      else if (!this.ready) this.open();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (!this.dialog.open) this.dialog.showModal();
        this.open();
      }
    });
  }

  open() {
    this.ready = true;
    this.input.focus();
    this.input.select();
    this.look();
  }

  pages(query) {
    const found = [];
    const seen = new Set();
    for (const link of document.querySelectorAll(".side-nav a[href], #person-menu a[href]")) {
      const label = link.textContent.trim();
      if (seen.has(link.href) || !fold(label).includes(fold(query))) continue;
      seen.add(link.href);
      found.push({ label, href: link.getAttribute("href"), note: link.dataset.keys || "" });
    }
    return found;
  }

  look() {
    const query = this.input.value.trim();
    const groups = [{ label: this.dataset.pages, items: this.pages(query) }];
    if (query && this.dataset.search) {
      const href = `${this.dataset.search}?q=${encodeURIComponent(query)}`;
      groups.push({ label: "", items: [{ label: `${this.dataset.all} „${query}“`, href }] });
    }
    this.show(groups);
    clearTimeout(this.timer);
    if (query && this.dataset.source) this.timer = setTimeout(() => this.ask(query, groups), WAIT);
  }

  async ask(query, groups) {
    if (this.asking) this.asking.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.source}?q=${encodeURIComponent(query)}`, { signal: this.asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok || query !== this.input.value.trim()) return;
      const found = await answer.json();
      // The server knows more spellings of the pages; its list replaces the quick one.
      const own = found.groups.some((group) => group.key === "pages") ? [] : [groups[0]];
      this.show([...own, ...found.groups, ...groups.slice(1)]);
    } catch (error) {
      if (error.name !== "AbortError") this.show(groups);
    }
  }

  show(groups) {
    this.list.replaceChildren();
    let number = 0;
    for (const group of groups.filter((one) => one.items.length)) {
      const box = document.createElement("div");
      box.className = "command-group";
      box.setAttribute("role", "group");
      if (group.label) {
        const label = document.createElement("div");
        label.className = "command-label";
        label.id = `command-group-${number}`;
        label.textContent = group.label;
        box.setAttribute("aria-labelledby", label.id);
        box.append(label);
      }
      for (const item of group.items) box.append(this.option(item, number++));
      this.list.append(box);
    }
    if (!number) this.none();
    this.input.setAttribute("aria-expanded", String(number > 0));
    this.status.textContent = number ? `${this.dataset.count} ${number}` : this.dataset.none;
    this.choose(number ? 0 : -1);
  }

  none() {
    const text = document.createElement("div");
    text.className = "command-empty";
    text.textContent = this.dataset.none;
    this.list.append(text);
  }

  option(item, number) {
    const link = document.createElement("a");
    link.className = "command-option";
    link.id = `command-option-${number}`;
    link.href = item.href;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    const label = document.createElement("span");
    label.textContent = item.label;
    link.append(label);
    if (item.note) {
      const note = document.createElement("span");
      note.className = "small";
      note.textContent = item.note;
      link.append(note);
    }
    return link;
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  choose(index) {
    const options = this.options();
    this.chosen = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.chosen)));
    if (this.chosen < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", options[this.chosen].id);
    options[this.chosen].scrollIntoView({ block: "nearest" });
  }

  pointAt(option) {
    const index = this.options().indexOf(option);
    if (index >= 0 && index !== this.chosen) this.choose(index);
  }

  steer(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      this.choose(this.chosen + moves[event.key]);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.options()[this.chosen].click();
    }
  }
}

function fold(text) {
  return text.toLowerCase().replaceAll("\u00ad", "").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}

customElements.define("ww-command", Command);
