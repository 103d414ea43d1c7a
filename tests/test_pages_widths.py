"""Every page at the widths of phones, tablets and screens: nothing is stretched, cut, covered, or shut to a reader."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from listening import listen

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
PAGES = [*sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")),
         *sorted(path.stem for path in NOTEBOOKS.glob("*.md")),
         "data/README", "search"]
every_page = pytest.mark.parametrize("name", PAGES)
WIDTHS = [320, 390, 768, 1280, 1920]

# What is wrong with the page as it stands, each as a line.
MEASURE = r"""() => {
    const wrong = [], say = (what, element) =>
        wrong.push(`${what}: ${element.tagName}.${element.className} `
                   + (element.innerText || element.src || "").slice(0, 60));
    const visible = element => element.getClientRects().length > 0;
    for (const image of document.querySelectorAll("main img")) {
        const box = image.getBoundingClientRect();
        const ratio = box.width / box.height * image.naturalHeight / image.naturalWidth;
        if (!(Math.abs(ratio - 1) <= 0.02)) say(`stretched by ${ratio.toFixed(2)}`, image);
    }
    // Outputs never scroll sideways; code may on a phone, and tables below that.
    const mayScroll = innerWidth < 1280 ? "div.cell_input pre, details pre, div.highlight-sh pre" : ".none";
    for (const box of document.querySelectorAll("main pre, main .table"))
        if (visible(box) && box.scrollWidth > box.clientWidth + 1 && !box.matches(mayScroll)
            && !(innerWidth < 390 && box.matches(".table"))) say("scrolls sideways", box);
    if (document.documentElement.scrollWidth > innerWidth) {
        say(`the page is ${document.documentElement.scrollWidth} wide`, document.body);
        for (const element of document.querySelectorAll("body *"))
            if (element.getBoundingClientRect().right > innerWidth + 1) say("sticks out", element);
    }
    // Neighbours in the text, and the columns of the page.
    const overlap = (a, b) => {
        const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
        return Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
            && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1;
    };
    const blocks = "section, div, p, pre, ul, ol, li, dl, dt, dd, h1, h2, h3, table, tr, th, td, details, img, "
        + "nav, main, footer, a.home, button";
    for (const parent of document.querySelectorAll("body *:not(.katex *)")) {
        const children = [...parent.children].filter(child => child.matches(blocks) && visible(child)
            && getComputedStyle(child).position !== "absolute");
        children.slice(1).forEach((child, index) => overlap(children[index], child) && say("covered", child));
    }
    // The magnifier stands before the first letter.
    for (const icon of document.querySelectorAll("form .icon")) {
        const input = icon.parentElement.querySelector("input");
        const start = parseFloat(getComputedStyle(input).paddingLeft);
        if (visible(icon) && icon.getBoundingClientRect().right > input.getBoundingClientRect().left + start)
            say("covered", input);
    }
    return wrong;
}"""


@pytest.fixture(scope="module")
def window(chromium):
    """One window for all pages; what goes wrong in it is kept until someone looks."""
    context = chromium.new_context()
    page = context.new_page()
    page.troubles = []
    listen(page, page.troubles, "file:")
    yield page
    context.close()


@every_page
def test_nothing_is_stretched_cut_or_covered(name, window, built):
    window.goto((built / f"{name}.html").as_uri())
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        assert window.evaluate(MEASURE) == [], f"at {width} pixels"
    window.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    window.set_viewport_size({"width": 1280, "height": 900})
    assert window.evaluate(MEASURE) == [], "with solutions open"
    assert window.troubles == []


@pytest.mark.parametrize("style, complaint", [
    ("main img { height: 99px !important; }", "stretched"),
    (".cell_output pre { white-space: pre; font-size: 14px; }", "scrolls sideways"),
    ("main pre { font-size: 22px; }", "scrolls sideways"),
    ("main p { width: 120vw; }", "the page is"),
    ("main h2 { margin-bottom: -1.5rem; }", "covered"),
    ("input { padding-left: 0 !important; }", "covered"),
])
def test_the_measure_sees_what_is_wrong(style, complaint, window, built):
    window.goto((built / "05_softmax_loss.html").as_uri() if "img" not in style else (built / "index.html").as_uri())
    width = 1280 if "22px" in style or "input" in style else 390
    window.set_viewport_size({"width": width, "height": 900})
    window.evaluate("document.querySelector('.cell_output pre')"
                    "?.append('a line of exactly fifty-four columns, the last: x')")
    assert window.evaluate(MEASURE) == []
    window.add_style_tag(content=style)
    assert any(line.startswith(complaint) for line in window.evaluate(MEASURE))


def find_barriers(window, everywhere=True):
    """Return what axe-core objects to; it would fetch stylesheets anew, by wrong addresses, if it were let.

    Code and formulas are thousands of elements that are alike on all pages, so that some pages stand for all.
    """
    context = None if everywhere else {"exclude": [["pre"], [".math"]]}
    found = Axe().run(window, context, {"preload": False, "resultTypes": ["violations"]})
    return found.generate_report() if found.violations_count else ""


@every_page
def test_a_page_is_open_to_everyone(name, window, built):
    window.set_viewport_size({"width": 1280, "height": 900})
    window.goto((built / f"{name}.html").as_uri())
    assert find_barriers(window, everywhere=False) == ""


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["index", "05_softmax_loss"])
def test_so_it_is_on_a_phone_and_in_the_dark(name, width, mode, window, built):
    window.set_viewport_size({"width": width, "height": 900})
    window.emulate_media(color_scheme=mode)
    window.goto((built / f"{name}.html").as_uri())
    bright = window.evaluate("getComputedStyle(document.documentElement).backgroundColor === 'rgb(255, 255, 255)'")
    assert bright == (mode == "light")
    assert find_barriers(window) == ""
    window.emulate_media(color_scheme="light")
