// A box that scrolls can be reached with the keyboard; one whose table fits need not
// stop anybody on the way. Without this module every such box can be reached.

const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

for (const box of document.querySelectorAll(".scroll[tabindex]")) watch.observe(box);
