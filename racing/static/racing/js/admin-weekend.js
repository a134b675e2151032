// The screen of a weekend: names the circuit's time zone beside every time, offers
// only its layouts, writes the address of a new weekend and the day of a new session.
const { jQuery } = window.django;
const circuit = document.querySelector("#id_circuit");
const trackTime = document.querySelector("#track-time");
const day = (row) => row.querySelector("[name$='-day']");
const rows = () => [...document.querySelectorAll(".dynamic-sessions")];

async function nameZone() {
  if (!circuit?.value || !trackTime) {
    return;
  }
  const first = document.querySelector("#id_first_day").value;
  const days = new Set([first, ...rows().map((row) => day(row).value)]);
  const query = new URLSearchParams({ circuit: circuit.value });
  days.forEach((date) => query.append("day", date));
  const response = await fetch(`${trackTime.dataset.url}?${query}`);
  if (!response.ok) {
    return;
  }
  const { zone, names } = await response.json();
  trackTime.textContent = names[first] ?? zone;
  for (const row of rows()) {
    row.querySelector(".zone-name").textContent = names[day(row).value] ?? zone;
  }
  const unused = document.querySelector("#sessions-empty .zone-name");
  if (unused) {
    unused.textContent = zone;
  }
}

function offerLayoutsOfTheCircuit(options) {
  if (circuit?.value && `${options.data}`.includes("field_name=layout")) {
    options.data += `&circuit=${circuit.value}`;
  }
}

// A weekend is known by its name and its year.
function writeAddress() {
  const name = document.querySelector("#id_name").value;
  const year = document.querySelector("#id_first_day").value.slice(0, 4);
  const words = name.includes(year) ? name : `${name} ${year}`;
  slug.value = window.URLify(words, slug.maxLength);
}

const slug = document.querySelector("#id_slug");
if (slug && !slug.value) {
  const sources = document.querySelectorAll("#id_name, #id_first_day");
  const follow = () => sources.forEach((field) => field.addEventListener("input", writeAddress));
  const leave = () => sources.forEach((field) => field.removeEventListener("input", writeAddress));
  follow();
  slug.addEventListener("input", leave, { once: true });
}

// Select2 tells of a choice through jQuery alone.
jQuery(circuit).on("change", nameZone);
jQuery.ajaxPrefilter(offerLayoutsOfTheCircuit);
document.addEventListener("change", ({ target }) => {
  if (target.matches("#id_first_day, [name^='sessions-'][name$='-day']")) {
    nameZone();
  }
});
document.addEventListener("formset:added", ({ target, detail }) => {
  if (detail.formsetName === "sessions") {
    const before = rows().at(-2);
    day(target).value ||= (before && day(before).value) || document.querySelector("#id_first_day").value;
    nameZone();
  }
});
