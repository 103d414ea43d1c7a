"""Write the slides: a deck for each notebook, one file each that needs no network, and an index of them.

A slide takes its code, outputs, formulas and captions from the notebook, and its sentences from the deck's script, a
file of the notebook's name in pages/slides. A cell gets onto a slide by `slideshow` in its metadata:

slide_type : "slide" starts a slide, "-" continues it, "fragment" too but waits for a key. Other cells are on no slide.
heading    : the slide's heading, where the cell doesn't begin a section.
show       : "code", "output" or "both" (the default; of a figure, "output").
wait       : false for an output that is there at once, any other waits for a key; true for a formula that waits.
only       : beginnings of the lines that the slide shows of the code, where it doesn't show all.
steps      : {beginning: label}, which lets code grow: each line that begins so, and those after it, wait for a key.
"""

import base64
import re
import sys
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
BUILD = PAGES.parent / "build" / "slides"  # links lead to build/pages; in the copy there they lead one folder up
REVEAL = files("sphinx_revealjs") / "_static" / "revealjs"
KATEX = files("sphinxcontrib")


def read_script(path):
    """Return a deck's script: its minutes and question, each slide's minutes and lines, and the summary's lines."""
    head, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    minutes, question = re.match(r"# .+ · (\d+) minutes\n\s*(.+)", head, re.DOTALL).groups()
    script = {"minutes": int(minutes), "question": question, "slides": {}}
    for section in sections:
        heading, minutes, text = re.match(r"(.+) · (\d+) minutes?\n(.*)", section, re.DOTALL).groups()
        lines = dict(re.findall(r"^- \*\*(\w+)\.\*\* (.+?)(?=^- |\Z)", text, re.MULTILINE | re.DOTALL))
        script["slides"][heading] = {"minutes": int(minutes), "text": text, "lines": lines}
    script["summary"] = script["slides"].pop("Summary")
    return script


def group_into_slides(cells):
    """Return the slides of a notebook, each with its heading and its cells."""
    slides, section = [], ""
    for cell in cells:
        choice = cell.metadata.get("slideshow", {})
        if cell.cell_type == "markdown" and (found := re.match(r"## (.+)", cell.source)):
            section = found[1]
        if choice.get("slide_type") == "slide":
            slides.append({"heading": choice.get("heading", section), "cells": []})
        if choice.get("slide_type") in ("slide", "-", "fragment"):
            slides[-1]["cells"].append(cell)
    return slides


def read_decks():
    """Return the decks, in the order of the course; a notebook without a script makes none."""
    decks = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        script = PAGES / "slides" / f"{path.stem}.md"
        if script.exists():
            cells = nbformat.read(path, as_version=4).cells
            title = re.match("# (.+)", cells[0].source)[1]
            deck = {"name": path.stem, "number": path.stem[:2], "title": title, **read_script(script)}
            scripted, slides = deck["slides"], group_into_slides(cells)
            headings = [slide["heading"] for slide in slides]
            if headings != list(scripted):
                sys.exit(f"The slides of {path.name} are\n  {headings}\nand those of {script.name}\n  {list(scripted)}")
            deck["slides"] = [slide | scripted[slide["heading"]] for slide in slides]
            decks.append(deck)
    return decks


def render_markdown(source):
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(source)
    html = re.sub(r"(<code.*?</code>|<.*?>|\$\$?.*?\$\$?)|(?<=\w)'", lambda found: found[1] or "’", html,
                  flags=re.DOTALL)
    return Markup(re.sub(r'<a href="(?!https?:)[^"]+">(.*?)</a>', r"\1", html))  # those lead to files of notebooks/


def render_prose(source):
    """Return the formulas, tables and captions of a cell as HTML; its sentences stay in the notebook."""
    blocks = re.split(r"\n\s*\n", source)
    return render_markdown("\n\n".join(block for block in blocks if re.match(r"\$\$|\||\*[^*]", block)))


def render_code(source, only, steps):
    """Return the code as HTML blocks, each with its label or None: one for each step, and one for what is before."""
    lines = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).splitlines()
    blocks = [[None, []]]
    pairs = [(line, plain.strip()) for line, plain in zip(lines, source.splitlines(), strict=True)]
    shown = [(line, plain) for line, plain in pairs if not only or plain.startswith(tuple(only))]
    margin = min(len(line) - len(line.lstrip()) for line, plain in shown if plain)
    for line, plain in shown:
        if found := [label for beginning, label in steps.items() if plain.startswith(beginning)]:
            blocks.append([found[0], []])
        blocks[-1][1].append(line[margin:])
    return [(label, Markup("\n".join(lines))) for label, lines in blocks if lines]


