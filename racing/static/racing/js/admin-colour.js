// Shows a team's colour beside the box while it is typed.
for (const box of document.querySelectorAll(".colour-box")) {
  const input = box.querySelector("input");
  const swatch = box.querySelector("rect");
  input.addEventListener("input", () => {
    const colour = input.value.trim();
    swatch.setAttribute("fill", /^#[0-9a-f]{6}$/i.test(colour) ? colour : "none");
  });
}
