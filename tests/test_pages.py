"""The course's pages: what they say and link to, and how they behave in a real browser."""

import functools
import gzip
import http.server
import re
import threading
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PAGES = ["index", *NAMES, "try_it", "from_mxnet_to_pytorch", "install", "teaching", "glossary", "references",
         "how_fast", "data/README", "search"]
MEGABYTE = 1_000_000


@pytest.fixture(scope="session")
def soups(built):
    return {name: BeautifulSoup((built / f"{name}.html").read_text(encoding="utf-8"), "html.parser") for name in PAGES}


@pytest.fixture(scope="session")
def site(built):
    """The address of a server of the pages on this machine."""
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=built)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_titles_and_contents_carry_the_numbers(soups):
    for name in NAMES:
        page, number = soups[name], name[:2]
        assert page.title.text.startswith(f"{number} ") and page.h1.text.startswith(f"{number} ")
        here = page.select_one("#course a[aria-current=page]")
        assert re.fullmatch(rf"{number} .* \d+ min", here.text)
        assert not page.find("p", string=re.compile("^Next: "))  # the page's own link says it
    entries = [entry.text[:2] for entry in soups["index"].select("#course li:has(.number)")]
    assert entries == [name[:2] for name in NAMES]


def test_math_is_rendered_when_the_pages_are_built(soups):
    for name in NAMES:
        page = soups[name]
        formulas = page.select(".math")
        assert len(formulas) == len(page.select(".math .katex")), name
        text = "".join(part for part in page.select_one("article").find_all(string=True) if not part.find_parent("pre"))
        assert not re.search(r"\$[^$\n]+\$", text), name
    assert sum(len(page.select(".math")) for page in soups.values()) > 40


def test_every_link_and_anchor_is_good(built, soups):
    anchors = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in soups.items()}
    for name, page in soups.items():
        for tag in page.find_all("a", href=True):
            address = urlparse(tag["href"])
            if address.scheme or address.netloc:
                continue
            here = built / f"{name}.html"
            target = (here.parent / unquote(address.path)).resolve() if address.path else here
            assert target.is_file(), f"{name}: {tag['href']}"
            if address.fragment and target.stem in soups:
                assert unquote(address.fragment) in anchors[target.stem], f"{name}: {tag['href']}"


def test_slides_and_pdf_are_linked_where_they_were_made(built, soups):
    """The build that the tests look at found the slides of notebook 05, their index, and a PDF."""
    decked = [name for name in NAMES if soups[name].select_one(".actions a[href^=slides]")]
    assert decked == ["05_softmax_loss"]
    assert (built / "slides" / "05_softmax_loss.html").is_file()
    for page in soups.values():
        assert page.select_one("#course a[href$='slides/index.html']") and page.select_one("#course a[href$='.pdf']")


def test_the_repository_is_linked_where_it_is_known(built, soups):
    for name in NAMES:
        link = soups[name].select_one("a[download]")
        assert (built / link["href"]).read_bytes() == (ROOT / "notebooks" / f"{name}.ipynb").read_bytes()
        targets = {urlparse(link["href"]).netloc: link["href"] for link in soups[name].select(".actions a")}
        assert targets["mybinder.org"].endswith(f"/gh/you/course/HEAD?urlpath=lab/tree/notebooks/{name}.ipynb")
        assert targets["github.com"].endswith(f"/blob/HEAD/notebooks/{name}.ipynb")
    words = [link.text for link in soups["index"].select("article a[href='https://github.com/you/course']")]
    assert words == ["the course’s repository"]


def test_every_picture_has_an_alt_text_that_says_what_it_shows(soups):
    for name, page in soups.items():
        for image in page.select("article img"):
            assert len(image.get("alt", "")) > 30 and "_images" not in image["alt"], f"{name}: {image}"


def test_headings_descend_and_cells_of_tables_say_what_they_head(soups):
    for name, page in soups.items():
        levels = [int(heading.name[1]) for heading in page.select("article :is(h1, h2, h3, h4)")]
        assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:])), name
        for head in page.select("th"):
            assert head.text.strip() and head["scope"] in ("row", "col"), name
    assert len(soups["glossary"].select("dl > dt[id]")) > 30


def test_pages_can_be_shared(soups):
    """Each has a title, a description and an address of its own, and a picture."""
    pages = [page for name, page in soups.items() if name != "search"]
    described = {page.select_one("meta[name=description]")["content"] for page in pages}
    addresses = {page.select_one("link[rel=canonical]")["href"] for page in pages}
    assert len(described) == len(addresses) == len(pages) and len({page.title.text for page in pages}) == len(pages)
    assert all(40 < len(description) < 400 for description in described)
    for page in pages:
        assert page.select_one("meta[property='og:image']")["content"].startswith("https://you.github.io/course/_images/")
        assert len(page.select("meta[name=viewport]")) == 1


