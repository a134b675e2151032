// The screen of a timetable: empty rows come one by one, a new session is on the day of
// the one before, and whoever comes back is led to what is wrong.
const form = document.querySelector("#timetable");
const table = form.querySelector("table");
const pattern = form.querySelector("template");
const count = form.elements["new-TOTAL_FORMS"];
const empties = () => [...table.querySelectorAll(".line.empty")];
const isTyped = (row) =>
  [...row.querySelectorAll("[type=text], [type=date], textarea, [name$='-kind']")].some((box) => box.value);

function makeRow() {
  const row = pattern.content.firstElementChild.cloneNode(true);
  const number = count.value;
  for (const element of row.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      element.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
  count.value = Number(number) + 1;
  table.append(row);
  return row;
}

function addRow() {
  const row = empties().find((empty) => empty.hidden) ?? makeRow();
  row.hidden = false;
  row.querySelector("select").focus();
  document.dispatchEvent(new Event("formset:added"));
}

// A day that was emptied on purpose stays empty.
function giveDay(row) {
  const day = row.querySelector("[name$='-day']");
  const before = row.previousElementSibling?.querySelector("[name$='-day']");
  if (before && !day.value && !row.dataset.hasDay) {
    day.value = before.value;
    day.dispatchEvent(new Event("change", { bubbles: true }));
  }
  row.dataset.hasDay = "yes";
}

if (pattern) {
  empties().filter((row) => !isTyped(row)).slice(1).forEach((row) => { row.hidden = true; });
  form.querySelector(".add-line").hidden = false;
  form.querySelector(".add-line button").addEventListener("click", addRow);
  table.addEventListener("change", ({ target }) => {
    const row = target.closest(".line.empty");
    if (row && target.matches("[name$='-kind'], [name$='-name_sv']")) {
      giveDay(row);
    }
  });
}
form.querySelector("[aria-invalid]")?.focus();