def render_output(output):
    """Return an output's kind (figure, table or printed) and its HTML; a figure's are the bytes of its PNG."""
    data = output.get("data", {})
    if "image/png" in data:
        return "figure", data["image/png"]
    if "text/html" in data:
        return "table", Markup(re.sub(r"<style.*?</style>", "", data["text/html"], flags=re.DOTALL))
    return "printed", Markup(ansi2html(output.get("text", data.get("text/plain", "")).strip("\n")))


def ratio_of(cell):
    """Return a figure's width over its height, None where there is none."""
    sizes = [output.metadata["image/png"] for output in cell.outputs if "image/png" in output.get("data", {})]
    return sizes[0].width / sizes[0].height if sizes else None


def lay_out(cell):
    """Return what a slide shows of a cell: prose, blocks of code, outputs, and which of them wait for a key."""
    choice = cell.metadata["slideshow"]
    shown = {"waits": choice["slide_type"] == "fragment", "outputs_wait": choice.get("wait", True)}
    if cell.cell_type == "markdown":
        return shown | {"prose": render_prose(cell.source), "waits": shown["waits"] or choice.get("wait", False)}
    ratio = ratio_of(cell)
    show = choice.get("show", "output" if ratio else "both")
    code = render_code(cell.source, choice.get("only", []), choice.get("steps", {}))
    return shown | {"code": [] if show == "output" else code,
                    "outputs": [] if show == "code" else list(map(render_output, cell.outputs)),
                    "ratio": None if show == "code" else ratio,
                    "alt": cell.metadata["mystnb"]["image"]["alt"] if ratio else ""}


def stands_beside(cells):
    """Say whether a figure is so high, and code and text so narrow, that they stand side by side."""
    ratios = [cell["ratio"] for cell in cells if cell.get("ratio")]
    texts = [block for cell in cells for _, block in cell.get("code", [])]
    texts += [text for cell in cells for kind, text in cell.get("outputs", []) if kind == "printed"]
    lines = [line for text in texts for line in re.sub("<[^>]+>", "", text).splitlines()]
    widest = max((len(Markup(line).unescape()) for line in lines), default=0)
    return len(ratios) == 1 and ratios[0] < 1.6 and widest <= 36


def inline_script(path):
    """Return a script that can stand in a page: without its map, which is another file, and without an HTML comment."""
    script = re.sub(r"//# sourceMappingURL=\S+", "", path.read_text(encoding="utf-8"))
    return Markup(script.replace("<!--", r"<\!--"))


def inline_style(path):
    """Return a stylesheet with the fonts that it names."""
    def font(url):
        return f"url(data:font/woff2;base64,{base64.b64encode((path.parent / url[1]).read_bytes()).decode()})"
    return Markup(re.sub(r"url\((fonts/[^)]+)\)", font, path.read_text(encoding="utf-8")))


def main(build=BUILD):
    decks = read_decks()
    environment = Environment(loader=FileSystemLoader(PAGES / "slides"), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True)
    environment.filters |= {"markdown": render_markdown, "layout": lay_out}
    environment.globals["stands_beside"] = stands_beside
    favicon = base64.b64encode((PAGES / "static" / "favicon.svg").read_bytes()).decode()
    environment.globals["favicon"] = f"data:image/svg+xml;base64,{favicon}"
    own_style = inline_style(PAGES / "slides" / "slides.css")
    styles = [inline_style(REVEAL / "dist" / "reveal.css"), inline_style(PAGES / "static" / "katex" / "katex.min.css"),
              own_style]
    scripts = [inline_script(path) for path in (
        REVEAL / "dist" / "reveal.js", REVEAL / "plugin" / "notes" / "notes.js",
        KATEX / "katex.min.js", KATEX / "auto-render.min.js", PAGES / "slides" / "slides.js")]

    build.mkdir(parents=True, exist_ok=True)
    for deck, following in zip(decks, [*decks[1:], None]):
        page = environment.get_template("deck.html.j2").render(deck, following=following, styles=styles,
                                                               scripts=scripts)
        (build / f"{deck['name']}.html").write_text(page, encoding="utf-8")
    pdf = build.parent / "mlp_from_scratch.pdf"
    index = environment.get_template("index.html.j2").render(decks=decks, pdf=pdf.exists() and pdf.name,
                                                             styles=[own_style])
    (build / "index.html").write_text(index, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
