// A text area that grows, with a mirror underneath that carries the judge's marks.
// While somebody types, marks before and after the change stay; the next answer replaces them.
class SentenceField extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.addEventListener("input", this);
    document.addEventListener("htmx:oobAfterSwap", this);
    this.follow();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
    document.removeEventListener("htmx:oobAfterSwap", this);
  }

  handleEvent() {
    this.follow();
  }

  get mirror() {
    return this.querySelector(".sentence__mirror");
  }

  follow() {
    if (!this.area || !this.mirror) return;
    this.grow();
    const [before, now] = [this.mirror.textContent, this.area.value];
    if (before !== now) this.mirror.replaceChildren(...this.pieces(before, now));
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.area.style.blockSize = "auto";
    this.area.style.blockSize = `${this.area.scrollHeight}px`;
  }

  *pieces(before, now) {
    const shorter = Math.min(before.length, now.length);
    let head = 0;
    let tail = 0;
    while (head < shorter && before[head] === now[head]) head += 1;
    while (tail < shorter - head && before.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
    let [from, written] = [0, 0];
    for (const node of [...this.mirror.childNodes]) {
      const to = from + node.textContent.length;
      const shift = from >= before.length - tail ? now.length - before.length : to <= head ? 0 : null;
      if (node.localName === "mark" && shift !== null) {
        yield now.slice(written, from + shift);
        yield node;
        written = to + shift;
      }
      from = to;
    }
    yield now.slice(written);
  }
}

customElements.define("sentence-field", SentenceField);
