// <value-offer data-field="due_on" data-value="2026-06-30">30 Jun, end of Q2</value-offer>: words that become a
// button which puts the value into its field.
class ValueOffer extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...this.childNodes);
    button.addEventListener("click", () => this.give());
    this.append(button);
  }

  give() {
    const form = this.closest("form");
    const field = form?.elements[this.dataset.field];
    if (!field) return;
    field.value = this.dataset.value;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    this.replaceChildren(this.textContent);
    field.focus();
  }
}

customElements.define("value-offer", ValueOffer);
