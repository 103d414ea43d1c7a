const delimiters = [{left: "$$", right: "$$", display: true}, {left: "$", right: "$", display: false}];
// The speaker's window has the notes without the styles, so their math is MathML, which needs none.
for (const notes of document.querySelectorAll("aside.notes"))
  renderMathInElement(notes, {delimiters, output: "mathml"});
renderMathInElement(document.body, {delimiters, ignoredClasses: ["notes"]});

const LARGEST = 38, LARGEST_BESIDE_A_FIGURE = 24, SMALLEST = 18;  // pixels

function fits(slide) {
  const body = slide.querySelector(".body");
  return body.scrollHeight <= body.clientHeight
    && [...slide.querySelectorAll("pre, .table")].every(box => box.scrollWidth <= box.clientWidth);
}

// Code and what it prints are as large as they can be without a line that wraps and with everything on the slide.
function enlarge(slide) {
  let size = slide.querySelector("img") ? LARGEST_BESIDE_A_FIGURE : LARGEST;
  do slide.style.setProperty("--code", `${size--}px`); while (size >= SMALLEST && !fits(slide));
}

Reveal.on("ready", ({currentSlide}) => document.fonts.ready.then(() => enlarge(currentSlide)));
Reveal.on("slidechanged", ({currentSlide}) => enlarge(currentSlide));
Reveal.initialize({
  width: 1280, height: 720, margin: 0, center: false, display: "flex", transition: "none",
  hash: true, slideNumber: "c/t", defaultTiming: 0, plugins: [RevealNotes],
});
