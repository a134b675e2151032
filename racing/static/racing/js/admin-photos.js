// The page of a photo: the focal point set by a click or with the arrow keys, the crops
// as they follow it, and what the tags suggest that the photo shows.
const { jQuery } = window.django;
const focal = document.querySelector(".focal");
const boxes = ["x", "y"].map((axis) => document.querySelector(`#id_focal_${axis}`));
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const between = (least, value, most) => Math.min(Math.max(value, least), most);

// Focal point

// The largest part of a side that fits, as near the point as the edges allow: the same
// as `renditions.crop_box` of the site.
function span(side, part, share) {
  const length = Math.max(1, Math.min(side, part));
  return [between(0, Math.round(share * side - length / 2), side - length), length];
}

function followFocalPoint() {
  const { across, down } = focal.dataset;
  const picture = focal.querySelector(".focal-picture");
  const mark = focal.querySelector(".focal-mark");
  const [width, height] = [Number(across), Number(down)];
  const shares = () => boxes.map((box) => between(0, Number(box.value.replace(",", ".")) || 0, 1));

  function draw() {
    const [x, y] = shares();
    mark.setAttribute("transform", `translate(${x * width} ${y * height})`);
    mark.setAttribute("aria-valuenow", Math.round(x * 100));
    const [fromLeft, fromTop] = [x, y].map((share) => `${Math.round(share * 100)} %`);
    const words = mark.dataset.value.replace("{x}", fromLeft).replace("{y}", fromTop);
    mark.setAttribute("aria-valuetext", words);
    for (const crop of focal.querySelectorAll(".focal-crops svg")) {
      const [wide, high] = [Number(crop.dataset.across), Number(crop.dataset.down)];
      const [left, cropWidth] = span(width, Math.floor((height * wide) / high), x);
      const [top, cropHeight] = span(height, Math.floor((width * high) / wide), y);
      crop.setAttribute("viewBox", `${left} ${top} ${cropWidth} ${cropHeight}`);
    }
  }

  function set(...point) {
    boxes.forEach((box, axis) => { box.value = between(0, point[axis], 1).toFixed(2); });
    draw();
  }

  picture.addEventListener("click", ({ clientX, clientY }) => {
    const edge = picture.getBoundingClientRect();
    set((clientX - edge.left) / edge.width, (clientY - edge.top) / edge.height);
    mark.focus({ preventScroll: true });
  });
  mark.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 0.1 : 0.01;
    set(...shares().map((share, axis) => share + step[axis] * far));
  });
  boxes.forEach((box) => box.addEventListener("input", draw));

  focal.querySelector("svg").removeAttribute("aria-hidden");
  Object.entries({
    "role": "slider", "tabindex": 0, "aria-label": mark.dataset.label, "aria-valuemin": 0,
    "aria-valuemax": 100, "aria-describedby": "focal-hint",
  }).forEach(([name, value]) => mark.setAttribute(name, value));
  focal.querySelector(".focal-hint").hidden = false;
  focal.classList.add("live");
  draw();
}

if (focal && boxes.every(Boolean)) {
  followFocalPoint();
}

// Alternative texts

const suggestions = [...document.querySelectorAll(".suggestion")];
const tags = ["drivers", "cars", "events", "teams"].map((name) => document.querySelector(`#id_${name}`));
const facts = ["place", "taken_on"].map((name) => document.querySelector(`#id_${name}`));
const textOf = (suggestion) => suggestion.querySelector("q").textContent;

// What somebody has typed stays; an earlier suggestion gives way to a newer one.
function offer(suggestion) {
  const button = suggestion.querySelector("button");
  const words = document.getElementById(button.dataset.fills).value.trim();
  suggestion.hidden = !textOf(suggestion);
  button.hidden = words !== "" && (words !== button.dataset.taken || words === textOf(suggestion));
}

let asked = 0;

async function suggestAnew() {
  asked += 1;
  const turn = asked;
  const query = new URLSearchParams();
  tags.forEach((select) => [...select.selectedOptions].forEach(({ value }) => query.append(select.name, value)));
  facts.forEach(({ name, value }) => query.append(name, value));
  const response = await fetch(`${suggestions[0].dataset.url}?${query}`);
  // An answer may come after that to a later question.
  if (!response.ok || turn !== asked) {
    return;
  }
  const found = await response.json();
  for (const suggestion of suggestions) {
    suggestion.querySelector("q").textContent = found[suggestion.dataset.language];
    offer(suggestion);
  }
}

for (const suggestion of suggestions) {
  const button = suggestion.querySelector("button");
  const box = document.getElementById(button.dataset.fills);
  button.dataset.taken = textOf(suggestion);
  button.addEventListener("click", () => {
    box.value = textOf(suggestion);
    button.dataset.taken = box.value;
    box.focus();
    offer(suggestion);
  });
  box.addEventListener("input", () => offer(suggestion));
  offer(suggestion);
}

if (suggestions.length && [...tags, ...facts].every(Boolean)) {
  // Select2 tells of a choice through jQuery alone.
  tags.forEach((select) => jQuery(select).on("change", suggestAnew));
  facts.forEach((box) => box.addEventListener("change", suggestAnew));
}
