"""The same mess in the kinds of file that know neither formats nor merges: text, web page, old binary workbook."""

import csv
import html
import io

import xlwt

from tests.rosters.mess import FIRST, KEYS, Formula, Mess, Styled, upper_and_lower


def shown(cell: object) -> str:
    if isinstance(cell, Styled):
        return str(cell.value)
    if isinstance(cell, Formula):
        return cell.value
    return f"{cell:g}" if isinstance(cell, float) and cell < 1e10 else str(cell)


def plain_rows(mess: Mess) -> list[list[object]]:
    """The whole sheet as values, for the kinds of file that know nothing else."""
    lines = upper_and_lower()
    last = max([*mess.rows, *mess.loose])
    rows: list[list[object]] = [["报名表"], ["注："], [u + low for _, u, low in lines], []]
    for row in range(FIRST, last + 1):
        cells = mess.rows.get(row, {})
        rows.append([cells.get(key, "") for key in KEYS])
        for place, text in mess.loose.get(row, {}).items():
            rows[-1][place] = text
    return rows


def mess_csv(mess: Mess, encoding: str = "gb18030", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for row in plain_rows(mess):
        writer.writerow([shown(cell) for cell in row])
    return out.getvalue().encode(encoding)


def mess_html(mess: Mess) -> bytes:
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(shown(cell))}</td>" for cell in row) + "</tr>" for row in plain_rows(mess)
    )
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="utf-8"><body><table border="1">'
    return f"{head}{body}</table></body></html>".encode()


def mess_xls(mess: Mess) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("一车间")
    for row, cells in enumerate(plain_rows(mess)):
        for column, cell in enumerate(cells):
            if isinstance(cell, Styled):
                page.write(row, column, cell.value, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
            elif cell != "":
                page.write(row, column, cell if isinstance(cell, float) else shown(cell))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
