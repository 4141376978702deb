// Around the sentence and its judgement: when the level changes the bob travels, swings and settles,
// and the level alone is announced, after a short pause.
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

class JudgeSheet extends HTMLElement {
  connectedCallback() {
    this.level = this.judgement?.dataset.level;
    this.addEventListener("htmx:beforeSwap", this);
    this.addEventListener("htmx:afterSwap", this);
  }

  disconnectedCallback() {
    clearTimeout(this.wait);
    this.removeEventListener("htmx:beforeSwap", this);
    this.removeEventListener("htmx:afterSwap", this);
  }

  get judgement() {
    return this.querySelector(".judgement");
  }

  get bob() {
    return this.querySelector(".plumb__bob");
  }

  handleEvent(event) {
    if (event.type === "htmx:afterSwap") return this.settle();
    this.place = this.bob?.getBoundingClientRect();
    this.isOpen = this.more?.open;
  }

  get more() {
    return this.querySelector("[data-keep-open]");
  }

  settle() {
    if (this.more) this.more.open = Boolean(this.isOpen);
    const level = this.judgement?.dataset.level;
    if (!level || level === this.level) return;
    this.level = level;
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.say(), 180);
    if (this.place && !STILL.matches) this.swing(this.place.x - this.bob.getBoundingClientRect().x);
  }

  swing(way) {
    const travel = [{ translate: `${way}px 0` }, { translate: "0 0" }];
    this.bob.animate(travel, { duration: 620, easing: "cubic-bezier(.3, 1.5, .5, 1)" });
    this.bob.classList.add("is-settling");
  }

  say() {
    const voice = this.querySelector("[data-judge-says]");
    if (voice) voice.textContent = this.judgement.dataset.says;
  }
}

customElements.define("judge-sheet", JudgeSheet);
