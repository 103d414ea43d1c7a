"""Print the course's pages as one PDF, with contents, running titles, bookmarks, and the solutions at its end.

`make pdf` runs it on the HTML that Sphinx wrote: python pages/pdf.py FOLDER_OF_HTML FILE.pdf
"""

import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from browser import FLAGS, HOW_TO_GET_IT, find_chromium

PAGES = Path(__file__).resolve().parent
INDEX = PAGES.parent / "notebooks" / "index.md"
AUTHOR = "The authors of the course"
FIGURE_SCALE = 0.8  # paper is read from nearer than a screen


def read_chapters(folder):
    """Return the pages of the course but the one to play with, the cover first, in the order of its contents."""
    names = re.search(r"```\{toctree\}\n(.*?)```", INDEX.read_text(encoding="utf-8"), re.DOTALL)[1].split("\n")
    names = ["index", *(name for name in names if name and not name.startswith(":") and name != "try_it")]
    return {name: read_chapter(folder, name) for name in names}


def read_chapter(folder, name):
    """Return a page's text, without what is only of use on a screen, and with ids that no other page has."""
    soup = BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    chapter = soup.h1.find_parent("section")
    if name == "index" and soup.footer:  # who wrote it, which version, under which licenses
        chapter.section.insert_before(soup.footer)
    for tag in chapter.select(".headerlink, script, style"):
        tag.decompose()
    for link in chapter.select("a.image-reference"):
        link.unwrap()
    for tag in chapter.select("[id]"):
        tag["id"] = f"{name}--{tag['id']}"
    for image in chapter.select("img"):
        image["src"] = (folder / image["src"]).as_uri()
        if width := image.attrs.pop("width", None):
            image["style"] = f"width: {FIGURE_SCALE * int(width):.0f}px"
        image.attrs.pop("height", None)
    chapter["id"] = name
    return chapter


def redirect_links(chapters):
    """Let links between pages lead to the place in the book; a link to a file that isn't in it becomes plain text."""
    ids = {tag["id"] for chapter in chapters.values() for tag in [chapter, *chapter.select("[id]")]}
    for name, chapter in chapters.items():
        for link in chapter.select("a[href]"):
            if re.match(r"https?:|mailto:", link["href"]):
                continue
            page, _, anchor = unquote(link["href"]).partition("#")
            page = page.removesuffix(".html") or name
            target = f"{page}--{anchor}" if anchor and f"{page}--{anchor}" in ids else page
            if target in chapters or target in ids:
                link["href"] = f"#{target}"
            else:
                link.unwrap()


def join_figures(chapter):
    """Put each picture and its caption, the paragraph in italics after it, into one figure."""
    for picture in chapter.select("div.cell_output:has(img), p:has(img)"):
        caption = (picture.find_parent("div", class_="cell") or picture).find_next_sibling()
        figure = picture.wrap(BeautifulSoup("<figure></figure>", "html.parser").figure)
        if caption and caption.decode_contents().startswith("<em>"):
            caption.name = "figcaption"
            figure.append(caption)


def take_solutions(name, chapter):
    """Take the folded solutions out of a page and leave a reference to each; return them with their titles."""
    solutions = []
    for number, details in enumerate(chapter.select("details"), 1):
        exercise = details.find_previous(["h2", "h3"])
        kind = details.summary.extract().get_text(strip=True)
        solution = {"id": f"{name}--solution-{number}", "title": re.sub("Exercise|Question", kind, exercise.get_text()),
                    "exercise": exercise.parent["id"], "kind": kind}
        page = f'<a href="#{solution["id"]}">page <span class="page">000</span></a>'
        task = BeautifulSoup('<div class="exercise"></div>', "html.parser").div  # and the reference, on one page
        for cell in reversed(exercise.find_next_siblings("div", class_=["tag_exercise", "tag_check", "tag_quiz"])):
            task.insert(0, cell.extract())
        task.append(BeautifulSoup(f'<p class="to-solution">{kind}: {page}</p>', "html.parser"))
        details.insert_before(task)
        solutions.append(solution | {"body": details.extract().decode_contents()})
    return solutions


def write_book(folder):
    """Return the whole course as one page of HTML."""
    chapters = read_chapters(folder)
    redirect_links(chapters)
    for chapter in chapters.values():
        join_figures(chapter)
    solutions = {name: take_solutions(name, chapter) for name, chapter in chapters.items()}
    cover = chapters["index"]
    front = [section.extract() for section in cover.find_all("section", recursive=False)]
    chapters = [{"name": name, "html": chapter, "title": chapter.h1.get_text(), "solutions": solutions[name],
                 "sections": [(tag.parent["id"], tag.get_text()) for tag in chapter.select("h2")]}
                for name, chapter in chapters.items()]
    environment = Environment(loader=FileSystemLoader(PAGES / "pdf"), trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("book.html.j2").render(
        cover=cover, front=front, chapters=chapters[1:], author=AUTHOR, static=(folder / "_static").as_uri(),
        style=(PAGES / "pdf" / "print.css").read_text(encoding="utf-8"))


def print_book(html, target, browser):
    """Print twice: page numbers are known after the first time, and take the same place the second time."""
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as book:
        book.write(html)
        book.flush()
        page = browser.new_page()
        page.goto(Path(book.name).as_uri())
        for _ in range(2):
            page.pdf(path=target, prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
            page.evaluate("""pages => document.querySelectorAll("a[href^='#'] .page").forEach(
                place => place.textContent = pages[place.closest("a").getAttribute("href").slice(1)])""",
                          pages_of_places(target))


def pages_of_places(path):
    """Return the number of the page of each place that a link leads to."""
    reader = PdfReader(path)
    return {name.removeprefix("/"): reader.get_destination_page_number(place) + 1
            for name, place in reader.named_destinations.items()}


def add_properties(path):
    """Name the author, and let a viewer show the title and the bookmarks; what Chromium wrote stays as it is."""
    writer = PdfWriter(path, incremental=True)
    writer.add_metadata({"/Author": AUTHOR})
    writer.page_mode = "/UseOutlines"
    writer.create_viewer_preferences().display_doctitle = True
    writer.write(path)


def main(folder, target):
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if not program:
            sys.exit(f"The PDF is printed by Chromium, which is not here: {HOW_TO_GET_IT}.")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        print_book(write_book(Path(folder).resolve()), target, browser)
        browser.close()
    add_properties(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
