// What holds for every page: shows controls that need scripts, prints, closes small panels.
function reveal(root) {
  for (const element of root.querySelectorAll("[data-print][hidden], [data-dialog][hidden], .markdown-tools[hidden], [data-toast-close][hidden], ww-copy > button[hidden], .drop-hint[hidden]")) {
    element.hidden = false;
  }
}

function focusFirstError(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}

reveal(document);
focusFirstError(document);
document.addEventListener("htmx:load", (event) => {
  reveal(event.detail.elt.parentNode || document);
  if (event.detail.elt !== document.body) focusFirstError(event.detail.elt);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// In a row that scrolls sideways the whole card comes into view when the keyboard gets there.
document.addEventListener("focusin", (event) => {
  const card = event.target.matches(":focus-visible") && event.target.closest(".row-scroll > *");
  if (card) card.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// Closed explanations are printed too.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.details:not([open]), details.who-sees:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// Small panels close when the attention goes elsewhere.
const PANELS = "details.why[open], details.facet[open]";
function closePanels(except) {
  for (const details of document.querySelectorAll(PANELS)) {
    if (!details.contains(except)) details.open = false;
  }
}
document.addEventListener("click", (event) => closePanels(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const details = document.activeElement && document.activeElement.closest(PANELS);
  if (details) {
    details.open = false;
    details.querySelector("summary").focus();
  } else {
    closePanels(null);
  }
});

// Menus stand at their button where the browser cannot place them itself.
if (!CSS.supports("position-area: bottom")) {
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (event.newState !== "open" || !menu.classList.contains("menu-list")) return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`);
    const place = button.getBoundingClientRect();
    const width = menu.offsetWidth;
    const below = place.bottom + menu.offsetHeight + 8 < window.innerHeight;
    menu.style.left = `${Math.max(8, Math.min(place.right - width, window.innerWidth - width - 8))}px`;
    menu.style.top = `${below ? place.bottom : Math.max(8, place.top - menu.offsetHeight - 8)}px`;
  }, true);
}
