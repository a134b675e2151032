// Reads calendars with ical.js: an array of texts as JSON comes in, what their events
// say as JSON goes out. Given: the folder in which the package is installed.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const installed = createRequire(pathToFileURL(`${process.argv[2]}/`)).resolve("ical.js");
const { default: ICAL } = await import(pathToFileURL(installed));

const when = (time) => time && `${time.toString()}${time.isDate ? "" : ` ${time.zone.tzid}`}`;
const first = (component, name) => component.getFirstPropertyValue(name);

function alarm(component) {
  const trigger = first(component, "trigger");
  return [first(component, "uid"), first(component, "action"), first(component, "description"), trigger.toSeconds()];
}

function conference(property) {
  return [property.getFirstValue(), property.getParameter("label"), property.getParameter("language") ?? ""];
}

function event(component) {
  const read = new ICAL.Event(component);
  const geo = first(component, "geo");
  return {
    uid: read.uid,
    sequence: read.sequence,
    start: when(read.startDate),
    end: component.hasProperty("dtend") ? when(read.endDate) : null,
    all_day: read.startDate.isDate,
    summary: read.summary,
    description: read.description,
    location: read.location,
    geo: geo ? geo.map(Number) : null,
    status: first(component, "status"),
    url: first(component, "url"),
    transp: first(component, "transp"),
    stamp: when(first(component, "dtstamp")),
    modified: when(first(component, "last-modified")),
    categories: component.getFirstProperty("categories").getValues(),
    conferences: component.getAllProperties("conference").map(conference),
    alarms: component.getAllSubcomponents("valarm").map(alarm),
  };
}

function calendar(text) {
  const component = new ICAL.Component(ICAL.parse(text));
  return {
    uid: first(component, "uid"),
    name: first(component, "name"),
    source: first(component, "source"),
    events: component.getAllSubcomponents("vevent").map(event),
  };
}

const texts = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(texts.map(calendar)));
