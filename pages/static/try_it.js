// The page on which the network can be tried: what a reader does, and what is shown then.
"use strict";

const app = document.getElementById("network");
const find = selector => app.querySelector(selector);
const folder = new URL(".", document.currentScript.src);

let X = new Float32Array(SIDE * SIDE); // the picture, 0 is black and 1 is white
let chosen = 0; // the place of the test picture that it was
let earlier = []; // the pictures before each change
let cursor = { row: 14, column: 14 };
let brush = { value: 1, wide: false };
let last = null; // the cell under the finger that paints
let finger = null; // its number: the hand that holds a phone touches it too
let pictures; // the 100 test pictures
const off = new Set();

// Only who starts loads the network. A page that was opened as a file may not fetch, but it may add a script.
const starter = document.querySelector(".start button");
starter.addEventListener("click", () => {
  starter.disabled = true; // a slow memory stick leaves time to press twice
  const script = document.createElement("script");
  script.src = new URL("try_it_network.js", folder);
  script.addEventListener("load", start);
  script.addEventListener("error", () => {
    starter.nextElementSibling.textContent = "The network's file, try_it_network.js, isn't in this page's folder _static.";
    starter.disabled = false;
    starter.focus();
  });
  document.head.append(script);
});

function start() {
  readNetwork(NETWORK);
  const bytes = decode(NETWORK.pictures, Uint8Array);
  pictures = NETWORK.labels.map((_, k) =>
    Float32Array.from(bytes.subarray(k * SIDE * SIDE, (k + 1) * SIDE * SIDE), value => value / 255));
  document.querySelector(".start").hidden = true;
  const still = document.querySelector("article p:has(> img)");
  still.remove();
  addEventListener("beforeprint", () => app.after(still)); // paper can't be painted on
  addEventListener("afterprint", () => still.remove());
  app.hidden = false;
  addPictures();
  addRows();
  choose(0);
  find(".pictures canvas").focus();
}

// What the network says

const same = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < 1e-6);

function show(done = "") {
  const { H, logits } = net(X, off);
  const p = softmax(logits), answer = p.indexOf(Math.max(...p));
  drawPicture();
  const name = NETWORK.names[answer], share = p[answer].toFixed(2);
  find(".answer").innerHTML = `It says <strong>${name}</strong>, with a probability of ${share}. ` +
    `${same(X, pictures[chosen]) ? "Its label is" : "Before you changed it, its label was"} ${NETWORK.names[NETWORK.labels[chosen]]}.`;
  [...find("tbody").rows].forEach((row, k) => {
    row.classList.toggle("first", k === answer);
    row.cells[1].firstChild.style.width = `${100 * p[k]}%`;
    row.cells[2].textContent = p[k].toFixed(3);
  });
  const firing = H.reduce((count, value) => count + (value > 0), 0);
  find(".about-units").textContent = `${firing} of ${H.length} hidden units fire. These fire most; below each picture of its ` +
    `weights stands how far it moves the logit of ${name}.`;
  showUnits(find(".units"), H, answer, unit => turn(`Unit ${unit} is off. `, () => off.add(unit)));
  showOff(find(".off"), off, unit => turn(`Unit ${unit} is on. `, () => off.delete(unit)),
    () => turn("All units are on. ", () => off.clear()));
  find("[data-do=undo]").ariaDisabled = !earlier.length; // not disabled, which would throw the keyboard's focus away
  say(`${done}It says ${name}, ${share}`);
}

let waiting;
function say(text) { // when the hand rests: a screen reader can't follow each stroke
  clearTimeout(waiting);
  waiting = setTimeout(() => { find("[role=status]").textContent = text; }, 500);
}

function turn(done, change) {
  change();
  show(done);
  if (document.activeElement === document.body) board.focus(); // the button that was pressed is gone
}

// The test pictures: a list of 100, of which the Tab key finds one and the arrows the others.

function addPictures() {
  pictures.forEach((picture, k) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: SIDE, height: SIDE });
    canvas.setAttribute("role", "option");
    const { logits } = net(picture), says = logits.indexOf(Math.max(...logits)), label = NETWORK.labels[k];
    canvas.setAttribute("aria-label", `${NETWORK.names[label]} ${k % 10 + 1}` +
      (says === label ? "" : `, taken for ${NETWORK.names[says]}`));
    paint(canvas.getContext("2d"), grey(picture));
    canvas.addEventListener("click", () => choose(k));
    find(".pictures").append(canvas);
  });
  find(".pictures").addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (pictures[chosen + step]) choose(chosen + step).focus();
  });
}

