// The grid of a classification: arrow keys and Enter lead from car to car in a column,
// and a code that was typed as a position goes to where codes stand.
const form = document.querySelector("#classification");
const save = form?.querySelector("[name=_save]");
const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };
const CODE = /^[\p{L}][\p{L} .]*$/u; // letters alone: neither 3 nor T3 nor 12†

function follow(box, step) {
  const column = [...form.querySelectorAll(`input[data-box="${box.dataset.box}"]`)];
  const next = column[column.indexOf(box) + step];
  next?.focus();
  next?.select();
  return next;
}

form?.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing);
  if (isPlain && key in STEPS && target.matches("input[data-box]")) {
    event.preventDefault();
    const isPastTheLast = !follow(target, STEPS[key]) && key === "ArrowDown";
    if (isPastTheLast) {
      save?.focus();
    }
  }
});

form?.addEventListener("change", ({ target }) => {
  if (target.dataset.box !== "position" || !CODE.test(target.value.trim())) {
    return;
  }
  const status = target.closest("tr").querySelector("[data-box=status]");
  if (!status.value.trim()) {
    status.value = target.value.trim();
    target.value = "";
  }
});

// Whoever comes back is led to what is asked; at a desk typing begins at once.
const wrong = form?.querySelector("[aria-invalid=true]");
const isAtADesk = window.matchMedia("(min-width: 768px)").matches;
const first = wrong ?? form?.querySelector("#ruling") ?? (isAtADesk && form?.querySelector("[data-box=position]"));
if (first && !form.querySelector(".errorlist.nonfield")) {
  first.focus();
}
