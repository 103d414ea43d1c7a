"""The search: a page of its own, and each section's text in a script, which a page from a memory stick may load too."""

import json
import re
from pathlib import Path

from bs4 import BeautifulSoup


def add_search_page(app):
    """Write search.html with the course's own script; Sphinx's fetches the pages found, which needs a server."""
    yield "search", {"title": "Search"}, "search.html"


def words_of(part):
    """Return a part's text in one line, with no blank before a full stop."""
    return re.sub(r" ([.,;:?)])", r"\1", " ".join(part.get_text(" ").split()))


def own_text(section):
    """Return the text of a section without those inside it, and without the course's maps, which name all its words."""
    parts = section.find_all(recursive=False)[1:]
    return " ".join(words_of(part) for part in parts
                    if part.name not in ("section", "dl") and part.get("class") != ["table"])


def list_sections(page, soup):
    """Yield (page, anchor, title of the page, heading, text) for each section and each word that is defined."""
    article = soup.select_one("article")
    for part in article.select(".headerlink"):
        part.decompose()
    for formula in article.select(".math"):
        formula.string = formula.annotation.get_text() if "\\" not in formula.annotation.get_text() else "…"
    title = article.h1.get_text()
    for section in article.select("section"):
        heading = section.find(["h1", "h2", "h3", "h4"])
        top = heading.name == "h1"
        yield page, "" if top else section["id"], title, "" if top else heading.get_text(), own_text(section)
    for term in article.select("dt[id]"):
        yield page, term["id"], title, term.get_text(), words_of(term.find_next_sibling("dd"))


def write_sections(app, exception):
    if exception is None:
        rows = []
        for page in sorted(app.env.found_docs):
            text = (Path(app.outdir) / f"{page}.html").read_text(encoding="utf-8")
            rows += list_sections(page, BeautifulSoup(text, "html.parser"))
        script = f"const SECTIONS = {json.dumps(rows, ensure_ascii=False, indent=0)};\n"
        (Path(app.outdir) / "_static" / "sections.js").write_text(script, encoding="utf-8")


def setup(app):
    app.connect("builder-inited", lambda app: setattr(app.builder, "search", False))
    app.connect("html-collect-pages", add_search_page)
    app.connect("build-finished", write_sections)
