"""Write build/slides: the slides of each notebook as one file that needs no network, and an index of them.

In a notebook `slideshow.slide_type` says where a cell goes: "slide" starts a slide, "notes" is for the speaker alone
(key S), "fragment" waits for a key, "skip" is left out. A cell without it continues the slide.
"""

import base64
import re
from importlib.resources import files
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

PAGES = Path(__file__).resolve().parent
NOTEBOOKS = PAGES.parent / "notebooks"
BUILD = PAGES.parent / "build" / "slides"
REVEAL = files("sphinx_revealjs") / "_static" / "revealjs"
KATEX = files("sphinxcontrib")


def group_into_slides(cells):
    """Return the slides, each with its cells, its notes, and the heading of its section."""
    slides, heading = [], ""
    for cell in cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "-")
        if cell.cell_type == "markdown" and (found := re.match(r"##? (.+)", cell.source)):
            heading = found[1]
        if kind == "slide":
            slides.append({"heading": heading, "cells": [], "notes": []})
        if slides and kind != "skip":
            slides[-1]["notes" if kind == "notes" else "cells"].append(cell)
    return slides


def read_decks():
    """Return the decks, in the order of the course; a notebook without slides makes none."""
    decks = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        if slides := group_into_slides(cells):
            title = re.match("# (.+)", cells[0].source)[1]
            decks.append({"name": path.stem, "number": path.stem[:2], "title": title, "slides": slides})
    return decks


def render_markdown(source, decks):
    """Return a cell's prose as HTML; links to other notebooks lead to their decks, those to other files are dropped."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(source)

    def redirect(link):
        target, text = link.groups()
        name = Path(target.partition("#")[0]).stem
        if name in {deck["name"] for deck in decks}:
            return f'<a href="{name}.html">{text}</a>'
        return link[0] if re.match("https?:", target) else text

    return Markup(re.sub(r'<a href="([^"]+)">(.*?)</a>', redirect, html))


def render_python(source):
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


def shape_of_figure(cell):
    """Return "square" or "wide" for a cell that draws, else None."""
    for output in cell.get("outputs", []):
        if "image/png" in output.get("data", {}):
            size = output.metadata["image/png"]
            return "square" if size.width < 1.5 * size.height else "wide"


def inline_script(path):
    """Return a script that can stand in a page: without its map, which is another file, and without an HTML comment."""
    script = re.sub(r"//# sourceMappingURL=\S+", "", path.read_text(encoding="utf-8"))
    return Markup(script.replace("<!--", r"<\!--"))


def inline_style(path):
    """Return a stylesheet with the fonts that it names."""
    def font(url):
        return f"url(data:font/woff2;base64,{base64.b64encode((path.parent / url[1]).read_bytes()).decode()})"
    return Markup(re.sub(r"url\((fonts/[^)]+)\)", font, path.read_text(encoding="utf-8")))


def main():
    decks = read_decks()
    environment = Environment(loader=FileSystemLoader(PAGES / "slides"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True)
    environment.filters |= {"markdown": lambda source: render_markdown(source, decks), "python": render_python,
                            "shape": shape_of_figure, "printed": lambda text: Markup(ansi2html(text.strip("\n")))}
    favicon = base64.b64encode((PAGES / "static" / "favicon.svg").read_bytes()).decode()
    environment.globals["favicon"] = f"data:image/svg+xml;base64,{favicon}"
    own_style = inline_style(PAGES / "slides" / "slides.css")
    styles = [inline_style(REVEAL / "dist" / "reveal.css"), inline_style(PAGES / "static" / "katex" / "katex.min.css"),
              own_style]
    scripts = [inline_script(path) for path in (
        REVEAL / "dist" / "reveal.js", REVEAL / "plugin" / "notes" / "notes.js",
        KATEX / "katex.min.js", KATEX / "auto-render.min.js")]

    BUILD.mkdir(parents=True, exist_ok=True)
    for deck in decks:
        page = environment.get_template("deck.html.j2").render(deck, styles=styles, scripts=scripts)
        (BUILD / f"{deck['name']}.html").write_text(page, encoding="utf-8")
    index = environment.get_template("index.html.j2").render(decks=decks, styles=[own_style])
    (BUILD / "index.html").write_text(index, encoding="utf-8")


if __name__ == "__main__":
    main()
