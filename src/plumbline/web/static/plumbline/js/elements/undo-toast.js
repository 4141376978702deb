// <undo-toast data-seconds="8">: leaves by itself, waits while somebody points at it or is inside,
// and hands the keyboard back to where it was.
class UndoToast extends HTMLElement {
  connectedCallback() {
    this.left = Number(this.dataset.seconds) || 0;
    this.back = document.activeElement;
    const dismiss = this.querySelector("[data-dismiss]");
    if (dismiss) dismiss.hidden = false;
    this.addEventListener("click", this);
    this.addEventListener("htmx:afterRequest", this);
    if (this.left) this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.removeEventListener("click", this);
    this.removeEventListener("htmx:afterRequest", this);
  }

  handleEvent(event) {
    if (event.type === "click" && !event.target.closest("[data-dismiss]")) return;
    if (event.type !== "click" && !event.detail.successful) return;
    this.leave();
  }

  tick() {
    if (this.matches(":hover, :focus-within") || document.hidden) return;
    this.left -= 1;
    if (this.left <= 0) this.leave();
  }

  leave() {
    const held = this.contains(document.activeElement);
    const next = this.back?.isConnected && this.back !== document.body ? this.back : document.getElementById("main");
    this.remove();
    if (held) next?.focus();
  }
}

customElements.define("undo-toast", UndoToast);
