// Names the circuit's time zone beside every time, as it is on the day of its row.
const trackTime = document.querySelector("#track-time");
const circuit = document.querySelector("#id_circuit");
const firstDay = document.querySelector("#id_first_day");
const ROW = ".inline-related, .line";
const DAY = "[name$='-day'], [name$='-begins_on']";

const day = (row) => row.querySelector(DAY)?.value || firstDay?.value || "";

let asked = 0;

async function nameZones() {
  const key = circuit?.value ?? trackTime?.dataset.circuit;
  if (!key) {
    return;
  }
  asked += 1;
  const turn = asked;
  const names = [...document.querySelectorAll(".zone-name")];
  const rows = new Map(names.map((name) => [name, day(name.closest(ROW))]));
  const query = new URLSearchParams({ circuit: key });
  new Set([firstDay?.value ?? "", ...rows.values()]).forEach((date) => query.append("day", date));
  const response = await fetch(`${trackTime.dataset.url}?${query}`);
  if (!response.ok) {
    return;
  }
  const zone = await response.json();
  // An answer may come after that to a later question.
  if (turn !== asked) {
    return;
  }
  if (circuit) {
    trackTime.textContent = zone.names[firstDay.value] ?? zone.zone;
  }
  for (const [name, date] of rows) {
    const whole = zone.names[date] ?? zone.zone;
    // Where the page names the zone once, a row says what it means on its day.
    name.textContent = circuit ? whole : whole.replace(zone.zone, "").replace(", ", "");
  }
}

// Select2 tells of a choice through jQuery alone.
window.django?.jQuery(circuit).on("change", nameZones);
document.addEventListener("change", ({ target }) => {
  if (target.matches(`#id_first_day, ${DAY}`)) {
    nameZones();
  }
});
document.addEventListener("formset:added", nameZones);
