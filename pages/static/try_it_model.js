// The network of notebook 07, in the words of notebooks 04 and 05. A picture is 784 numbers, row after row.
"use strict";

let W1, b1, W2, b2;

// [a product]
function dot(x, W) {
  const { values, columns } = W;
  const sums = new Float32Array(columns);
  x.forEach((entry, i) => {
    if (entry === 0) return;
    const row = i * columns;
    for (let j = 0; j < columns; j++)
      sums[j] += entry * values[row + j];
  });
  return sums;
}
// [its bias]
function plus(a, b) {
  return a.map((x, j) => x + b[j]);
}
// [ReLU]
function relu(X) {
  return X.map(x => Math.max(x, 0));
}
// [the network]
function net(X, off = []) {
  const H = relu(plus(dot(X, W1), b1));
  for (const unit of off) H[unit] = 0;
  const logits = plus(dot(H, W2), b2);
  return { H, logits };
}
// [softmax]
function softmax(o) {
  const m = Math.max(...o);
  const exponentials =
    o.map(entry => Math.exp(entry - m));
  const sum =
    exponentials.reduce((a, b) => a + b);
  return exponentials.map(e => e / sum);
}
// [the weights]
function decode(text, Type) {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  return new Type(bytes.buffer);
}

function widen(whole, scale) {
  const values = Float32Array.from(whole, (w, i) => w * scale[i % scale.length]);
  return { values, columns: scale.length };
}

function readNetwork(file) {
  W1 = widen(decode(file.W1, Int8Array), decode(file.scale1, Float32Array));
  W2 = widen(decode(file.W2, Int8Array), decode(file.scale2, Float32Array));
  b1 = decode(file.b1, Float32Array);
  b2 = decode(file.b2, Float32Array);
}
// [end]
