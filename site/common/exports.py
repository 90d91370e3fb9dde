"""Exports that a spreadsheet cannot be tricked with: CSV and XLSX through one writer."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The wide signs of East Asian keyboards start formulas as well."""
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
"""Characters that nobody sees. A worksheet may not hold them, and a spreadsheet that drops them runs what stood behind."""
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_cell(value: Any) -> Any:
    """
    Put `'` before text that a spreadsheet would run as a formula, unseen characters taken out first, and tell moments in
    local time, which is what a cell without a time zone is read as; leave numbers and dates alone.
    """
    if isinstance(value, datetime):
        return local_time(value)
    if not isinstance(value, str):
        return value
    text = UNSEEN.sub("", value)
    return "'" + text if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def local_time(moment: datetime) -> datetime:
    """The alliance's own time, to the second, without a zone: a worksheet knows none."""
    local = timezone.make_naive(moment, timezone.get_default_timezone()) if timezone.is_aware(moment) else moment
    return local.replace(microsecond=0)


def csv_response(*, filename: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Answer with UTF-8 CSV, marked so that Excel reads the accents."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows([safe_cell("" if cell is None else cell) for cell in row] for row in rows)
    return _download("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{filename}.csv")


def xlsx_response(*, filename: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Answer with one worksheet; text stays text, whatever it starts with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(filename[:31])
    sheet.append(list(heading))
    for row in rows:
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    content = BytesIO()
    book.save(content)
    return _download(content.getvalue(), XLSX_TYPE, f"{filename}.xlsx")


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    safe = safe_cell(value)
    if not isinstance(safe, str):
        return safe
    cell = WriteOnlyCell(sheet, value=safe)
    cell.data_type = "s"
    return cell


def _download(content: str | bytes, content_type: str, filename: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"},
    )
