// Gives the boxes in which one searches the names of their fields, for those who hear
// the page.
const { jQuery } = window.django;

function nameBox(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const box = select.nextElementSibling;
  if (!label || !box?.matches(".select2")) {
    return;
  }
  label.id ||= `${select.id}_label`;
  const chosen = box.querySelector(".select2-selection__rendered");
  box.querySelector("[role=combobox]").setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  for (const part of box.querySelectorAll("[role=textbox], .select2-search__field")) {
    part.setAttribute("aria-labelledby", label.id);
  }
}

function nameBoxes(within) {
  within.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
}

jQuery(() => nameBoxes(document));
document.addEventListener("formset:added", ({ target }) => nameBoxes(target));
// The box for a single choice has its search field only while it is open.
jQuery(document).on("select2:open", ({ target }) => {
  const label = document.querySelector(`label[for="${target.id}"]`);
  const search = document.querySelector(".select2-container--open .select2-search__field");
  search?.setAttribute("aria-labelledby", label?.id);
});
