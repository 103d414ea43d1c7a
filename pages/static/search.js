// Finds sections as you type. SECTIONS, from sections.js: [page, anchor, title of the page, heading, text].
"use strict";

// A stem and what follows it find a word's other forms: install, installs, installing. A short word is meant as it
// stands, unless it is the last, which may still be growing.
function patterns(query) {
  const words = (query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) || []).filter(word => word.length > 1);
  return words.map((word, index) => {
    const stem = word.length > 4 ? word.replace(/(ing|ed|es|e|(?<!s)s)$/, "") : word;
    const rest = word.length > 3 || index === words.length - 1 ? "[\\p{L}\\p{N}_]*" : "(?![\\p{L}\\p{N}_])";
    return new RegExp(`(?<![\\p{L}\\p{N}_])${stem}${rest}`, "giu");
  });
}

const count = (pattern, text) => (text.match(pattern) || []).length;

// A word counts more in a heading than in the text, and the more often it stands there; all words must be there.
function score(section, words, phrase) {
  const [, , title, heading, text] = section;
  let sum = 0;
  for (const word of words) {
    const inTitle = count(word, title), inHeading = count(word, heading), inText = count(word, text);
    if (!inTitle && !inHeading && !inText) return 0;
    sum += (heading ? 1 : 6) * inTitle + 6 * inHeading + 2 * Math.log2(1 + inText);
  }
  if (words.length > 1 && `${heading} ${text}`.toLowerCase().includes(phrase)) sum += 4;
  return sum;
}

// Cover and glossary have a line on everything, so they stand back, unless the query is a word that is defined.
function weight([page, , , heading], phrase) {
  if (page === "glossary" && heading.toLowerCase() === phrase) return 2;
  return page === "index" || page === "glossary" ? 0.4 : 1;
}

// Pages in order of all their sections' scores.
function find(query) {
  const words = patterns(query), phrase = query.toLowerCase().trim(), pages = new Map();
  if (!words.length) return [];
  for (const section of SECTIONS) {
    const points = score(section, words, phrase);
    if (!points) continue;
    const page = pages.get(section[0]) || { points: 0, sections: [] };
    page.points += points * weight(section, phrase);
    page.sections.push([points, section]);
    pages.set(section[0], page);
  }
  for (const page of pages.values()) page.sections.sort((a, b) => b[0] - a[0]);
  return [...pages.values()].sort((a, b) => b.points - a.points);
}

// The text around the first word found, with all words found marked.
function excerpt(text, words) {
  const paragraph = document.createElement("p");
  const first = Math.min(...words.map(word => text.search(new RegExp(word.source, "iu"))).filter(at => at >= 0));
  const start = first < 60 || first === Infinity ? 0 : text.indexOf(" ", first - 60) + 1;
  const piece = text.slice(start, start + 180).replace(/\s\S*$/, "");
  paragraph.append(start ? "… " : "");
  let at = 0;
  const found = words.flatMap(word => [...piece.matchAll(word)]).sort((a, b) => a.index - b.index);
  for (const match of found) {
    if (match.index < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    paragraph.append(piece.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  paragraph.append(piece.slice(at), start + piece.length < text.length ? " …" : "");
  return paragraph;
}

function link(page, anchor, words) {
  const element = document.createElement("a");
  element.href = `${page}.html${anchor ? "#" + anchor : ""}`;
  element.textContent = words;
  return element;
}

function show(query) {
  const pages = find(query), words = patterns(query);
  const results = document.getElementById("results");
  results.replaceChildren(...pages.map(({ sections }) => {
    const [name, , title] = sections[0][1];
    const item = document.createElement("li"), heading = document.createElement("h2");
    heading.append(link(name, "", title));
    item.append(heading);
    const best = sections.slice(0, 3).sort((a, b) => Boolean(a[1][1]) - Boolean(b[1][1]));  // the page's top comes first
    for (const [, [page, anchor, , title_of_section, text]] of best) {
      if (anchor) {
        const place = document.createElement("h3");
        place.append(link(page, anchor, title_of_section));
        item.append(place);
      }
      item.append(excerpt(text, words));
    }
    return item;
  }));
  const found = pages.reduce((sum, page) => sum + page.sections.length, 0);
  document.getElementById("count").textContent = !query.trim() ? ""
    : found ? `${found} section${found > 1 ? "s" : ""} on ${pages.length} page${pages.length > 1 ? "s" : ""}`
    : "Nothing found. Try fewer or shorter words.";
}

const input = document.querySelector("article input[type=search]");
input.value = new URLSearchParams(location.search).get("q") || "";
input.addEventListener("input", () => {
  history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
  show(input.value);
});
input.form.addEventListener("submit", event => event.preventDefault());
show(input.value);
input.focus();
