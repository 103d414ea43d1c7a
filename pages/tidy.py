"""Mend the HTML that Sphinx and pandas write."""

import re

from bs4 import BeautifulSoup


def mend(body):
    """Return a page's HTML with its tables and its formulas mended, and without lines that break at bad places."""
    soup = BeautifulSoup(body, "html.parser")
    mend_tables(soup)
    part_formulas(soup)
    tie_formulas(soup)
    tie_percents(soup)
    return str(soup)


def mend_tables(soup):
    """Say of each cell that heads a row or a column that it does, leave none empty, and let a wide table scroll."""
    for table in soup.select("table"):
        table.attrs = {}
        join_names(table)
        for cell in table.select("td"):
            if found := re.fullmatch(r"[\d.,]+ (s|MB|to [\d.,]+)", cell.get_text(strip=True)):
                cell["class"] = "tied range" if found[1].startswith("to") else "tied"
        for cell in table.select("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
            else:
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
        for style in table.parent.find_all("style", recursive=False):  # pandas', repeated for each table
            style.decompose()
        table.wrap(soup.new_tag("div", attrs={"class": "table"}))


def join_names(table):
    """Put the name of the rows, to which pandas gives a line of its own, beside the name of the columns."""
    *_, above, last = [None, None, *table.select("thead tr")]
    if above and not any(cell.get_text(strip=True) for cell in last.select("th")[1:]):
        rows, columns = last.th.get_text(strip=True), above.th.get_text(strip=True)
        above.th.string = f"{rows} ↓\N{EN SPACE}{columns} →" if columns else rows
        last.decompose()


def part_formulas(soup):
    """Make parts of the formulas on one line: where it is too narrow for all, it breaks between them."""
    for line in soup.select(".katex-display .katex-html:has(.allowbreak)"):
        part = None
        for base in line.find_all(class_="base", recursive=False):
            if part:
                part.append(base.extract())
            else:
                part = base.wrap(soup.new_tag("span", attrs={"class": "part"}))
            if base.select_one(".allowbreak"):
                part = None


def tie_formulas(soup):
    """Keep a formula in the text on one line with the bracket before it and the punctuation after it."""
    for formula in soup.select("span.math"):
        before, after = formula.previous_sibling, formula.next_sibling
        opening = re.search(r"[(“]?\Z", before)[0] if isinstance(before, str) else ""
        closing = re.match(r"[.,;:?)”]*", after)[0] if isinstance(after, str) else ""
        if opening or closing:
            formula.wrap(soup.new_tag("span", attrs={"class": "tied"}))
        if opening:
            before.replace_with(before[:-1])
            formula.insert_before(opening)
        if closing:
            after.replace_with(after[len(closing):])
            formula.insert_after(closing)
            formula.select(".katex-html > .base")[-1].wrap(soup.new_tag("span", attrs={"class": "tied"}))


def tie_percents(soup):
    """Keep a percent sign on the line of its number."""
    for text in soup.find_all(string=re.compile(r"\d %")):
        if not text.find_parent(["pre", "code", "annotation"]):
            text.replace_with(re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text))


def without_title(toc):
    """Return the list of a page's sections, without the page's own title around them, or nothing."""
    inner = toc.find("<ul>", 1)
    return toc[inner:toc.rindex("</li>")] if inner > 0 else ""
