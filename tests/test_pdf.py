"""The course as one PDF: complete, in order, on pages that cut nothing, and with references that are right."""

import collections
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BODY_SIZE = 10  # points, as print.css says


@pytest.fixture(scope="session")
def pdf_path(built, chromium, tmp_path_factory):
    """The PDF as `make pdf` prints it from the pages."""
    path = tmp_path_factory.mktemp("pdf") / "course.pdf"
    command = [sys.executable, ROOT / "pages" / "pdf.py", built, path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return path


@pytest.fixture(scope="session")
def pdf(pdf_path):
    return PdfReader(pdf_path)


@pytest.fixture(scope="session")
def texts(pdf_path):
    with PdfDocument(pdf_path) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="session")
def outline(pdf):
    """The bookmarks as (depth, title, page number) in their order."""
    def walk(entries, depth):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                yield depth, plain(entry.title), pdf.get_destination_page_number(entry) + 1
    return list(walk(pdf.outline, 0))


def plain(text):
    """Text as it was typed: without Markdown's marks, with straight quotes and single spaces."""
    text = re.sub(r"[`*$]", "", text).translate(str.maketrans("’‘“”", "''\"\"")).replace("…", "...")
    return " ".join(text.split())


def squeeze(text):
    return "".join(text.split())


def markdown_cells(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


def headings(path):
    """The headings of a notebook as (depth, title), its number before its title."""
    for source in markdown_cells(path):
        prose = re.sub(r"```.*?```", "", source, flags=re.DOTALL)
        for marks, title in re.findall(r"^(#+) (.+)$", prose, re.MULTILINE):
            depth = len(marks) - 1
            yield depth, plain(title if depth else f"{path.stem[:2]} {title}")


def solutions(path):
    """The code of each folded solution of a notebook."""
    for source in markdown_cells(path):
        yield from re.findall(r"<summary>Solution</summary>.*?```python\n(.*?)```", source, re.DOTALL)


def test_bookmarks_are_the_cover_the_notebooks_with_their_sections_and_the_solutions(outline):
    entries = [(depth, title) for depth, title, _ in outline]
    expected = [heading for path in NOTEBOOKS for heading in headings(path)]
    start = entries.index(expected[0])
    assert entries[start:start + len(expected)] == expected
    chapters = [title for depth, title in entries if depth == 0]
    assert chapters[0].startswith("A multilayer perceptron from scratch")
    assert {"Glossary", "References"} < set(chapters) and chapters[-1] == "Solutions"


def test_each_heading_stands_on_the_page_that_its_bookmark_leads_to(outline, texts):
    for _, title, number in outline:
        assert squeeze(title) in squeeze(plain(texts[number - 1])), title


def test_the_contents_give_the_pages_of_the_bookmarks(outline, texts):
    titles = [title for _, title, _ in outline]
    contents, the_map, end = titles.index("Contents"), titles.index("The map"), titles.index("Solutions")
    printed = squeeze(plain("".join(texts[outline[contents][2] - 1:outline[the_map][2] - 1])))
    start = titles.index("00 Start here")
    for depth, title, number in outline[start:end + 1]:
        assert depth > 1 or squeeze(f"{title}{number}") in printed, title


def test_no_page_is_nearly_empty(texts):
    """The running title and the page's number aren't all that it says."""
    assert [number for number, text in enumerate(texts, 1) if len(squeeze(text)) < 150] == []


def test_it_is_tagged_and_names_its_title_author_and_language(pdf):
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/StructTreeRoot"]["/K"] and catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title.startswith("A multilayer perceptron from scratch") and pdf.metadata.author


def links(pdf):
    """Yield each link as (page number, the name of a place here or None, the address of another site or None)."""
    for number, page in enumerate(pdf.pages, 1):
        for annotation in (reference.get_object() for reference in page.get("/Annots", [])):
            yield number, annotation.get("/Dest"), annotation.get("/A", {}).get("/URI")


def test_each_link_leads_to_a_place_in_the_pdf_or_to_the_web(pdf):
    places = collections.Counter()
    for number, place, address in links(pdf):
        if place is None:
            assert re.match("https?://", address or ""), f"page {number}: {address}"
        else:
            assert place in pdf.named_destinations, f"page {number}: {place}"
            places[place.replace("-", "")] += 1  # a page's anchors have more hyphens than Markdown's: he-s-rule
    for path in NOTEBOOKS:
        assert places[f"/{path.stem}"] >= 2, f"{path.stem} is not linked from the contents and the map"
        for word in re.findall(r"\]\(glossary\.md#([\w-]+)\)", "".join(markdown_cells(path))):
            assert places[f"/glossary{word.replace('-', '')}"], f"{path.stem}: {word}"


def test_solutions_stand_after_all_exercises_and_refer_to_them(outline, texts):
    squeezed, pages, notebook = list(map(squeeze, texts)), {}, None
    for depth, title, number in outline:
        notebook = title if re.match(r"\d\d ", title) and depth < 2 else notebook if depth else None
        if found := re.match(r"(Exercise|Solution) (\d)\. ", title):
            pages[found[1], notebook[:2], found[2]] = number
    start = next(number for depth, title, number in outline if (depth, title) == (0, "Solutions"))
    for path in NOTEBOOKS:
        for index, code in enumerate(solutions(path), 1):
            exercise, solution = (pages[kind, path.stem[:2], str(index)] for kind in ("Exercise", "Solution"))
            assert exercise < start <= solution
            assert [number for number, text in enumerate(squeezed, 1) if squeeze(code) in text][:1] >= [start]
            assert f"Solution:page{solution}" in "".join(squeezed[exercise - 1:exercise + 1]), (path.stem, index)
            assert f"Exercise:page{exercise}" in squeezed[solution - 1], (path.stem, index)


def test_no_line_of_code_is_cut_or_wrapped(texts):
    lines = {squeeze(line) for text in texts for line in text.splitlines()}
    for path in NOTEBOOKS:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert [line for line in cell.source.splitlines() if squeeze(line) not in lines | {""}] == [], path.stem


def test_nothing_was_wider_than_the_page(pdf):
    """Chromium shrinks all pages until the widest part fits, so the size of the text on a few of them tells."""
    sizes = collections.Counter()

    def count(text, matrix, text_matrix, font, size):
        sizes[round(abs(size * text_matrix[3] * matrix[3]), 2)] += len(text)

    for page in pdf.pages[4:9]:
        page.extract_text(visitor_text=count)
    assert sizes.most_common(1)[0][0] == pytest.approx(BODY_SIZE, rel=0.01), sizes.most_common(3)


def test_without_chromium_a_sentence_says_what_to_install(tmp_path):
    command = [sys.executable, ROOT / "pages" / "pdf.py", tmp_path, tmp_path / "course.pdf"]
    nowhere = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    done = subprocess.run(command, env=os.environ | nowhere, capture_output=True, text=True)
    assert done.returncode != 0 and done.stderr.count("\n") == 1 and "apt-get install chromium" in done.stderr
