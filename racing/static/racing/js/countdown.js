// Counts down to the moment of each <time data-countdown datetime="…">.
//
// The site's own clock, which the server wrote in data-now, gives the moment at which
// the page came; from there only the time that has passed counts. A reader's clock that
// is wrong or is set meanwhile, or a demonstration that stands in another year, changes
// nothing. The words come from data-words, in the page's language. Without this module
// the text that the server wrote stays.

const MINUTE = 60_000;
// When what the page says came here, in the time of performance.now().
let arrived = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();

function inWords(milliseconds, words) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const parts = [];
  if (days) parts.push(`${days} ${days === 1 ? words.day : words.days}`);
  if (hours % 24) parts.push(`${hours % 24}\u00a0${words.hours}`);
  if (minutes % 60 && !days) parts.push(`${minutes % 60}\u00a0${words.minutes}`);
  return `${words.in} ${parts.join(" ") || words.less}`;
}

function tick() {
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const words = JSON.parse(time.dataset.words);
    const left = Date.parse(time.dateTime) - Date.parse(time.dataset.now);
    const remaining = left - (performance.now() - arrived);
    const text = remaining > 0 ? inWords(remaining, words) : words.over;
    if (time.textContent !== text) time.textContent = text;
  }
}

document.addEventListener("fresh", ({ detail }) => {
  arrived = detail;
  tick();
});
setInterval(tick, 1000);
tick();
