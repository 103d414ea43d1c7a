"""The slides, in a real browser and from files: they fit, they turn, and they ask no network for anything."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("0[1-7]*.ipynb"))}
SLIDES = ROOT / "build" / "slides"

# What sticks out of the current slide, as text. Its padding is no room for content: below lies the slide's number.
MISFITS = """() => {
  const slide = Reveal.getCurrentSlide(), style = getComputedStyle(slide), frame = slide.getBoundingClientRect();
  const right = frame.right - parseFloat(style.paddingRight), bottom = frame.bottom - parseFloat(style.paddingBottom);
  const seen = [...slide.querySelectorAll("*")].filter(e => !e.closest("aside, .katex-mathml") && e.offsetParent);
  const misfits = seen.filter(e => {
    const box = e.getBoundingClientRect();
    return box.right > right + 1 || box.bottom > bottom + 1 || box.left < frame.left || box.top < frame.top
      || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
      || e.tagName === "IMG" && (!e.naturalWidth || box.height < 100);
  });
  return misfits.map(e => `${e.tagName}: ${e.textContent.slice(0, 60)}`);
}"""


@pytest.fixture(scope="module")
def built():
    subprocess.run([sys.executable, ROOT / "pages" / "slides.py"], check=True)


@pytest.fixture(scope="module")
def show(built, chromium):
    """Open a file at 1280 x 720; what the page asks for, prints or breaks is in `page.complaints`."""
    with chromium.new_context(viewport={"width": 1280, "height": 720}) as context:
        def show(path):
            page, address = context.new_page(), path.as_uri()
            page.complaints = []
            page.on("console", lambda message: page.complaints.append(message.text))
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.on("request", lambda request: request.url.startswith(("data:", address))
                    or page.complaints.append(request.url))
            page.goto(address)
            return page
        yield show


@pytest.fixture(scope="module", params=NOTEBOOKS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def deck(show, name):
    page = show(SLIDES / f"{name}.html")
    yield page
    page.close()


def shown(name):
    """The sources of the cells that a deck shows or reads out."""
    cells = nbformat.read(NOTEBOOKS[name], as_version=4).cells
    return [cell.source for cell in cells if cell.metadata.get("slideshow", {}).get("slide_type") != "skip"]


def test_every_slide_fits_and_the_arrow_keys_reach_it(deck):
    reached = []
    while len(reached) < 100:
        assert deck.evaluate(MISFITS) == [], f"slide {deck.evaluate('Reveal.getIndices().h') + 1}"
        reached.append(deck.evaluate("Reveal.getIndices().h"))
        if deck.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
            break
        deck.keyboard.press("ArrowRight")
    assert sorted(set(reached)) == list(range(deck.evaluate("Reveal.getTotalSlides()")))
    deck.keyboard.press("ArrowLeft")
    assert deck.evaluate("Reveal.getIndices().h") < reached[-1]
    assert deck.complaints == []


def test_math_is_set(deck, name):
    formulas = sum(len(re.findall(r"\$\$.+?\$\$|\$.+?\$", source, re.DOTALL)) for source in shown(name))
    assert deck.locator(".katex").count() == formulas
    assert deck.locator(".katex-error").count() == 0
    assert deck.evaluate("document.fonts.load('20px KaTeX_Main').then(faces => faces.length)") == 1


def test_the_speaker_has_notes(deck):
    deck.evaluate("Reveal.slide(Reveal.getSlides().findIndex(slide => slide.querySelector('aside.notes')))")
    with deck.expect_popup() as popup:
        deck.keyboard.press("s")
    notes = popup.value.locator(".speaker-controls-notes .value")
    notes.get_by_text(re.compile(r"\w")).first.wait_for(timeout=5000)
    assert len(notes.inner_text()) > 40


def test_exercises_stay_in_the_notebook(name):
    everything = "\n".join(cell.source for cell in nbformat.read(NOTEBOOKS[name], as_version=4).cells)
    exercises = everything[everything.index("## Exercises"):everything.index("## Summary")]
    assert [source for source in shown(name) if source in exercises] == []


def test_first_slide_is_accessible(deck):
    from axe_playwright_python.sync_playwright import Axe
    deck.evaluate("Reveal.slide(0)")
    results = Axe().run(deck)
    assert results.violations_count == 0, results.generate_report()


def test_index_leads_to_every_deck_of_a_talk_of_half_an_hour(show):
    page = show(SLIDES / "index.html")
    links = page.locator("td a")
    assert [link.get_attribute("href") for link in links.all()] == [f"{name}.html" for name in NOTEBOOKS]
    counts = [int(cell) for cell in page.locator("td:last-child").all_inner_texts()]
    assert counts[-1] == sum(counts[:-1]) and 25 <= counts[-1] <= 45
    assert page.complaints == []


def test_last_slide_leads_to_the_next_deck(deck, name):
    following = list(NOTEBOOKS)[list(NOTEBOOKS).index(name) + 1:]
    links = [link.get_attribute("href") for link in deck.locator("section:last-child a").all()]
    assert links == [f"{other}.html" for other in following[:1]] + ["index.html"]
