import gzip
import zipfile
from io import BytesIO

import pytest

from alliance.gias.files import UnreadableFile, encoding_of, open_extract


def written(tmp_path, content: bytes):
    path = tmp_path / "extract.csv"
    path.write_bytes(content)
    return path


def lines_of(path) -> list[tuple[int, list[str]]]:
    with open_extract(path) as extract:
        return [(line.number, line.cells) for line in extract]


def zipped() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("URN,Name\n1,Ysgol Dŵr".encode(), "utf-8-sig"),
        ("\ufeffURN,Name\n1,Ysgol Dŵr".encode(), "utf-8-sig"),
        ("URN,Name\n1,St Hild’s École".encode("cp1252"), "cp1252"),
    ],
)
def test_encoding_of(tmp_path, content, encoding):
    assert encoding_of(written(tmp_path, content)) == encoding


def test_encoding_of_a_large_file_is_that_of_its_last_byte(tmp_path):
    content = b"x" * (2 * 1024 * 1024) + "’".encode("cp1252")

    assert encoding_of(written(tmp_path, content)) == "cp1252"


def test_encoding_of_a_letter_cut_by_a_piece_of_the_file_is_found(tmp_path):
    content = b"x" * (1024 * 1024 - 1) + "ŵ".encode()

    assert encoding_of(written(tmp_path, content)) == "utf-8-sig"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty"),
        (b"\n\n", "The file is empty"),
        ("URN,Name\n1,A".encode("utf-16"), "UTF-16"),
        ("URN,Name\n1,A".encode("utf-16-le"), "perhaps UTF-16"),
        (b"URN,Name\n1,\x00\x01\x02", "no text"),
        (b"URN,Name\n1,\x81\x8d", "neither UTF-8 nor Windows-1252"),
        (zipped(), "This is Excel and not a CSV file"),
        (gzip.compress(b"URN", mtime=0), "This is gzip and not"),
        (b"%PDF-1.7", "This is PDF and not"),
    ],
)
def test_open_extract_says_why_a_file_is_of_no_use(tmp_path, content, why):
    with pytest.raises(UnreadableFile, match=why):
        lines_of(written(tmp_path, content))


def test_open_extract_says_when_there_is_no_file(tmp_path):
    with pytest.raises(UnreadableFile, match="No such file"):
        lines_of(tmp_path / "nowhere.csv")
    with pytest.raises(UnreadableFile, match="directory"):
        lines_of(tmp_path)


def test_extract_counts_the_lines_inside_quotation_marks(tmp_path):
    path = written(tmp_path, b'A,B\n1,"two\nlines"\n\n3,4\n5,"a\r\nb\nc"\r\n6,7')

    assert lines_of(path) == [(2, ["1", "two\nlines"]), (5, ["3", "4"]), (6, ["5", "a\r\nb\nc"]), (9, ["6", "7"])]


def test_extract_leaves_out_empty_lines(tmp_path):
    assert lines_of(written(tmp_path, b"A,B\n,\n\n1,2\n")) == [(4, ["1", "2"])]


def test_extract_goes_on_after_a_quotation_mark_that_is_not_closed(tmp_path):
    rest = "".join(f"{n},x\n" for n in range(200))
    path = written(tmp_path, f'A,B\n0,"open\n{rest}'.encode())

    found = lines_of(path)

    assert found[0][0] == 2
    assert found[1:] == [(n + 3, [str(n), "x"]) for n in range(200)]


def test_extract_goes_on_after_a_cell_that_is_too_large(tmp_path):
    path = written(tmp_path, b"A,B\n0," + b"x" * 200_000 + b"\n1,2\n")

    found = lines_of(path)

    assert (found[0][0], len(found[0][1])) == (2, 1)
    assert found[1:] == [(3, ["1", "2"])]
