// Around the form of a check-in: 1 to 5 say how sure, Ctrl+Enter saves, Alt+arrows step through the goals.
class CheckInKeys extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (key === "Enter" && (ctrlKey || metaKey)) return this.press(event, "[data-save]");
    if (altKey && key === "ArrowUp") return this.press(event, "[data-previous]");
    if (altKey && key === "ArrowDown") return this.press(event, "[data-next]");
    if (altKey || ctrlKey || metaKey || this.dataset.keys === "off" || localStorage.getItem("keys") === "off") return;
    if (/^[1-5]$/.test(key) && !target.matches("input:not([type=radio]), textarea, select")) this.grade(event, key);
  }

  press(event, what) {
    const target = this.querySelector(what);
    if (!target) return;
    event.preventDefault();
    target.click();
  }

  grade(event, key) {
    const choice = this.querySelector(`input[name=${this.dataset.grades ?? "confidence"}][value="${key}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.click();
    choice.focus();
  }
}

customElements.define("check-in-keys", CheckInKeys);
