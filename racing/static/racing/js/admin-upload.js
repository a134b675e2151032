// The screen on which many photos are uploaded: each file in a request of its own, two
// at a time, with its progress; its answer is the line that the site would give without
// this module.
const form = document.querySelector("#upload");
const box = form.querySelector("[type=file]");
const zone = form.querySelector(".drop-zone");
const list = form.querySelector(".uploads");
const lines = list.querySelector(".upload-files");
const pattern = form.querySelector("#upload-line");
const { dataset: words } = form;
const AT_ONCE = 2;

const waiting = [];
let running = 0;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const count = (kinds) => lines.querySelectorAll(kinds).length;

function tell() {
  list.hidden = false;
  list.querySelector(".upload-summary").textContent = fill(words.summary, {
    stored: count(".stored"), all: count(".upload-file"), refused: count(".refused, .here, .failed"),
  });
  list.querySelector(".upload-next").hidden = !count(".stored");
}

// A line as it begins, also for a second try.
function lay(item) {
  const fresh = pattern.content.firstElementChild.cloneNode(true);
  item.line.className = fresh.className;
  item.line.replaceChildren(...fresh.childNodes);
  const bar = item.line.querySelector("progress");
  item.line.querySelector(".upload-name").textContent = item.file.name;
  bar.setAttribute("aria-label", `${bar.getAttribute("aria-label")}: ${item.file.name}`);
  item.line.querySelector("button").addEventListener("click", () => {
    lay(item);
    start();
  });
  waiting.push(item);
  tell();
}

function add(files) {
  for (const file of files) {
    const line = document.createElement("li");
    lines.append(line);
    lay({ file, line });
  }
}

function show(line, kind, text, percent) {
  const bar = line.querySelector("progress");
  line.className = `upload-file ${kind}`;
  line.querySelector(".upload-words").textContent = text;
  if (percent === undefined) bar.removeAttribute("value");
  else bar.value = percent;
}

// Everything but the files, and one of them.
function dataFor(file) {
  const data = new FormData(form);
  data.delete(box.name);
  data.append(box.name, file);
  return data;
}

function send(item) {
  const request = new XMLHttpRequest();
  running += 1;
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.responseType = "document";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = Math.floor((100 * loaded) / total);
    show(item.line, "sending", `${percent} %`, percent);
  });
  request.upload.addEventListener("load", () => show(item.line, "sending", words.reading));
  request.addEventListener("loadend", () => {
    running -= 1;
    finish(item.line, request.status === 200 && request.response?.querySelector(".upload-file"));
    start();
  });
  request.send(dataFor(item.file));
}

// An answer that is no line is a page to log in, or an error.
function finish(line, answer) {
  const retry = line.querySelector(".upload-links");
  if (answer) {
    line.replaceChildren(...answer.childNodes);
    line.className = answer.className;
  } else {
    show(line, "failed", words.failed, 0);
    line.querySelector("progress").hidden = true;
  }
  if (line.matches(".failed, .refused")) {
    line.querySelector("div").append(retry);
    retry.hidden = false;
  }
  tell();
}

function start() {
  while (running < AT_ONCE && waiting.length) send(waiting.shift());
}

form.addEventListener("submit", (event) => {
  if (!count(".upload-file")) return; // nothing chosen: the site says so
  event.preventDefault();
  list.scrollIntoView({ block: "nearest" });
  start();
});

box.addEventListener("change", () => {
  add(box.files);
  box.value = "";
});

// Dropped anywhere: beside the box the browser would leave the page for the file.
zone.querySelector(".drop-hint").hidden = false;
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragover");
    if (kind === "drop") add(event.dataTransfer.files);
  });
}

// Who leaves now stops what is on its way.
addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault();
});
