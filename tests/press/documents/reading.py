"""Reads documents back as other programs do: what a PDF and a Word file say."""

import io
import re

import docx
import pikepdf
from docx.oxml.ns import qn


def open_pdf(data):
    return pikepdf.open(io.BytesIO(data))


def nodes(pdf):
    """Every element of a PDF's structure, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        found.append(node)
        kids = _kids(node)
        waiting += [kid for kid in reversed(kids) if _is_node(kid)]
    return found[1:]


def tags(pdf):
    return [str(node.S)[1:] for node in nodes(pdf)]


def attributes(node):
    """The attributes of an element as one dict, of whichever owner."""
    given = node.get("/A", pikepdf.Array())
    lists = given if isinstance(given, pikepdf.Array) else [given]
    return {key: value for item in lists for key, value in item.items()}


def pdf_text(data):
    """What a PDF says, in the order of its structure, without the marks of lists."""
    with open_pdf(data) as pdf:
        marked = {page.objgen: _marked(page) for page in pdf.pages}
        return "".join(_said(pdf.Root.StructTreeRoot, marked, None))


def _said(node, marked, page):
    if node.get("/S") == "/Lbl":
        return
    page = node.get("/Pg", page)
    for kid in _kids(node):
        if isinstance(kid, int):
            yield marked[page.objgen].get(kid, "")
        elif kid.get("/Type") == "/MCR":
            place = kid.get("/Pg", page)
            yield marked[place.objgen].get(int(kid.MCID), "")
        elif _is_node(kid):
            yield from _said(kid, marked, page)


def _kids(node):
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_node(kid):
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _marked(page):
    """{number of marked content: its text} of a page."""
    fonts = {name: _unicode(font) for name, font in page.Resources.Font.items()}
    texts, stack, font, hidden = {}, [], {}, False
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC":
                stack.append((None, None))
            case "BDC":
                values = operands[1] if len(operands) > 1 else {}
                actual = values.get("/ActualText")
                number = values.get("/MCID")
                if number is None and stack:
                    number = stack[-1][0]
                if actual is not None and number is not None:
                    texts[number] = texts.get(number, "") + str(actual)
                hidden = actual is not None
                stack.append((number, actual))
            case "EMC":
                stack.pop()
                hidden = any(actual is not None for _number, actual in stack)
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if stack and stack[-1][0] is not None and not hidden:
                number = stack[-1][0]
                texts[number] = texts.get(number, "") + _decoded(operands[0], font)
    return {int(number): text for number, text in texts.items()}


def _decoded(operand, font):
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(it) for it in strings if isinstance(it, pikepdf.String))
    pairs = [codes[place : place + 2] for place in range(0, len(codes), 2)]
    return "".join(font[int.from_bytes(pair)] for pair in pairs)


def _unicode(font):
    """{code of a glyph: its characters}, of the font's table for copying text."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                start = int(text, 16) + code - int(first, 16)
                found[code] = chr(start)
    return found


def open_word(data):
    return docx.Document(io.BytesIO(data))


def word_texts(data):
    """The text of every paragraph of a Word file, in cells too, in reading order."""
    body = open_word(data).element.body
    texts = [
        "".join(_plain(node) for node in paragraph.iter(qn("w:t"), qn("w:tab")))
        for paragraph in body.iter(qn("w:p"))
    ]
    return [text for text in texts if text]


def _plain(node):
    return node.text if node.tag == qn("w:t") else "\t"
