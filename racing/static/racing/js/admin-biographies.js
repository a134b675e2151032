// The screen of biographies: counts words as one types, asks the server what readers
// would get and what is wrong with it, and inserts facts at the cursor.
const form = document.querySelector("#biographies");
const cells = [...form.querySelectorAll(".text-cell")];
const facts = [...document.querySelectorAll("#facts tr[data-token]")];
const TOKEN = /\{[^{}\n]*\}/g;
const PAUSE = 400; // milliseconds of rest before the server is asked

const box = (cell) => cell.querySelector("textarea");
const day = (cell) => cell.querySelector("[type=date]");

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// Counting

const values = {};
for (const { dataset } of document.querySelectorAll("#facts td[data-value]")) {
  values[dataset.language] ??= {};
}
for (const row of facts) {
  for (const { dataset } of row.querySelectorAll("[data-value]")) {
    values[dataset.language][row.dataset.token] = dataset.value;
  }
}

function wordsHere(cell) {
  const known = values[cell.dataset.language] ?? {};
  const text = box(cell).value.replace(TOKEN, (token) => known[token] ?? token);
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function showCount(cell, count) {
  const limits = JSON.parse(cell.dataset.limits);
  const isFew = limits.least !== null && count > 0 && count < limits.least;
  const isMany = limits.most !== null && count > limits.most;
  const verdict = (isFew && "few") || (isMany && "many") || "";
  const said = (count === 1 ? limits.one : limits.other).replace("{count}", count);
  const line = cell.querySelector(".count");
  line.className = `count ${verdict}`;
  line.textContent = verdict ? `${said} – ${limits[verdict]}` : said;
}

// The preview

// Of each cell: its question, and how many words more or less readers get than the
// script counts, for it knows nothing of sentences that are left out.
const turns = new Map(cells.map((cell) => [cell, { asked: 0, timer: 0, more: 0 }]));

function fill(list, items) {
  list.replaceChildren(...items);
  list.hidden = !items.length;
}

function show(cell, { paragraphs, words, faults, warnings }) {
  const { language } = cell.dataset;
  const pieces = ({ text, token }) => (token ? make("mark", { title: token }, text) : text);
  const shown = paragraphs.map((parts) => make("p", {}, ...parts.map(pieces)));
  cell.querySelector(".preview-text").replaceChildren(...shown);
  cell.querySelector(".preview").hidden = !shown.length;
  showCount(cell, words);
  showFaults(cell, faults);
  fill(cell.querySelector(".text-warnings"), warnings.map(({ sentence, quote }) => {
    const item = make("li", {}, sentence);
    if (quote) {
      item.append(" ", make("q", { lang: language }, quote));
    }
    return item;
  }));
}

function showFaults(cell, faults) {
  const list = cell.querySelector(".faults");
  list.replaceChildren(...faults.map((fault) => make("li", {}, fault)));
  if (faults.length) {
    box(cell).setAttribute("aria-invalid", "true");
  } else {
    box(cell).removeAttribute("aria-invalid");
  }
  // Aloud the first alone: another names every fact that there is.
  const aloud = cell.querySelector(".aloud");
  if (aloud.textContent !== (faults[0] ?? "")) {
    aloud.textContent = faults[0] ?? "";
  }
}

function say(cell, words) {
  const state = cell.querySelector(".state");
  if (state.textContent !== words) {
    state.textContent = words;
  }
  state.hidden = !words;
}

async function answerTo(cell) {
  const response = await fetch(form.dataset.preview, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: new URLSearchParams({
      text: box(cell).value,
      language: cell.dataset.language,
      length: cell.dataset.length,
      reviewed_on: day(cell).value,
    }),
  });
  // Whoever is logged out meanwhile is led to a page that is no answer.
  return response.ok || response.status === 400 ? response.json() : Promise.reject(response);
}

