// Sets the reader's own clock beside the track's, in place of the site's. A [data-moment]
// begins with a <time> of the track and has a [data-own] for the reader's, written as that
// attribute says; where both agree it is empty, or names whose time it is if [data-same].
// [data-zones] tells of the table before it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const city = zone.split("/").pop().replaceAll("_", " ");

// "2022-05-14T07:55-04:00"
function wall(text) {
  const moment = new Date(text);
  const shown = new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString();
  const offset = `${moment}`.replace(/.*GMT(...)(..).*/, "$1:$2");
  return `${shown.slice(0, 16)}${offset}`;
}

// "New York, EDT, UTC−4"
function label(text) {
  // Each locale knows the names of its own zones.
  const names = ["en-US", "en-GB"].map((locale) =>
    new Date(text).toLocaleTimeString(locale, { timeZoneName: "short" }).split(" ").pop());
  const name = names.find((short) => !/\d/.test(short));
  const offset = wall(text).slice(16).replace("-", "−").replace(/^(.)0/, "$1").replace(":00", "");
  return [...new Set([city, name, `UTC${offset}`])].filter(Boolean).join(", ");
}

const all = (within, selector) => [...within.querySelectorAll(selector)];
const trackTime = (box) => box.querySelector("time[datetime*=T]").dateTime;
const isSame = (track) => wall(track).startsWith(track.slice(0, 16));

const make = (name, facts) => Object.assign(document.createElement(name), facts);

function fill(own, track, words) {
  const isNamed = "same" in own.dataset;
  const dateTime = wall(track);
  const day = track.slice(0, 10);
  const shift = dateTime.startsWith(day) ? "" : ` ${dateTime < day ? "−" : "+"}1 ${words.day}`;
  const [before, after] = own.dataset.own.split("{own}");
  const parts = [
    before,
    make("time", { dateTime, textContent: dateTime.slice(11, 16) }),
    ` ${isNamed ? words.named : words.name}`,
    make("span", { className: "keep", textContent: shift }),
    after,
  ];
  own.hidden = isSame(track) && !isNamed;
  own.replaceChildren(...(isSame(track) ? [isNamed ? words.named : ""] : parts));
}

function setClocks() {
  const main = document.querySelector("main[data-clocks]");
  const words = main && JSON.parse(main.dataset.clocks);
  if (!words || zone === words.zone) return;
  words.named = `${words.name} (${city})`;
  for (const box of all(main, "[data-moment]")) {
    fill(box.querySelector("[data-own]"), trackTime(box), words);
  }
  for (const note of all(main, "[data-zones]")) {
    const tracks = all(note.previousElementSibling, "[data-moment]").map(trackTime);
    const { same, differs } = JSON.parse(note.dataset.zones);
    const home = [...new Set(tracks.map(label))].join(" / ");
    note.textContent = tracks.every(isSame)
      ? same.replace("{name}", words.named)
      : differs.replace("{name}", words.name).replace("{home}", home);
  }
}

document.addEventListener("fresh", setClocks);
setClocks();
