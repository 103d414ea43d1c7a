// Pictures of 28 by 28 pixels: drawn, shifted, scrambled. Nothing here knows of the page or the network.
"use strict";

const SIDE = 28;

function paint(context, colours) {
  const image = context.createImageData(SIDE, SIDE);
  colours.forEach((rgb, i) => image.data.set([...rgb, 255], 4 * i));
  context.putImageData(image, 0, 0);
}

const grey = X => Array.from(X, value => [255 * value, 255 * value, 255 * value]);

// Red weights ask for light, blue ones for dark, as on the pictures of notebook 07.
function redAndBlue(weights) {
  const largest = Math.max(...weights.map(Math.abs));
  return weights.map(w => {
    const ends = w > 0 ? [178, 24, 43] : [33, 102, 172], share = Math.abs(w) / largest;
    return ends.map(end => 247 + (end - 247) * share);
  });
}

function shifted(X, down, right) { // what leaves on one side doesn't come back on the other
  const result = new Float32Array(X.length);
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++)
      if (row - down >= 0 && row - down < SIDE && column - right >= 0 && column - right < SIDE)
        result[row * SIDE + column] = X[(row - down) * SIDE + column - right];
  return result;
}

// Random pairs of pixels, the same for all pictures and at each visit. They change places, so that twice is as before.
const SHUFFLED = [...Array(SIDE * SIDE).keys()];
for (let i = SHUFFLED.length - 1, state = 1; i > 0; i--) {
  state = state * 48271 % 2147483647; // Park and Miller's generator
  const j = state % (i + 1);
  [SHUFFLED[i], SHUFFLED[j]] = [SHUFFLED[j], SHUFFLED[i]];
}
const ORDER = new Uint16Array(SIDE * SIDE);
SHUFFLED.forEach((pixel, i) => { ORDER[pixel] = SHUFFLED[i ^ 1]; });
const scrambled = X => X.map((_, i) => X[ORDER[i]]);
