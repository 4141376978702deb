// Around the goals table: j and k step through the rows, x selects, Enter opens, e checks in; a box selects all.
class GoalKeys extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
    this.addEventListener("change", this);
    const all = this.querySelector("[data-all]");
    if (all) all.hidden = false;
    this.count();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  get boxes() {
    return [...this.querySelectorAll("tbody .check")];
  }

  handleEvent(event) {
    if (event.type === "change") return this.select(event.target);
    const { key, target } = event;
    if (key === "Escape" && this.contains(target)) return target.closest("tr")?.querySelector("[data-cancel]")?.click();
    if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("keys") === "off") return;
    if (target.closest?.("input:not(.check), textarea, select, dialog[open], [popover]")) return;
    if (key === "j" || key === "k") return this.step(key === "j" ? 1 : -1);
    const row = document.activeElement.closest?.("goal-keys tr");
    if (!row) return;
    if (key === "x") row.querySelector(".check")?.click();
    if (key === "e") row.querySelector(".gt__val")?.click();
  }

  step(by) {
    const links = [...this.querySelectorAll("tbody a[id]")];
    const now = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = links[now < 0 ? 0 : Math.min(Math.max(now + by, 0), links.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  select(box) {
    if (box.matches("[data-all]")) for (const each of this.boxes) each.checked = box.checked;
    this.count();
  }

  count() {
    const chosen = this.boxes.filter((box) => box.checked).length;
    const words = this.querySelector("[data-count]");
    if (words) words.textContent = words.dataset.count.replace("0", chosen);
  }
}

customElements.define("goal-keys", GoalKeys);
