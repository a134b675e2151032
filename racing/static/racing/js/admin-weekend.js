// The screen of a weekend: offers only the layouts of its circuit and writes the
// address of a new one.
const { jQuery } = window.django;
const circuit = document.querySelector("#id_circuit");

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

jQuery.ajaxPrefilter(offerLayoutsOfTheCircuit);