def test_a_page_works_without_javascript_and_without_a_server(built, visit):
    page = visit((built / "05_softmax_loss.html").as_uri(), 390, java_script_enabled=False)
    assert page.locator("article h1").is_visible() and page.locator(".math .katex").first.is_visible()
    assert page.locator("a[download]").is_visible() and not page.locator(".colours").is_visible()
    solution = page.locator("details").first
    assert not solution.locator("pre").is_visible()
    solution.locator("summary").click()
    assert solution.locator("pre").is_visible()
    page.get_by_role("button", name="Contents").click()
    assert page.locator("#course li a").first.is_visible()


@pytest.mark.parametrize("query, expected, among", [
    ("install", "Install and run", 1), ("learning rate", "06 Training", 4), ("confusion", "07 Predictions", 1),
    ("overflow", "05 Softmax and the loss", 1), ("attach_grad", "02 Initialize the parameters", 1),
    ("relu", "03 ReLU", 2)])
def test_search_finds_sections_and_shows_their_words_without_a_server(query, expected, among, built, visit):
    page = visit((built / "search.html").as_uri())
    page.keyboard.type(query)
    results = page.locator("#results > li")
    assert expected in results.locator("h2").all_inner_texts()[:among]
    assert page.locator("#results mark").first.inner_text().lower().startswith(query[:5])
    anchored = results.first.locator("a[href*='#']")
    if anchored.count():
        anchored.first.click()
        page.locator(":target").wait_for()


def test_the_search_field_of_a_page_leads_to_the_results(built, visit):
    page = visit((built / "03_relu.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("seed")
    page.keyboard.press("Enter")
    assert page.locator("#results mark").first.inner_text().lower().startswith("seed")


def test_colours_are_chosen_by_keyboard_and_kept(site, visit):
    page = visit(f"{site}03_relu.html", color_scheme="light")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light, choice = page.evaluate(background), page.locator(".colours select")
    choice.focus()
    page.keyboard.press("d")
    assert page.evaluate(background) != light and choice.evaluate("element => element === document.activeElement")
    page.goto(f"{site}04_model.html")
    assert page.evaluate(background) != light and page.locator(".colours select").input_value() == "dark"


def test_on_a_phone_the_list_of_sections_closes_before_the_one_chosen(built, visit):
    page = visit((built / "05_softmax_loss.html").as_uri(), 390)
    page.get_by_role("button", name="On this page").click()
    chosen = page.locator("#on-this-page li a").nth(3)
    anchor = chosen.get_attribute("href")
    chosen.click()
    assert not page.locator("#on-this-page").is_visible()
    page.wait_for_function("""anchor => {
        const top = document.querySelector(anchor).getBoundingClientRect().top;
        return top >= document.querySelector(".bar").getBoundingClientRect().bottom - 1 && top < 300;
    }""", arg=anchor)


def test_whatever_has_the_focus_shows_it(built, visit):
    page = visit((built / "05_softmax_loss.html").as_uri())
    for _ in range(40):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, page.evaluate("document.activeElement.outerHTML")


def test_copy_copies_the_code(site, visit):
    page = visit(f"{site}03_relu.html", permissions=["clipboard-read", "clipboard-write"])
    cell = page.locator("div.cell_input").nth(1)
    cell.hover()
    cell.locator("button.copybtn").click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == cell.locator("pre").inner_text().strip()


def test_on_paper_there_is_the_whole_text_alone(built, visit):
    page = visit((built / "03_relu.html").as_uri(), 700)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("h1:visible").count() == 1 and page.locator("details pre").first.is_visible()
    for selector in ("#course", ".bar", "#on-this-page", ".actions", ".neighbours", "footer"):
        assert not page.locator(selector).is_visible(), selector
    cut = page.evaluate("[...document.querySelectorAll('pre')].filter("
                        "pre => pre.scrollWidth > pre.clientWidth + 1).length")
    assert cut == 0


@pytest.mark.parametrize("name", ["index", *NAMES])
def test_a_page_is_light(name, site, visit):
    """Its own HTML and figures take at most 1 MB, and so does all that a first visit transfers."""
    responses = []
    visit(f"{site}{name}.html", responses=responses)
    bodies = {response.url: response.body() for response in responses}
    own = [body for url, body in bodies.items() if url.endswith(f"{name}.html") or "/_images/" in url]
    assert sum(map(len, own)) <= MEGABYTE
    assert sum(min(len(gzip.compress(body)), len(body)) for body in bodies.values()) <= MEGABYTE
