// / and Ctrl+K go to the search field; c checks in and n starts a goal, outside fields and unless turned off.
class PageShortcuts extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "k") return this.find(event);
    if (event.ctrlKey || event.metaKey || event.altKey || this.isBusy(event.target)) return;
    if (key === "/") return this.find(event);
    const address = { c: this.dataset.checkIn, n: this.dataset.new }[key];
    if (address && !event.shiftKey) location.assign(address);
  }

  isBusy(target) {
    const typing = target.closest?.("input, textarea, select, [contenteditable], dialog[open], check-in-keys");
    return Boolean(typing) || localStorage.getItem("keys") === "off";
  }

  find(event) {
    const field = document.querySelector("[data-finder] input");
    if (!field?.checkVisibility()) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
}

customElements.define("page-shortcuts", PageShortcuts);
