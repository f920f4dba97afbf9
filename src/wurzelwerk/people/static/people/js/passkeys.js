/** Shows what goes wrong with a passkey beside its button, and says where the browser has none. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const text of document.querySelectorAll("[data-passkey-error]")) text.hidden = false;
});
if (!window.PublicKeyCredential) {
  for (const text of document.querySelectorAll("[data-passkey-missing]")) text.hidden = false;
}
