// Wraps the form of the theme: the page changes at once, the cookie follows. Without script the form posts.
class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this);
  }

  async handleEvent(event) {
    const { submitter, target: form } = event;
    if (!submitter) return;
    event.preventDefault();
    this.show(submitter);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) }).catch(() => null);
    if (!answer?.ok) form.submit();
  }

  show(chosen) {
    for (const button of this.querySelectorAll("button")) button.removeAttribute("aria-current");
    chosen.setAttribute("aria-current", "true");
    if (chosen.value) document.documentElement.dataset.theme = chosen.value;
    else delete document.documentElement.dataset.theme;
  }
}

customElements.define("theme-choice", ThemeChoice);
