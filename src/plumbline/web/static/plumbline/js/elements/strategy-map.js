// Opens the key results of a goal on the map in place; without it, the page of the goal has them.
class StrategyMap extends HTMLElement {
  connectedCallback() {
    this.upgrade();
    this.addEventListener("htmx:afterSettle", this);
  }

  disconnectedCallback() {
    this.removeEventListener("htmx:afterSettle", this);
  }

  handleEvent() {
    this.upgrade();
  }

  upgrade() {
    for (const said of this.querySelectorAll("p[data-key-results]")) said.replaceWith(this.opener(said));
  }

  opener(said) {
    const home = said.closest(".scard").querySelector(".scard__t").getAttribute("href");
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const list = document.createElement("div");
    details.className = "disc scard__d";
    summary.append(this.chevron(), said.textContent);
    details.append(summary, list);
    details.addEventListener("toggle", () => this.load(`${home}key-results/`, list), { once: true });
    return details;
  }

  chevron() {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", this.dataset.chevron);
    drawing.classList.add("ic", "ic--s");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(use);
    return drawing;
  }

  load(address, list) {
    window.htmx.ajax("GET", address, { target: list, swap: "innerHTML" });
  }
}

customElements.define("strategy-map", StrategyMap);
