"""The course's pages in a real browser: complete without a network, on a phone, in the dark, for everyone."""

import functools
import gzip
import http.server
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PAGES = ["index", *NAMES, "glossary", "references", "search"]
every_page = pytest.mark.parametrize("name", PAGES)
MEGABYTE = 1_000_000


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The pages as `make pages` builds them, for a course whose repository and site are set."""
    folder = tmp_path_factory.mktemp("pages")
    settings = {"COURSE_REPOSITORY": "https://github.com/you/course", "COURSE_SITE": "https://you.github.io/course/"}
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "-c", ROOT / "pages",
               "-d", folder / "doctrees", ROOT / "notebooks", folder / "html"]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"


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


@pytest.fixture
def visit(chromium):
    """Open a page in a browser of its own; what goes wrong there fails the test at its end."""
    contexts, troubles = [], []

    def visit(address, width=1280, responses=None, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: message.text.startswith("[PST]")  # the theme's own log
                or troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
        page.on("response", lambda response: response.status >= 400 and troubles.append(f"missing: {response.url}"))
        page.on("response", lambda response: responses is not None and responses.append(response))
        home = urljoin(address, "/") if address.startswith("http") else "file:"
        page.on("request", lambda request: request.url.startswith((home, "data:"))
                or troubles.append(f"external: {request.url}"))
        page.goto(address, wait_until="networkidle" if responses is not None else "load")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


def too_wide(page):
    """Return the elements that stick out of the window and aren't inside something that scrolls."""
    return page.evaluate("""() => {
        if (document.documentElement.scrollWidth <= window.innerWidth) return [];
        return [...document.querySelectorAll("main *")]
            .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
            .map(element => element.tagName + "." + element.className).slice(0, 5);
    }""")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@every_page
def test_a_page_is_whole_and_open_to_everyone(name, width, mode, site, visit):
    """No message, no failed or foreign request, nothing wider than the window, nothing that axe-core objects to."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit(f"{site}{name}.html", width, color_scheme=mode)
    assert page.locator("html").get_attribute("data-theme") == mode
    assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page)
    found = Axe().run(page, options={"preload": False})  # it would fetch stylesheets anew, by wrong addresses
    assert found.violations_count == 0, found.generate_report()


def test_math_is_rendered_when_the_pages_are_built(soups):
    for name in NAMES:
        page = soups[name]
        formulas = page.select(".math")
        assert len(formulas) == len(page.select(".math .katex")), name
        assert not re.search(r"\$[^$\n]+\$", page.select_one("article").get_text()), name
    assert sum(len(page.select(".math")) for page in soups.values()) > 40


@pytest.mark.parametrize("name", ["05_softmax_loss"])
def test_a_page_works_without_javascript_and_without_a_server(name, built, visit):
    page = visit((built / f"{name}.html").as_uri(), java_script_enabled=False)
    assert page.locator("article h1").is_visible() and page.locator(".math .katex").first.is_visible()
    assert page.locator("a[download]").first.is_visible()
    background, text = page.evaluate("""() => ["backgroundColor", "color"].map(
        property => getComputedStyle(document.body)[property])""")
    assert background != text and "rgba(0, 0, 0, 0)" not in (background, text)


def test_every_link_and_anchor_is_good(built, soups):
    for name, page in soups.items():
        for tag in page.select("a[href]"):
            address = urlparse(tag["href"])
            if address.scheme or address.netloc:
                continue
            target = built / unquote(address.path) if address.path else built / f"{name}.html"
            assert target.is_file(), f"{name}: {tag['href']}"
            if address.fragment and target.stem in soups:
                anchor = unquote(address.fragment)
                assert soups[target.stem].find(id=anchor), f"{name}: {tag['href']}"


def test_every_picture_has_an_alt_text_that_says_what_it_shows(soups):
    for name, page in soups.items():
        for image in page.select("article img"):
            assert len(image.get("alt", "")) > 30 and "_images" not in image["alt"], f"{name}: {image}"


def test_pages_can_be_shared(soups):
    """Each has a title and a description of its own."""
    described = {page.select_one("meta[name=description]")["content"] for page in soups.values() if page.h1
                 and page.select_one("meta[name=description]")}
    titled = {page.title.text for page in soups.values()}
    assert len(described) == len(PAGES) - 1 and len(titled) == len(PAGES)
    assert all(40 < len(description) < 400 for description in described)


def test_a_notebook_can_be_downloaded_and_opened_on_binder(built, soups):
    for name in NAMES:
        link = soups[name].select_one("a[download]")
        assert (built / link["href"]).read_bytes() == (ROOT / "notebooks" / f"{name}.ipynb").read_bytes()
        assert soups[name].select_one("a[href^='https://mybinder.org/v2/gh/you/course/']")["href"].endswith(
            f"/HEAD?urlpath=lab/tree/notebooks/{name}.ipynb")


def test_search_finds_relu_without_a_server(built, visit):
    page = visit(f"{(built / 'search.html').as_uri()}?q=ReLU")
    page.locator("#search-results a[href*='03_relu.html']").first.wait_for()


def test_copy_copies_the_code(site, visit):
    page = visit(f"{site}03_relu.html", permissions=["clipboard-read", "clipboard-write"])
    cell = page.locator("div.cell_input").nth(1)
    cell.hover()
    cell.locator("button.copybtn").click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == cell.locator("pre").inner_text().strip()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_solution_is_folded_and_opens(javascript, site, visit):
    page = visit(f"{site}03_relu.html", java_script_enabled=javascript)
    solution = page.locator("details").first
    assert not solution.locator("pre").is_visible()
    solution.locator("summary").click()
    assert solution.locator("pre").is_visible()


def test_on_paper_there_is_the_text_alone(site, visit):
    page = visit(f"{site}03_relu.html")
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() == 1 and page.locator("article p").first.is_visible()
    for selector in (".bd-sidebar-primary", ".bd-header-article", ".prev-next-footer"):
        assert not page.locator(selector).is_visible(), selector


@pytest.mark.parametrize("name", ["index", *NAMES])
def test_a_page_is_light(name, built, site, visit):
    """Its own HTML and figures take at most 1 MB, and so does all that a first visit transfers."""
    responses = []
    visit(f"{site}{name}.html", responses=responses)
    bodies = {response.url: response.body() for response in responses}
    own = [body for url, body in bodies.items() if url.endswith(f"{name}.html") or "/_images/" in url]
    assert sum(map(len, own)) <= MEGABYTE
    assert sum(min(len(gzip.compress(body)), len(body)) for body in bodies.values()) <= MEGABYTE
