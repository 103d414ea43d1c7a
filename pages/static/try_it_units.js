// The hidden units that fire most, each with its weights as a picture and its push on the answer.
"use strict";

const SHOWN = 8;
const weightsOf = unit => Array.from({ length: SIDE * SIDE }, (_, i) => W1.values[i * W1.columns + unit]);

function button(text, label, clicked) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: text, ariaLabel: label, onclick: clicked });
  return made;
}

function addCard(list, turnOff) {
  const card = document.createElement("li");
  card.innerHTML = '<canvas width="28" height="28" aria-hidden="true"></canvas><span></span><br>';
  card.append(button("Off", "", () => turnOff(card.unit)));
  list.append(card);
  return card;
}

// A unit that stays among those that fire most keeps its place, so that nothing jumps under a finger.
function showUnits(list, H, answer, turnOff) {
  while (list.children.length < SHOWN) addCard(list, turnOff);
  const most = [...H.keys()].filter(unit => H[unit] > 0).sort((a, b) => H[b] - H[a]).slice(0, SHOWN);
  const cards = [...list.children], stay = cards.filter(card => most.includes(card.unit)).map(card => card.unit);
  const come = most.filter(unit => !stay.includes(unit));
  for (const card of cards) {
    if (!stay.includes(card.unit)) {
      card.unit = come.shift();
      card.hidden = card.unit === undefined;
      if (card.hidden) continue;
      paint(card.querySelector("canvas").getContext("2d"), redAndBlue(weightsOf(card.unit)));
      card.querySelector("button").ariaLabel = `Turn unit ${card.unit} off`;
    }
    const push = H[card.unit] * W2.values[card.unit * W2.columns + answer];
    card.querySelector("span").innerHTML = `unit ${card.unit}<br>fires ${H[card.unit].toFixed(2)}<br>` +
      `${push < 0 ? "−" : "+"}${Math.abs(push).toFixed(2)} for ${NETWORK.names[answer]}`;
  }
}

function showOff(place, off, turnOn, allOn) {
  const buttons = [...off].map(unit => button(unit, `Turn unit ${unit} on`, () => turnOn(unit)));
  place.replaceChildren(...(off.size ? ["Off: ", ...buttons, button("All on", null, allOn)] : []));
}
