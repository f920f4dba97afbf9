// Keys: "?" shows them, "g s" goes to a page, "/" to the search field, "n" to what is new on a page.
const PAUSE = 1200;
let first = "";
let timer = 0;

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

async function showKeys() {
  let dialog = document.getElementById("keys");
  if (!dialog) {
    const link = document.querySelector("[data-open-keys]");
    if (!link) return;
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    dialog = document.createElement("dialog");
    dialog.id = "keys";
    dialog.className = "dialog";
    dialog.setAttribute("aria-label", link.textContent.trim());
    const head = document.createElement("div");
    head.className = "dialog-head";
    const heading = document.createElement("h2");
    heading.textContent = link.textContent.trim();
    const closer = document.createElement("button");
    closer.type = "button";
    closer.className = "button plain small";
    closer.dataset.close = "";
    closer.textContent = document.querySelector("ww-toasts").dataset.close;
    head.append(heading, closer);
    const body = document.createElement("div");
    body.className = "dialog-body";
    body.innerHTML = await answer.text();
    dialog.append(head, body);
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
}

function goTo(keys) {
  const link = document.querySelector(`.side-nav a[data-keys="${CSS.escape(keys)}"]`);
  if (link) link.click();
  return link !== null;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open-keys]")) {
    event.preventDefault();
    const menu = document.getElementById("person-menu");
    if (menu && menu.matches(":popover-open")) menu.hidePopover();
    showKeys();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (first) {
    const keys = `${first} ${event.key}`;
    first = "";
    if (goTo(keys)) event.preventDefault();
    return;
  }
  if (event.key === "?") {
    event.preventDefault();
    showKeys();
  } else if (event.key === "/") {
    const field = document.querySelector("main [data-search-focus]");
    const opener = document.querySelector("[data-dialog=command]");
    event.preventDefault();
    if (field) field.focus();
    else if (opener) opener.click();
  } else if (event.key === "n") {
    const fresh = document.querySelector("main [data-new]");
    if (fresh) fresh.click();
  } else if (event.key === "g") {
    first = "g";
    clearTimeout(timer);
    timer = setTimeout(() => { first = ""; }, PAUSE);
  }
});
