// Saves a form two seconds after the last key; keeps the text on the device while offline; shows both versions in a conflict.
const QUIET = 2000;
const RETRY = 15000;

class Autosave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-autosave-status]");
    this.panel = this.querySelector("[data-autosave-conflict]");
    this.key = `autosave:${this.form.action}`;
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", () => this.forget());
    window.addEventListener("online", () => this.dirty && this.save());
    window.addEventListener("pagehide", () => this.dirty && this.keep());
    this.restore();
  }

  fields() {
    const found = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "version") found[name] = value;
    }
    return found;
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  later() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ version: this.form.elements.version.value, fields: this.fields() }));
    } catch {
      // A full or closed store is no reason to lose the page.
    }
  }

  forget() {
    this.dirty = false;
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.key) || "null");
    if (!kept) return;
    this.fill(kept.fields);
    this.form.elements.version.value = kept.version;
    this.say(this.dataset.restored);
    this.later();
  }

  fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.form.elements[name];
      if (field && "value" in field) field.value = value;
    }
  }

  async save() {
    if (this.saving || !this.panel.hidden) return;
    this.saving = true;
    this.dirty = false;
    this.say(this.dataset.saving);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json", "X-Requested-With": "fetch" }, redirect: "manual" });
      await this.hear(answer);
    } catch {
      this.dirty = true;
      this.keep();
      this.say(this.dataset.offline);
      this.timer = setTimeout(() => this.save(), RETRY);
    } finally {
      this.saving = false;
    }
  }

  async hear(answer) {
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.ok && isJson) {
      const news = await answer.json();
      this.form.elements.version.value = news.version;
      if (!this.dirty) localStorage.removeItem(this.key);
      this.say(`${this.dataset.saved} ${news.saved_at}`);
    } else if (answer.status === 409 && isJson) {
      this.conflict(await answer.json());
    } else {
      this.dirty = true;
      this.keep();
      this.say(this.dataset.failed);
    }
  }

  conflict(theirs) {
    this.keep();
    const mine = this.fields();
    const names = Object.keys(theirs.fields).filter((name) => theirs.fields[name] !== mine[name]);
    const title = document.createElement("p");
    title.textContent = this.dataset.conflict;
    const versions = document.createElement("div");
    versions.className = "autosave-versions";
    versions.append(this.version(this.dataset.mine, names, mine), this.version(this.dataset.theirs, names, theirs.fields));
    const row = document.createElement("div");
    row.className = "actions";
    row.append(this.choice(this.dataset.keepMine, "button small primary", theirs, null), this.choice(this.dataset.takeTheirs, "button small quiet", theirs, theirs.fields));
    this.panel.replaceChildren(title, versions, row);
    this.panel.hidden = false;
    this.panel.setAttribute("role", "alert");
    this.say(this.dataset.conflict);
  }

  version(title, names, fields) {
    const box = document.createElement("div");
    const heading = document.createElement("strong");
    heading.textContent = title;
    box.append(heading, "\n", names.map((name) => fields[name] || "–").join("\n\n"));
    return box;
  }

  choice(label, cls, theirs, fields) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = cls;
    button.textContent = label;
    button.addEventListener("click", () => {
      if (fields) this.fill(fields);
      this.form.elements.version.value = theirs.version;
      this.panel.hidden = true;
      this.panel.replaceChildren();
      this.save();
    });
    return button;
  }
}

customElements.define("ww-autosave", Autosave);
