"""Mend the HTML that Sphinx and pandas write."""

from bs4 import BeautifulSoup


def mend_tables(body):
    """Say of each cell that heads a row or a column that it does, leave none empty, and let a wide table scroll."""
    if "<table" not in body:
        return body
    soup = BeautifulSoup(body, "html.parser")
    for table in soup.select("table"):
        table.attrs = {}
        for cell in table.select("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
            else:
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
        for style in table.parent.find_all("style", recursive=False):  # pandas', repeated for each table
            style.decompose()
        table.wrap(soup.new_tag("div", attrs={"class": "table"}))
    return str(soup)


def without_title(toc):
    """Return the list of a page's sections, without the page's own title around them, or nothing."""
    inner = toc.find("<ul>", 1)
    return toc[inner:toc.rindex("</li>")] if inner > 0 else ""
