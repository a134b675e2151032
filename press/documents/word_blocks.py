"""The blocks of a document in a Word file; what loads python-docx, for `word` alone."""

import io

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as Line

from press.documents.tree import (
    Block,
    Document,
    Facts,
    Heading,
    Link,
    ListOf,
    Paragraph,
    Picture,
    Runs,
    Table,
    flat,
    said,
)
from racing.formats import bare_url

TEXT_WIDTH = 170  # mm; what the template's margins leave of A4
WIDEST = 30  # signs, from which on a column breaks its lines
LONGEST_PROPERTY = 255  # characters; python-docx refuses more


def write(document: Document, template: io.BytesIO, saved: io.BytesIO) -> None:
    file = docx.Document(template)
    _set_properties(file.core_properties, document)
    _add(file, "Title", document.title)
    if document.as_of:
        _add(file, "Subtitle", document.as_of)
    for block in flat(document.blocks):
        _add_block(file, block)
    _fill_footer(file.sections[0].footer.paragraphs[0], document)
    file.save(saved)


def _set_properties(about, document: Document) -> None:
    about.title = document.title[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = document.author[:LONGEST_PROPERTY]
    about.subject = document.subject[:LONGEST_PROPERTY]
    about.keywords = ", ".join(document.keywords)[:LONGEST_PROPERTY]
    about.language = document.locale
    about.created = about.modified = document.dated.replace(tzinfo=None)


def _add_block(file, block: Block) -> None:
    match block:
        case Heading():
            _add(file, f"Heading{block.level}", block.text)
        case Paragraph():
            _add(file, "Lead" if block.is_lead else "Normal", *block.text)
        case Facts():
            for term, value in block.items:
                _add_fact(file, term, value)
        case ListOf():
            for item in block.items:
                _add(file, "ListBullet", *item)
        case Table():
            _add_table(file, block)
        case Picture():
            _add_picture(file, block)


def _add(file, style: str, *words: str | Link) -> Line:
    line = file.add_paragraph()
    _fill(line, style, words)
    return line


def _fill(line: Line, style: str, words: Runs) -> None:
    # python-docx would look for the place of both elements, which a table shows.
    properties = OxmlElement("w:pPr")
    properties.append(OxmlElement("w:pStyle", {qn("w:val"): style}))
    line._p.insert(0, properties)
    for part in words:
        if isinstance(part, Link):
            line._p.append(_hyperlink(line, part))
        else:
            line.add_run(part)


def _hyperlink(line: Line, link: Link):
    key = line.part.relate_to(link.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink", {qn("r:id"): key})
    run = line.add_run(link.text)
    run._r.style = "Hyperlink"
    element.append(run._r)
    return element


def _add_fact(file, term: str, value: Runs) -> None:
    """A term, a tab and its value: what a screen reader reads in one breath."""
    line = _add(file, "Facts", term, "\t", *value)
    line.runs[0]._r.style = "Term"


def _add_picture(file, picture: Picture) -> None:
    run = _add(file, "Picture").add_run()
    shape = run.add_picture(io.BytesIO(picture.data), width=Mm(picture.width))
    shape._inline.docPr.set("descr", picture.alt)
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")
    for text in picture.lines:
        _add(file, "Caption", text)


def _add_table(file, table: Table) -> None:
    if table.caption:
        _add(file, "Caption", table.caption).paragraph_format.keep_with_next = True
    rows = [[(text,) for text in table.header], *table.rows]
    made = file.add_table(len(rows), len(table.header))
    _dress(made, table)
    widths = _widths(rows)
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    # By way of `made.rows` every cell would be looked for anew.
    for number, (row, cells) in enumerate(zip(rows, made._tbl.tr_lst, strict=True)):
        _keep_together(cells, repeats=number == 0)
        for index, (words, cell) in enumerate(zip(row, cells.tc_lst, strict=True)):
            cell.width = widths[index]
            line = Line(cell.p_lst[0], made)
            _fill(line, _style(table, number, index), words)
    # Word joins two tables that nothing parts.
    _add(file, "TableEnd")


def _widths(rows: list) -> list[Mm]:
    """Columns as wide as what is in them; Word and LibreOffice each guess otherwise."""
    signs = [
        min(max(len(said(cell)) for cell in column), WIDEST) + 2
        for column in zip(*rows, strict=True)
    ]
    return [Mm(TEXT_WIDTH * share / sum(signs)) for share in signs]


def _style(table: Table, row: int, column: int) -> str:
    if column in table.numeric:
        return "TableFigureHeading" if row == 0 else "TableFigure"
    if row == 0:
        return "TableHeading"
    is_heading = column == 0 and table.has_row_headers
    return "TableRowHeading" if is_heading else "TableCell"


def _dress(made, table: Table) -> None:
    """Style, full width with columns by their content, and which cells are headings."""
    properties = made._tbl.tblPr
    properties.style = "TimingSheet"
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    look = properties.find(qn("w:tblLook"))
    look.attrib.clear()
    look.set(qn("w:firstRow"), "1")
    look.set(qn("w:firstColumn"), str(int(table.has_row_headers)))
    look.set(qn("w:noHBand"), "1")
    look.set(qn("w:noVBand"), "1")
    if table.caption:
        properties.append(OxmlElement("w:tblCaption", {qn("w:val"): table.caption}))


def _keep_together(row, *, repeats: bool) -> None:
    """No row breaks across pages, and the first comes again on each."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeats:
        properties.append(OxmlElement("w:tblHeader"))


def _fill_footer(line: Line, document: Document) -> None:
    """The address and from when the facts are, before the template's page number."""
    page = list(line._p)
    address = Link(bare_url(document.address), document.address)
    rest = (f" · {document.as_of}",) if document.as_of else ()
    _fill(line, "Footer", (address, *rest))
    line._p.extend(page)