function choose(k) {
  const options = find(".pictures").children;
  for (const [place, option] of [...options].entries()) {
    option.setAttribute("aria-selected", place === k);
    option.tabIndex = place === k ? 0 : -1;
  }
  chosen = k;
  X = pictures[k].slice();
  earlier = [];
  show();
  return options[k];
}

function addRows() {
  for (const name of NETWORK.names) {
    const row = find("tbody").insertRow();
    row.innerHTML = `<th scope="row">${name}</th><td><span class="share"></span></td><td></td>`;
  }
}

// Painting

function replace(made) {
  earlier.push(X);
  X = made;
}

function change(made) {
  replace(made);
  show();
}

function dab({ row, column }) { // into X itself; who begins a stroke puts a copy there first
  const reach = brush.wide ? 1 : 0;
  for (let r = Math.max(row - reach, 0); r <= Math.min(row + reach, SIDE - 1); r++)
    for (let c = Math.max(column - reach, 0); c <= Math.min(column + reach, SIDE - 1); c++)
      X[r * SIDE + c] = brush.value;
}

const board = find("canvas[role=application]"), small = new OffscreenCanvas(SIDE, SIDE);

function drawPicture() {
  paint(small.getContext("2d"), grey(X));
  const context = board.getContext("2d"), cell = board.width / SIDE;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, board.width, board.height);
  if (!board.matches(":focus-visible")) return;
  for (const [colour, width] of [["#000", 4], ["#ffd400", 2]]) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width });
    context.strokeRect(cursor.column * cell, cursor.row * cell, cell, cell);
  }
}

function cellAt(event) {
  const box = board.getBoundingClientRect(), inside = value => Math.min(Math.max(Math.floor(value), 0), SIDE - 1);
  return { row: inside((event.clientY - box.top) / box.height * SIDE), column: inside((event.clientX - box.left) / box.width * SIDE) };
}

board.addEventListener("pointerdown", event => {
  if (last || event.button) return;
  finger = event.pointerId;
  board.setPointerCapture(event.pointerId);
  replace(X.slice());
  stroke(event);
});
board.addEventListener("pointermove", event => { if (last && event.pointerId === finger) stroke(event); });
for (const end of ["pointerup", "pointercancel"])
  board.addEventListener(end, event => { if (event.pointerId === finger) last = null; });

function stroke(event) { // a fast hand skips cells: all between the last one and this one are painted
  const to = cellAt(event), from = last || to;
  const steps = Math.max(Math.abs(to.row - from.row), Math.abs(to.column - from.column), 1);
  for (let step = 0; step <= steps; step++)
    dab({ row: Math.round(from.row + (to.row - from.row) * step / steps),
          column: Math.round(from.column + (to.column - from.column) * step / steps) });
  last = cursor = to;
  show();
}

board.addEventListener("keydown", event => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const value = { " ": 1, Delete: 0, Backspace: 0 }[event.key];
  if (!step && value === undefined) return;
  event.preventDefault();
  if (step) {
    cursor = { row: (cursor.row + step[0] + SIDE) % SIDE, column: (cursor.column + step[1] + SIDE) % SIDE };
    drawPicture();
    say(`Row ${cursor.row}, column ${cursor.column}: ${Math.round(100 * X[cursor.row * SIDE + cursor.column])} percent`);
  } else {
    replace(X.slice());
    takeBrush(value);
    dab(cursor);
    show();
  }
});
for (const name of ["focus", "blur"]) board.addEventListener(name, () => { if (pictures) drawPicture(); });

function takeBrush(value) {
  brush.value = value;
  for (const button of app.querySelectorAll("[data-brush]")) button.ariaPressed = +button.dataset.brush === value;
}

// What is done to the whole picture

const DO = {
  invert: () => change(X.map(value => 1 - value)),
  scramble: () => change(scrambled(X)),
  empty: () => change(X.map(() => 0)),
  undo: () => {
    const now = X;
    while (earlier.length && same(X, now)) X = earlier.pop(); // a stroke of white over white left nothing to take back
    show();
  },
  reset: () => change(pictures[chosen].slice()),
};

app.addEventListener("click", event => {
  const { brush: value, shift, do: name, wide } = event.target.dataset;
  if (value !== undefined) takeBrush(+value);
  if (wide !== undefined) { brush.wide = !brush.wide; event.target.setAttribute("aria-pressed", brush.wide); }
  if (shift !== undefined) { const [right, down] = shift.split(" "); change(shifted(X, +down, +right)); }
  if (name) DO[name]();
});
