// Around a form: asks before leaving with changes, and keeps what was typed when the server did not answer.
// A [data-unsaved] inside is shown then; what was kept comes back when the page is opened again.
const HEARD = ["input", "submit", "htmx:sendError", "htmx:responseError", "htmx:afterRequest"];
const NOT_KEPT = /^(csrfmiddlewaretoken|version|password.*)$/;

class UnsavedGuard extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `unsaved:${this.dataset.key || location.pathname}`;
    for (const name of HEARD) this.addEventListener(name, this);
    window.addEventListener("beforeunload", this);
    this.bringBack();
  }

  disconnectedCallback() {
    for (const name of HEARD) this.removeEventListener(name, this);
    window.removeEventListener("beforeunload", this);
  }

  handleEvent(event) {
    const own = event.target === this.form;
    if (event.type === "input") this.dirty = true;
    else if (event.type === "beforeunload" && this.dirty) event.preventDefault();
    else if (event.type === "submit" && own) this.dirty = false;
    else if (event.type.endsWith("Error") && own) this.keep();
    else if (event.type === "htmx:afterRequest" && own && event.detail.successful) sessionStorage.removeItem(this.key);
  }

  keep() {
    const typed = [...new FormData(this.form)].filter(([name, value]) => !NOT_KEPT.test(name) && !(value instanceof File));
    sessionStorage.setItem(this.key, JSON.stringify(typed));
    this.dirty = true;
    this.tell();
  }

  bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
    for (const [name, value] of kept) {
      const field = this.form?.elements[name];
      if (field && field.type !== "hidden") field.value = value;
    }
    if (!kept.length) return;
    sessionStorage.removeItem(this.key);
    this.dirty = true;
    this.tell();
  }

  tell() {
    for (const notice of this.querySelectorAll("[data-unsaved]")) notice.hidden = false;
  }
}

customElements.define("unsaved-guard", UnsavedGuard);
