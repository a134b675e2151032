// Keeps an open page true: asks for it again at data-next of <main>, by the site's clock
// (data-now) and the time since, and after a sleep, when the reader's clock has run away
// from it. Focus, scroll position and opened details stay; others hear "fresh".

const JITTER = 5_000;
const LONGEST = 120_000;

const main = document.querySelector("main");
const [visit] = performance.getEntriesByType("navigation");
let arrived = visit?.responseStart ?? performance.now();
let ahead = Date.now() - performance.now();
let wait = JITTER;
// When to ask; a page gone back to may be old.
let due = visit?.type === "back_forward" ? 0 : null;

const late = () => main.dataset.now - main.dataset.next + performance.now() - arrived;

function look() {
  if (document.hidden || !main.dataset.next) return;
  const hasSlept = Math.abs(Date.now() - performance.now() - ahead) > JITTER;
  if (hasSlept || late() > JITTER) due ??= 0;
  if (late() >= 0) due ??= performance.now() + Math.random() * JITTER; // not all at once
  if (due !== null && performance.now() >= due) ask();
}

async function ask() {
  due = Infinity;
  try {
    const response = await fetch(location.href, { cache: "no-cache" });
    const came = performance.now();
    const text = await response.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    const isEarly = late() >= 0 && fresh.dataset.next === main.dataset.next;
    if (!response.ok || isEarly) throw new Error();
    [arrived, ahead, wait, due] = [came, Date.now() - performance.now(), JITTER, null];
    show(fresh);
  } catch {
    due = performance.now() + wait * (1 + Math.random());
    wait = Math.min(2 * wait, LONGEST);
  }
}

const all = (selector) => [...main.querySelectorAll(selector)];
const sign = (el) => [el.id, el.name, el.href, el.textContent].join();
const alike = (el) => all(el.localName).filter((other) => sign(other) === sign(el));
const top = (el) => el.getBoundingClientRect().y;

// Finds an element again.
function successor(el) {
  const number = alike(el).indexOf(el);
  return () => alike(el)[number];
}

function show(fresh) {
  const opened = all("details[open] > summary").map(successor);
  const focus = all(":focus").map(successor);
  const shown = all("[id]").filter((el) => el.getClientRects().length);
  const [mark] = shown.sort((a, b) => Math.abs(top(a)) - Math.abs(top(b)));
  const before = scrollY && mark && top(mark);
  main.replaceChildren(...fresh.childNodes);
  delete main.dataset.next;
  Object.assign(main.dataset, fresh.dataset);
  for (const find of opened) find()?.parentElement.setAttribute("open", "");
  document.dispatchEvent(new CustomEvent("fresh", { detail: arrived }));
  for (const find of focus) find()?.focus({ preventScroll: true });
  const there = before && document.getElementById(mark.id);
  if (there) scrollBy(0, top(there) - before);
}

setInterval(look, 1000);
document.addEventListener("visibilitychange", look);
