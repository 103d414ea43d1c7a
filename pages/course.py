"""The course's own Sphinx extension: callouts, descriptions for shared links, and a check of the math."""

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform


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


def describe(app, pagename, templatename, context, doctree):
    """Give a page its title and description for search engines and shared links: the paragraph below its title."""
    if doctree is None:
        return
    title = nodes.Text(app.env.titles[pagename].astext())
    description = next(iter(doctree.findall(nodes.paragraph))).astext().replace("\n", " ")
    tags = {"og:title": title, "og:type": "article", "og:site_name": app.config.project, "og:description": description}
    if site := app.config.html_baseurl:
        tags |= {"og:url": f"{site}{pagename}.html", "og:image": f"{site}_images/predictions.png"}
    context["metatags"] += f'\n<meta name="description" content="{escape(description)}">'
    for name, content in tags.items():
        context["metatags"] += f'\n<meta property="{name}" content="{escape(content)}">'


def check_math(app, exception):
    """Fail where KaTeX didn't understand a formula; it writes such a formula in red and says nothing."""
    if exception is None:
        for page in sorted(Path(app.outdir).glob("*.html")):
            text = page.read_text(encoding="utf-8")
            if "katex-error" in text or "#cc0000" in text:
                raise ExtensionError(f"{page.name} has a formula that KaTeX doesn't understand; look for red text.")


def setup(app):
    app.add_transform(Callouts)
    app.connect("html-page-context", describe)
    app.connect("build-finished", check_math)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
