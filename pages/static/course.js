// Comfort only: without this file every page is complete.
"use strict";

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* a reader who forbids it goes without */ }
}

function recall(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

// Light, dark, or what the reader's system prefers.
const colours = document.querySelector(".colours select");
colours.value = recall("theme") || "auto";
colours.addEventListener("change", () => {
  document.documentElement.dataset.theme = colours.value;
  remember("theme", colours.value);
});

// Control + K goes to the search field, and opens the contents first where they are folded away.
document.addEventListener("keydown", event => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  const course = document.getElementById("course");
  if (getComputedStyle(course).display === "none") course.showPopover();
  (document.querySelector("article input[type=search]") || course.querySelector("input")).focus();
});

// On a phone the list of sections closes before it covers the one that was chosen.
const sections = document.getElementById("on-this-page");
sections?.addEventListener("click", event => {
  if (event.target.closest("a") && sections.matches(":popover-open")) sections.hidePopover();
});

// Where am I? The section at the top of the window is marked in the list.
const links = new Map([...(sections?.querySelectorAll("li a") || [])].map(link => [link.hash.slice(1), link]));
const watcher = new IntersectionObserver(entries => {
  const entry = entries.filter(entry => entry.isIntersecting).pop();
  if (!entry) return;
  for (const [id, link] of links)
    if (id === entry.target.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
}, { rootMargin: "0px 0px -70% 0px" });
for (const id of links.keys()) {
  const target = document.getElementById(decodeURIComponent(id));
  if (target) watcher.observe(target);
}

// What scrolls sideways can be scrolled from the keyboard.
function addTabStops() {
  for (const box of document.querySelectorAll("article pre, .table, .katex-display"))
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
}
addTabStops();
addEventListener("resize", addTabStops);

// What I have read: a page whose end was seen gets a mark in the contents.
const read = new Set(JSON.parse(recall("read") || "[]"));
const nameOf = link => new URL(link.href).pathname.split("/").pop();
const entries = [...document.querySelectorAll("#course li a")];
function markRead() {
  for (const link of entries) link.classList.toggle("read", read.has(nameOf(link)));
}
markRead();
const end = document.querySelector(".neighbours");
if (end) new IntersectionObserver(([entry]) => {
  if (!entry.isIntersecting) return;
  read.add(location.pathname.split("/").pop() || "index.html");
  remember("read", JSON.stringify([...read]));
  markRead();
}).observe(end);

// On paper solutions are shown.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(details => details.open = true));