async function ask(cell) {
  const turn = turns.get(cell);
  turn.asked += 1;
  const question = turn.asked;
  const isLate = () => question !== turn.asked;
  try {
    const answer = await answerTo(cell);
    // An answer may come after that to a later question, or while one types on.
    if (isLate()) return;
    say(cell, "");
    if (answer.paragraphs) {
      turn.more = answer.words - wordsHere(cell);
      show(cell, answer);
    } else {
      showFaults(cell, answer.faults);
    }
  } catch {
    if (!isLate()) say(cell, form.dataset.unreachable);
  }
}

function askSoon(cell) {
  const turn = turns.get(cell);
  turn.asked += 1; // what is under way is late from now on
  clearTimeout(turn.timer);
  turn.timer = setTimeout(ask, PAUSE, cell);
}

for (const cell of cells) {
  const count = () => Math.max(0, wordsHere(cell) + turns.get(cell).more);
  const line = cell.querySelector(".count");
  // A fact goes to the end of a text that nobody has been in yet.
  box(cell).setSelectionRange(box(cell).value.length, box(cell).value.length);
  turns.get(cell).more = (parseInt(line.textContent, 10) || 0) - wordsHere(cell);
  box(cell).addEventListener("input", () => {
    showCount(cell, box(cell).value.trim() ? count() : 0);
    askSoon(cell);
  });
  day(cell).addEventListener("input", () => askSoon(cell));
  const today = cell.querySelector(".today");
  if (today) {
    today.hidden = false;
    today.addEventListener("click", () => {
      day(cell).value = today.dataset.today;
      askSoon(cell);
    });
  }
}

// What could not be asked is asked once there is a connection.
window.addEventListener("online", () => {
  cells.filter((cell) => !cell.querySelector(".state").hidden).forEach(ask);
});

// Inserting facts

const menu = document.querySelector("#facts-menu");
const search = menu.querySelector("[role=combobox]");
const list = menu.querySelector("[role=listbox]");
const none = menu.querySelector(".none");
let into = null; // the text that a fact goes into

function choose(option) {
  for (const other of list.children) {
    other.setAttribute("aria-selected", other === option);
  }
  search.setAttribute("aria-activedescendant", option?.id ?? "");
  option?.scrollIntoView({ block: "nearest" });
}

const chosen = () => list.querySelector("[aria-selected=true]");

function offer() {
  const wanted = search.value.trim().toLowerCase();
  const known = values[into.closest(".text-cell").dataset.language] ?? {};
  const begins = ({ dataset }) => dataset.token.slice(1).startsWith(wanted);
  const found = facts
    .filter(({ dataset }) => `${dataset.token} ${dataset.about}`.toLowerCase().includes(wanted))
    .sort((one, other) => begins(other) - begins(one));
  list.replaceChildren(...found.map(({ dataset: { token, about } }) => {
    const value = make("span", { className: known[token] ? "value" : "value quiet" },
      known[token] || menu.dataset.unknown);
    const option = make("li", { id: `fact-${token.slice(1, -1)}`, role: "option" },
      make("code", {}, token), " ", make("span", {}, about), " ", value);
    option.dataset.token = token;
    return option;
  }));
  none.hidden = found.length > 0;
  choose(list.firstElementChild);
}

function insert(option) {
  menu.close();
  into.setRangeText(option.dataset.token, into.selectionStart, into.selectionEnd, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const button of form.querySelectorAll(".insert")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    into = box(button.closest(".text-cell"));
    search.value = "";
    menu.showModal();
    offer();
    search.focus();
  });
}

menu.addEventListener("close", () => into.focus());
search.addEventListener("input", offer);
search.addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (step) {
    event.preventDefault();
    choose(chosen()?.[step] ?? chosen());
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    if (chosen()) insert(chosen());
  }
});
list.addEventListener("click", ({ target }) => {
  const option = target.closest("[role=option]");
  if (option) insert(option);
});

// Whoever comes back is led to what is wrong.
form.querySelector("[aria-invalid=true]")?.focus();
