// Rewrites that can be put into the sentence with a click or Alt+1 to Alt+3; the first blank is selected.
class SuggestionList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    const choices = [...this.querySelectorAll("[data-use]")];
    const pressed = event.type === "keydown" && event.altKey && /^Digit[1-3]$/.exec(event.code);
    const choice = pressed ? choices[Number(event.code.at(-1)) - 1] : event.target.closest?.("[data-use]");
    if (!choice || (event.type === "keydown" && !pressed)) return;
    event.preventDefault();
    this.use(choice.dataset.use, choice.querySelector("var")?.textContent);
  }

  use(sentence, blank) {
    const area = (this.closest("judge-sheet") ?? document).querySelector("[data-sentence]");
    if (!area) return;
    area.value = sentence;
    area.focus();
    const at = blank ? sentence.indexOf(blank) : -1;
    if (at >= 0) area.setSelectionRange(at, at + blank.length);
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

customElements.define("suggestion-list", SuggestionList);
