// <relative-time datetime="2026-11-21T16:20:00Z">21 Nov 2026, 16:20</relative-time>
const STEPS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function ago(then) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" });
  const seconds = (then - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
  return words.format(Math.round(seconds / size), unit);
}

class RelativeTime extends HTMLElement {
  connectedCallback() {
    const then = new Date(this.getAttribute("datetime"));
    if (Number.isNaN(then.getTime())) return;
    this.title ||= this.textContent.trim();
    this.tick = () => (this.textContent = ago(then));
    this.tick();
    this.timer = setInterval(this.tick, 60_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

customElements.define("relative-time", RelativeTime);
