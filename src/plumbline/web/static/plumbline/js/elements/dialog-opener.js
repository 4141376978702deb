// Buttons with command="show-modal" open their dialog in browsers that do not know commands yet.
const KNOWN = "command" in HTMLButtonElement.prototype;

function obey(event) {
  const button = event.target.closest("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (!dialog) return;
  if (button.getAttribute("command") === "show-modal") dialog.showModal();
  if (button.getAttribute("command") === "close") dialog.close();
}

if (!KNOWN) document.addEventListener("click", obey);
