// A button that copies the text of a field, and says so for a while. Without this
// module it stays hidden; the field can be copied from by hand.
for (const button of document.querySelectorAll("input[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const status = button.nextElementSibling;
  const { value: words, dataset } = button;

  function say(done) {
    button.value = done ? dataset.done : words;
    status.textContent = done ? dataset.done : "";
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // not allowed: the text is selected, ready for the keyboard
    }
    say(true);
    setTimeout(() => say(false), 2000);
  });
}
