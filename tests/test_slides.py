"""The slides, in a real browser and from files: answers wait for a key, all is large enough, nothing sticks out."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from listening import listen

ROOT = Path(__file__).parent.parent
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("0[1-7]*.ipynb"))}
specification = importlib.util.spec_from_file_location("slides", ROOT / "pages" / "slides.py")
slides = importlib.util.module_from_spec(specification)
specification.loader.exec_module(slides)

# What the current slide looks like. A box is [left, top, right, bottom]; below the body is the slide's number.
MEASURE = """() => {
  const slide = Reveal.getCurrentSlide(), body = slide.querySelector(".body").getBoundingClientRect();
  const isSeen = e => e.offsetParent && !e.closest("aside, .katex-mathml")
    && getComputedStyle(e).visibility === "visible";
  const seen = selector => [...slide.querySelectorAll(selector)].filter(isSeen);
  const box = e => { const {left, top, right, bottom} = e.getBoundingClientRect(); return [left, top, right, bottom]; };
  const lines = pre => ([...pre.querySelectorAll("code > span")].map(e => e.textContent).join("\\n")
    || pre.textContent.trimEnd()).split("\\n").length;
  const named = e => `${e.tagName} ${e.className}: ${e.textContent.trim().slice(0, 40) || e.alt}`;
  return {
    slide: `${document.title}, slide ${Reveal.getSlidePastCount() + 1}`,
    outputs: seen("pre.output, .table, img").map(named),
    misfits: seen(".body :not(.katex *)").filter(e => {
      const [l, t, r, b] = box(e);
      return r > body.right + 1 || b > body.bottom + 1 || l < body.left - 1 || t < body.top - 1
        || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
        || e.matches("pre, .table") && e.scrollWidth > e.clientWidth;
    }).map(named),
    boxes: seen("h1, h2, p, li, pre, code > *, img, table, .katex-display").map(e => [named(e), box(e)]),
    wraps: seen("pre").map(e => [named(e), lines(e),
      Math.round((e.clientHeight - 20) / parseFloat(getComputedStyle(e).lineHeight))]),
    sizes: seen("pre, td, th").map(e => [named(e), parseFloat(getComputedStyle(e).fontSize)]),
    figures: seen("img").map(e => [named(e), e.naturalWidth / e.naturalHeight, ...box(e)]),
    formulas: seen(".katex").length,
    unset: [...seen(".katex-error").map(named), 
      ...seen(".katex").length && !document.fonts.check("20px KaTeX_Main") ? ["no font"] : []],
    text: [...seen("h1, h2, p, li")].map(e => e.innerText).join("\\n"),
  };
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "slides"
    slides.main(folder)
    return folder


@pytest.fixture(scope="module")
def show(built, chromium):
    """Open a file at 1280 x 720; what the page asks for, prints or breaks is in `page.complaints`."""
    with chromium.new_context(viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        page.complaints = []
        listen(page, page.complaints, built.as_uri())

        def show(name):
            page.complaints.clear()
            page.goto((built / f"{name}.html").as_uri())
            return page
        yield show


@pytest.fixture(scope="module")
def walk(show):
    """Turn every page of every deck with the arrow key, and return what each slide is before and after its keys."""
    found = []
    for name in NOTEBOOKS:
        page = show(name)
        page.evaluate("document.fonts.ready")
        for index in range(page.evaluate("Reveal.getTotalSlides()")):
            assert page.evaluate("Reveal.getIndices().h") == index
            before = page.evaluate(MEASURE)
            while page.evaluate("Reveal.availableFragments().next"):
                page.keyboard.press("ArrowRight")
            found.append((before, page.evaluate(MEASURE)))
            page.keyboard.press("ArrowRight")
        assert page.evaluate("Reveal.isLastSlide()") and page.complaints == []
        page.keyboard.press("ArrowLeft")
        assert not page.evaluate("Reveal.isLastSlide()")
    return found


def test_an_output_waits_for_a_key(walk):
    """Unless its cell says that it doesn't, as where the figure is what the question asks about."""
    at_once = [cell for deck in slides.read_decks() for slide in deck["slides"] for cell in slide["cells"]
               if cell.cell_type == "code" and not cell.metadata.slideshow.get("wait", True)]
    assert len([output for before, _ in walk for output in before["outputs"]]) == len(at_once) <= 5
    assert len([output for _, after in walk for output in after["outputs"]]) > 20


def test_nothing_sticks_out_of_a_slide(walk):
    assert [(after["slide"], misfit) for _, after in walk for misfit in after["misfits"]] == []


def overlap(one, other):
    """Say whether two boxes have more in common than an edge, neither being the other's frame."""
    left, top, right, bottom = (pick(pair) for pick, pair in zip((max, max, min, min), zip(one, other)))
    common = [left, top, right, bottom]
    return right - left > 1 and bottom - top > 1 and all(
        max(abs(a - b) for a, b in zip(common, box)) > 1 for box in (one, other))


def test_nothing_overlaps(walk):
    for _, after in walk:
        boxes = after["boxes"]
        pairs = [(name, other) for index, (name, box) in enumerate(boxes) for other, its_box in boxes[index + 1:]
                 if overlap(box, its_box)]
        assert pairs == [], after["slide"]


def test_code_and_outputs_are_large_and_no_line_wraps(walk):
    wraps = [(after["slide"], *wrap) for _, after in walk for wrap in after["wraps"] if wrap[1] != wrap[2]]
    small = [(after["slide"], *size) for _, after in walk for size in after["sizes"] if size[1] < 18]
    assert wraps == [] and small == []
    assert sum(len(after["wraps"]) for _, after in walk) > 30


def test_figures_keep_their_ratio_and_are_large(walk):
    for _, after in walk:
        for name, natural, left, top, right, bottom in after["figures"]:
            assert (right - left) / (bottom - top) == pytest.approx(natural, rel=0.02), (after["slide"], name)
            assert right - left >= 560 or bottom - top >= 560, (after["slide"], name)
    assert sum(len(after["figures"]) for _, after in walk) >= 8


def test_slides_speak_of_the_talk_not_of_the_notebook(walk):
    for _, after in walk:
        assert not re.search(r"this notebook|minutes to read|\$", after["text"]), after["slide"]


def test_math_is_set(walk):
    assert [(after["slide"], error) for _, after in walk for error in after["unset"]] == []
    assert sum(after["formulas"] for _, after in walk) >= 8


def test_every_slide_has_its_question_wrong_answer_answer_and_minutes():
    for deck in slides.read_decks():
        for slide in deck["slides"]:
            assert list(slide["lines"]) == ["Ask", "Expect", "Answer"], (deck["name"], slide["heading"])
            assert slide["minutes"] >= 1
        minutes = [slide["minutes"] for slide in [*deck["slides"], deck["summary"]]]
        assert deck["minutes"] == sum(minutes), deck["name"]


def test_a_slide_without_its_lines_and_lines_without_their_slide_are_told(tmp_path, monkeypatch):
    path = NOTEBOOKS["05_softmax_loss"]
    notebook = json.loads(path.read_text(encoding="utf-8"))
    first = next(cell for cell in notebook["cells"] if cell["metadata"].get("slideshow"))
    first["metadata"]["slideshow"]["heading"] = "Another heading"
    (tmp_path / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setattr(slides, "NOTEBOOKS", tmp_path)
    with pytest.raises(SystemExit, match="Another heading"):
        slides.read_decks()


def test_lines_that_a_slide_names_are_there():
    for path in NOTEBOOKS.values():
        for cell in nbformat.read(path, as_version=4).cells:
            choice, lines = cell.metadata.get("slideshow", {}), [line.strip() for line in cell.source.splitlines()]
            assert all(any(line.startswith(only) for line in lines) for only in choice.get("only", [])), choice
            assert all(sum(line.startswith(step) for line in lines) == 1 for step in choice.get("steps", {})), choice


def test_a_table_is_a_table_without_the_styles_that_pandas_sends():
    html = "<div><style scoped>th { color: red }</style><table><tr><td>1</td></tr></table></div>"
    kind, shown = slides.render_output({"data": {"text/html": html, "text/plain": "1"}})
    assert kind == "table" and shown == "<div><table><tr><td>1</td></tr></table></div>"


def test_code_grows_by_a_step_a_key(show):
    page = show("06_training")
    page.evaluate("Reveal.slide(Reveal.getSlides().findIndex(slide => slide.querySelector('code > b')))")
    steps = page.locator("section.present code > b")
    seen = [sum(step.is_visible() for step in steps.all())]
    while page.evaluate("Reveal.availableFragments().next"):
        page.keyboard.press("ArrowRight")
        seen.append(sum(step.is_visible() for step in steps.all()))
    assert seen == list(range(1, steps.count() + 1)) and len(seen) >= 5


def test_the_speaker_has_notes(show):
    page = show("05_softmax_loss")
    page.keyboard.press("ArrowRight")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    notes = popup.value.locator(".speaker-controls-notes .value")
    notes.get_by_text(re.compile(r"\w")).first.wait_for(timeout=5000)
    assert all(word in notes.inner_text() for word in ("min", "Ask.", "Expect.", "Answer."))
    popup.value.close()


def test_exercises_stay_in_the_notebook():
    for path in NOTEBOOKS.values():
        cells = nbformat.read(path, as_version=4).cells
        start = next(index for index, cell in enumerate(cells) if cell.source.startswith("## Exercises"))
        assert [cell.source for cell in cells[start:] if cell.metadata.get("slideshow")] == []


@pytest.mark.parametrize("name", ["index", "05_softmax_loss"])
def test_slides_are_accessible(show, name):
    from axe_playwright_python.sync_playwright import Axe
    page = show(name)
    page.evaluate("document.querySelectorAll('.backgrounds').forEach(e => e.remove())")  # axe takes it for a cover
    for index in range(3 if name != "index" else 1):
        page.evaluate(f"""if (window.Reveal) {{
            Reveal.slide({index}); while (Reveal.availableFragments().next) Reveal.nextFragment();
        }}""")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert any(passed["id"] == "color-contrast" for passed in results.response["passes"])


def test_index_tells_slides_and_minutes_and_leads_to_every_deck_and_notebook(show):
    page = show("index")
    links = [link.get_attribute("href") for link in page.locator("td a").all()]
    assert links == [f"{folder}{name}.html" for name in NOTEBOOKS for folder in ("", "../pages/")]
    for column in (2, 3):
        numbers = [int(cell) for cell in page.locator(f"td:nth-child({column})").all_inner_texts()]
        assert numbers[-1] == sum(numbers[:-1])
        assert column == 2 or 25 <= numbers[-1] <= 45
    assert page.complaints == []


def test_decks_lead_to_the_next_and_to_their_pages(built):
    """`make pages` makes a page of each notebook in build/pages, beside build/slides."""
    names = list(NOTEBOOKS)
    for name, following in zip(names, [*names[1:], None]):
        markup = (built / f"{name}.html").read_text(encoding="utf-8")
        last = markup[markup.index('<section class="last"'):].partition("</section>")[0]
        links = re.findall(r'<a href="([^"]+)"', last)
        assert links == [f"{following}.html"] * bool(following) + [f"../pages/{name}.html", "index.html"]


def test_the_pdf_is_linked_where_it_is(built, tmp_path):
    shutil.copytree(built, tmp_path / "slides")
    (tmp_path / "mlp_from_scratch.pdf").touch()
    slides.main(tmp_path / "slides")
    assert "mlp_from_scratch.pdf" not in (built / "index.html").read_text(encoding="utf-8")
    assert 'href="../mlp_from_scratch.pdf"' in (tmp_path / "slides" / "index.html").read_text(encoding="utf-8")
