// Comes with each answer of the judge and fills the fields that nobody has touched: those with [data-follows],
// which holds what stands there while the sentence says nothing. Whoever types into a field makes it theirs.
class ReadingValues extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    for (const field of form?.querySelectorAll("[data-follows]") ?? []) {
      field.value = this.dataset[field.name] ?? field.dataset.follows;
    }
  }
}

function own({ target }) {
  target.removeAttribute?.("data-follows");
}

document.addEventListener("input", own);
document.addEventListener("change", own);
customElements.define("reading-values", ReadingValues);
