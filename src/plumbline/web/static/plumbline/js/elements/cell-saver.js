// <cell-saver>: each input [data-cell] is saved by itself when it changes, one after the other, and the answer stands
// in the cell. Ctrl Z and the Undo beside a cell put back what stood there before. Sums are read anew.
class CellSaver extends HTMLElement {
  connectedCallback() {
    this.dataset.live = "";
    this.queue = Promise.resolve();
    this.done = [];
    for (const name of ["change", "keydown", "click"]) this.addEventListener(name, this);
  }

  disconnectedCallback() {
    for (const name of ["change", "keydown", "click"]) this.removeEventListener(name, this);
  }

  handleEvent(event) {
    const input = event.target;
    if (event.type === "change" && input.matches("[data-cell]")) this.save(input);
    if (event.type === "click" && input.closest("[data-undo]")) this.undo(input.closest("td").querySelector("[data-cell]"));
    if (event.type !== "keydown" || event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
    if (input.value !== (input.dataset.saved ?? input.defaultValue)) return;
    event.preventDefault();
    this.undo(this.done.at(-1)?.[0]);
  }

  undo(input) {
    const place = this.done.findLastIndex((row) => row[0] === input);
    if (place < 0) return;
    [[, input.value]] = this.done.splice(place, 1);
    this.save(input, true);
    input.focus();
  }

  save(input, undoing = false) {
    this.queue = this.queue.then(() => this.send(input, undoing));
  }

  async send(input, undoing) {
    const told = input.parentElement.querySelector("[data-told]");
    const body = new FormData();
    body.set("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
    for (const each of [input, told.querySelector("input")]) body.set(each.name, each.value);
    const before = input.dataset.saved ?? input.defaultValue;
    if (input.value === before && !input.hasAttribute("aria-invalid")) return;
    try {
      const answer = await fetch(input.form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (answer.redirected || ![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
      told.innerHTML = await answer.text();
      this.settle(input, told, answer.ok);
      if (!answer.ok) return;
      input.dataset.saved = input.value;
      if (!undoing) this.done.push([input, before]);
      if (this.querySelector("[data-rolls]")) await this.addUp();
    } catch {
      const words = Object.assign(document.createElement("span"), { className: "cell__wrong", textContent: this.dataset.unsaved });
      told.querySelector(".cell__wrong")?.remove();
      told.append(words);
      this.settle(input, told, false);
    }
  }

  settle(input, told, fine) {
    if (fine) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
    told.id ||= `told-${input.form.id}-${input.name}`;
    input.setAttribute("aria-describedby", told.id);
    this.querySelector("[data-said]").textContent = fine ? this.dataset.saved : told.textContent.trim();
  }

  async addUp() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    for (const row of this.querySelectorAll("tr[data-rolls]")) {
      const fresh = page.querySelector(`tr[data-kpi="${row.dataset.kpi}"]`);
      if (fresh && !row.querySelector("[data-cell]")) row.replaceWith(fresh);
    }
  }
}

customElements.define("cell-saver", CellSaver);
