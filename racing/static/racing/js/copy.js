// A button that copies the text of a field or of an element, and says so for a while.
// Without this module it stays hidden; the text can be copied by hand.
for (const button of document.querySelectorAll("input[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const status = button.nextElementSibling;
  const { value: words, dataset } = button;

  function say(done) {
    button.value = done ? dataset.done : words;
    status.textContent = done ? dataset.done : "";
  }

  function select() {
    if (field.select) field.select();
    else getSelection().selectAllChildren(field);
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    select();
    try {
      await navigator.clipboard.writeText(field.value ?? field.innerText.trim());
    } catch {
      return; // not allowed: the text is selected, ready for the keyboard
    }
    say(true);
    setTimeout(() => say(false), 2000);
  });
}
