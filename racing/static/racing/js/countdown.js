// Counts down to the moment of each <time data-countdown datetime="…">.
//
// The site's own clock, which the server wrote in data-now, gives the moment of
// loading; from there only the time that has passed counts. A reader's clock that is
// wrong, or a demonstration that stands in another year, changes nothing. The words
// come from data-words, in the page's language. Without this module the text that
// the server wrote stays.

const MINUTE = 60_000;

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

for (const time of document.querySelectorAll("time[data-countdown]")) {
  const words = JSON.parse(time.dataset.words);
  const left = Date.parse(time.dateTime) - Date.parse(time.dataset.now);
  const loaded = Date.now();
  const tick = () => {
    const remaining = left - (Date.now() - loaded);
    const text = remaining > 0 ? inWords(remaining, words) : words.over;
    if (time.textContent !== text) time.textContent = text;
    if (remaining <= 0) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
