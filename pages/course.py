"""The course's own Sphinx extension: what the notebooks' Markdown means on a page, and what a page shows beside it."""

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform

import search
import tidy

IS_NOTEBOOK = re.compile(r"\d\d_\w+")


class Callouts(SphinxTransform):
    """Make an admonition of each block quote that begins with a bold lead-in, as in `> **Tip.** ...`."""

    default_priority = 400

    def apply(self, **kwargs):
        for quote in list(self.document.findall(nodes.block_quote)):
            paragraph = quote[0]
            lead = next((child for child in paragraph if child.astext()), None)  # MyST puts an empty Text first
            if isinstance(lead, nodes.strong):
                title = lead.astext().rstrip(".")
                paragraph.remove(lead)
                kind = "tip" if title == "Tip" else "note"
                quote.replace_self(nodes.admonition("", nodes.title("", title), *quote.children, classes=[kind]))


class Numbers(SphinxTransform):
    """Give a notebook's title the number that the course calls it by, and drop its "Next: ...", which a page has."""

    default_priority = 400

    def apply(self, **kwargs):
        if IS_NOTEBOOK.fullmatch(self.env.docname):
            title = next(iter(self.document.findall(nodes.title)))
            title.insert(0, nodes.inline("", self.env.docname[:2] + " ", classes=["number"]))
            for paragraph in list(self.document.findall(nodes.paragraph)):
                if paragraph.astext().startswith("Next: "):
                    paragraph.parent.remove(paragraph)


class LinesOfFormulas(SphinxTransform):
    """Mark the place between two formulas that stand on one line; tidy.py makes them parts that wrap as wholes."""

    default_priority = 400

    def apply(self, **kwargs):
        for formula in list(self.document.findall(nodes.math_block)):
            if r"\begin" not in formula.astext():
                formula[0] = nodes.Text(formula.astext().replace(r"\qquad", r"\allowbreak "))


class RepositoryLinks(SphinxTransform):
    """Where the repository is known, make links of the words "the course's repository"."""

    default_priority = 400

    def apply(self, **kwargs):
        if address := self.config.course_repository:
            for text in list(self.document.findall(nodes.Text)):
                before, words, after = re.sub("’", "'", text.astext()).partition("the course's repository")
                if words and not isinstance(text.parent, nodes.reference):
                    link = nodes.reference("", words, refuri=address)
                    text.parent.replace(text, [nodes.Text(before), link, nodes.Text(after)])


def list_definitions(app, doctree):
    """Make the glossary a list of definitions: on GitHub and in JupyterLab it needs headings to be linked to."""
    if app.env.docname == "glossary":
        top, *sections = list(doctree.findall(nodes.section))
        words = nodes.definition_list()
        for section in sections:
            term = nodes.term("", "", *section[0].children, ids=section["ids"])
            words += nodes.definition_list_item("", term, nodes.definition("", *section[1:]))
            top.remove(section)
        top += words


def add_minutes(app, doctree):
    """Say in the sidebar how long a notebook takes to read."""
    found = re.search(r"· (\d+) minutes to read", doctree.astext())
    if found and IS_NOTEBOOK.fullmatch(app.env.docname):
        link = next(iter(app.env.tocs[app.env.docname].findall(nodes.reference)))
        link += nodes.inline("", f" {found[1]} min", classes=["minutes"])


def find_extras(app):
    """List the slides and the PDF that have been made, as paths below the pages."""
    folder = Path(app.config.course_extras)
    decks = [f"slides/{path.name}" for path in sorted(folder.glob("slides/*.html"))]
    app.config.html_context |= {
        "extras": decks + [path.name for path in folder.glob("mlp_from_scratch.pdf")],
        "repository": app.config.course_repository, "changed": date_of_last_change(app.confdir)}


def date_of_last_change(folder):
    """Return the date of the last commit, or nothing where there is no history."""
    if not shutil.which("git"):
        return ""
    done = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=folder, capture_output=True, text=True)
    return done.stdout.strip()


def copy_extras(app, exception):
    """Put the slides and the PDF beside the pages that link them; in build, a deck's links lead to build/pages."""
    if exception is None:
        for name in app.config.html_context["extras"]:
            target = Path(app.outdir) / name
            target.parent.mkdir(exist_ok=True)
            content = (Path(app.config.course_extras) / name).read_bytes()
            target.write_bytes(content.replace(b'href="../pages/', b'href="../') if name.endswith(".html") else content)


def describe(app, pagename, templatename, context, doctree):
    """Give a page its title and description for search engines and shared links: the paragraph below its title."""
    if doctree is None:
        return
    title = nodes.Text(app.env.titles[pagename].astext())
    description = next(iter(doctree.findall(nodes.paragraph))).astext().replace("\n", " ")
    tags = {"og:title": title, "og:type": "article", "og:site_name": app.config.project, "og:description": description}
    if site := app.config.html_baseurl:
        tags |= {"og:url": f"{site}{pagename}.html", "og:image": f"{site}_images/predictions.png"}
    context["metatags"] = re.sub(r"<meta[^>]*viewport[^>]*>", "", context["metatags"])  # the layout has it
    context["metatags"] += f'\n<meta name="description" content="{escape(description)}">'
    for name, content in tags.items():
        context["metatags"] += f'\n<meta property="{name}" content="{escape(content)}">'


def mend(app, pagename, templatename, context, doctree):
    """Mend what Sphinx and pandas wrote, see tidy.py."""
    if doctree is not None:
        context["body"] = tidy.mend(context["body"])
        context["toc"] = tidy.without_title(context["toc"])


def add_scripts(app, pagename, templatename, context, doctree):
    """Give the page on which the network can be tried what it alone needs."""
    if pagename == "try_it":
        app.add_css_file("try_it.css")
        for name in ("try_it_model.js", "try_it_pictures.js", "try_it_units.js", "try_it.js"):
            app.add_js_file(name, defer="defer")


def check_math(app, exception):
    """Fail where KaTeX didn't understand a formula; it writes such a formula in red and says nothing."""
    if exception is None:
        for page in sorted(Path(app.outdir).glob("*.html")):
            text = page.read_text(encoding="utf-8")
            if "katex-error" in text or "#cc0000" in text:
                raise ExtensionError(f"{page.name} has a formula that KaTeX doesn't understand; look for red text.")


def setup(app):
    app.add_config_value("course_repository", "", "env")
    app.add_config_value("course_extras", "", "html")
    for transform in (Callouts, Numbers, LinesOfFormulas, RepositoryLinks):
        app.add_transform(transform)
    app.connect("builder-inited", find_extras)
    app.connect("doctree-read", list_definitions, priority=600)  # after Sphinx has listed what is on the page
    app.connect("doctree-read", add_minutes, priority=600)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", mend)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", check_math)
    app.connect("build-finished", copy_extras)
    search.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
