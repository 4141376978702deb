// <cell-grid>: a table whose inputs are moved through like a spreadsheet. Arrows and Enter move, Escape puts back
// what was saved, and several lines that are pasted fill the cells below and beside.
class CellGrid extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
    this.addEventListener("paste", this);
    const sheet = this.querySelector(".scrollx");
    if (sheet) sheet.scrollLeft = sheet.scrollWidth; // now is at the end
  }

  disconnectedCallback() {
    this.removeEventListener("keydown", this);
    this.removeEventListener("paste", this);
  }

  handleEvent(event) {
    if (!event.target.matches("[data-cell]")) return;
    if (event.type === "paste") this.paste(event);
    else this.move(event);
  }

  move(event) {
    const input = event.target;
    if (event.key === "Escape") input.value = input.dataset.saved ?? input.defaultValue;
    const step = this.step(event);
    if (!step) return;
    event.preventDefault();
    const next = this.cell(input, ...step);
    input.blur();
    (next ?? input).focus();
    (next ?? input).select();
  }

  step({ key, shiftKey, target }) {
    if (key === "ArrowDown" || (key === "Enter" && !shiftKey)) return [1, 0];
    if (key === "ArrowUp" || key === "Enter") return [-1, 0];
    const whole = target.selectionStart === 0 && target.selectionEnd === target.value.length;
    if (key === "ArrowLeft" && (whole || target.selectionEnd === 0)) return [0, -1];
    if (key === "ArrowRight" && (whole || target.selectionStart === target.value.length)) return [0, 1];
    return null;
  }

  cell(input, down, along) {
    const start = input.closest("td");
    const rows = [...this.querySelectorAll("tbody tr")];
    let [row, column] = [rows.indexOf(start.parentElement), start.cellIndex];
    for (let found = null; !found; ) {
      [row, column] = [row + Math.sign(down), column + Math.sign(along)];
      if (!rows[row]?.cells[column]) return null;
      found = rows[row].cells[column].querySelector("[data-cell]");
      if (found) return found;
    }
    return null;
  }

  paste(event) {
    const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
    if (lines.length === 1 && lines[0].length === 1) return;
    event.preventDefault();
    let first = event.target;
    for (const line of lines) {
      let input = first;
      for (const text of line) {
        if (!input) break;
        input.value = text.trim();
        input.dispatchEvent(new Event("change", { bubbles: true }));
        input = this.cell(input, 0, 1);
      }
      first = first && this.cell(first, 1, 0);
    }
  }
}

customElements.define("cell-grid", CellGrid);
