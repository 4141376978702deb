// Turns the single-key shortcuts off and on again, for this browser.
class KeySwitch extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", this);
    this.show();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  handleEvent() {
    if (localStorage.getItem("keys") === "off") localStorage.removeItem("keys");
    else localStorage.setItem("keys", "off");
    this.show();
  }

  show() {
    const on = localStorage.getItem("keys") !== "off";
    const word = this.querySelector("[data-on]");
    this.querySelector("button").setAttribute("aria-pressed", String(on));
    word.textContent = on ? word.dataset.on : word.dataset.off;
  }
}

customElements.define("key-switch", KeySwitch);
