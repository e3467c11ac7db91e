"""Tables of web pages saved as .xls become sheets; nothing else of the page is looked at."""

import socket
import time

import pytest

from reviu_lib.ingest.files import BerkasDitolak, read_grids


def _page(body: str) -> str:
    return f"<html><head><title>x</title></head><body>{body}</body></html>"


@pytest.fixture
def tables(tmp_path):
    """Return a function that reads a page saved as .xls and gives the cells of each table."""

    def read(content, name="ekspor.xls"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [grid.sel.to_numpy().tolist() for grid in read_grids(path)]

    return read


def test_each_table_is_one_sheet(tmp_path):
    path = tmp_path / "dua.xls"
    path.write_text(_page("<table><tr><th>a<th>b<tr><td>1<td>2</table><table><tr><td>z</table>"))
    grids = read_grids(path)
    assert [grid.lembar for grid in grids] == ["Tabel 1", "Tabel 2"]
    assert grids[0].sel.to_numpy().tolist() == [["a", "b"], ["1", "2"]]
    assert list(grids[0].sel.index) == [1, 2]


def test_a_page_named_xls_is_told_once_and_one_named_html_is_not(tmp_path):
    for name, told in (("a.xls", [("B20", (".xls",))]), ("a.html", []), ("a.htm", [])):
        path = tmp_path / name
        path.write_text(_page("<table><tr><td>1</table><table><tr><td>2</table>"))
        notes = [item for grid in read_grids(path) for item in grid.catatan]
        assert [(item.kode, item.nilai) for item in notes] == told


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<tr><th rowspan=2>desa<th colspan=2>bayi<tr><th>L<th>P<tr><td>d1<td>3<td>4",
            [["desa", "bayi", ""], ["desa", "L", "P"], ["d1", "3", "4"]],
        ),
        (
            "<tr><td rowspan='2'>kec<td>d1</td></tr><tr><td>d2</td></tr>",
            [["kec", "d1"], ["kec", "d2"]],
        ),
        (
            "<tr><td>a<td rowspan=3>b<td>c<tr><td>d<td>e<tr><td>f<td>g",
            [["a", "b", "c"], ["d", "b", "e"], ["f", "b", "g"]],
        ),
        ("<tr><td colspan=x>a<td>b", [["a", "b"]]),
        ("<tr><td rowspan=0>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td rowspan=999999999>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),
        ("<td>tanpa<td>baris<tr><td>a<td>b", [["tanpa", "baris"], ["a", "b"]]),
    ],
)
def test_cells_that_span_rows_and_columns_keep_the_others_in_place(tables, body, expected):
    assert tables(_page(f"<table>{body}</table>")) == [expected]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<b>Desa</b> <i>A</i>", "Desa A"),
        ("Kec.&nbsp;A &amp; B &lt;x&gt;", "Kec.\u00a0A & B <x>"),
        ("satu<br>dua<br/>tiga", "satu\ndua\ntiga"),
        ("<!-- rahasia <td>9 -->1", "1"),
        ("<script>if (a < b) document.write('<td>9')</script>1", "1"),
        ("<style>td > b { }</style>1", "1"),
        ("a\r\n      b", "a b"),
        ("1.234", "1.234"),
        ("0012", "0012"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
    ],
)
def test_a_cell_is_its_visible_words(tables, cell, text):
    assert tables(_page(f"<table><tr><td>{cell}</td></tr></table>")) == [[[text]]]


def test_the_unrounded_number_that_excel_keeps_beside_is_used(tables):
    page = _page(
        '<table><tr><td x:num="1234.5678">1.235</td><td x:num>7</td><td x:num="x">8</table>'
    )
    assert tables(page) == [[["1234.5678", "7", "8"]]]


def test_a_table_inside_a_cell_is_a_sheet_of_its_own(tables):
    inner = "<table><tr><td>1<td>2</tr></table>"
    page = _page(f"<table><tr><td>luar{inner}ekor</td><td>kanan</td></tr></table>")
    assert tables(page) == [[["luarekor", "kanan"]], [["1", "2"]]]


def test_hidden_rows_are_known(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(_page("<table><tr><td>1<tr style='display:none'><td>2</table>"))
    assert read_grids(path)[0].nomor_tersembunyi == (2,)


@pytest.mark.parametrize(
    ("codec", "head", "told"),
    [
        ("utf-8", "", []),
        ("utf-16", "", ["UTF-16"]),
        ("cp1252", '<meta charset="windows-1252">', ["Windows-1252"]),
        ("cp1252", "", ["Windows-1252"]),
        (
            "iso-8859-2",
            '<meta http-equiv=x content="text/html; charset=iso-8859-2">',
            ["iso-8859-2"],
        ),
        ("utf-8", "<meta charset=tidakada>", []),
        ("cp1252", "<meta charset=punycode>", ["Windows-1252"]),
        ("cp1252", "<meta charset=ISO-8859-1>", ["Windows-1252"]),
    ],
)
def test_the_page_is_read_in_its_own_encoding(tmp_path, codec, head, told):
    path = tmp_path / "a.html"
    path.write_bytes(f"<html>{head}<table><tr><td>Désa</table></html>".encode(codec))
    (grid,) = read_grids(path)
    assert grid.sel.iat[0, 0] == "Désa"
    assert [value for item in grid.catatan for value in item.nilai] == told


def test_a_web_archive_gives_the_tables_of_its_page(tables):
    archive = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        "\r\n<html><table><tr><td>D=C3=A9sa</td><td>1=\r\n23</td></tr></table></html>\r\n--X--\r\n"
    )
    assert tables(archive) == [[["Désa", "123"]]]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><frameset><frame src='sheet001.htm'></frameset></html>", "berada di berkas lain"),
        ("<html><body>Silakan masuk</body></html>", "tanpa tabel"),
        ("<html><table><tr><td> </td></tr></table></html>", "tanpa tabel"),
        ("<?xml version='1.0'?><data/>", "XML, bukan lembar kerja"),
        ("<", "XML, bukan lembar kerja"),
        ("<table", "XML, bukan lembar kerja"),
    ],
)
def test_a_page_without_a_table_is_refused_with_what_it_is(tables, page, words):
    with pytest.raises(BerkasDitolak) as refused:
        tables(page)
    assert refused.value.kode == "B04"
    assert words in refused.value.rincian


@pytest.mark.parametrize("share", [0.5, 0.8, 0.97])
def test_a_page_cut_off_in_its_table_is_refused(tables, share):
    page = "<html><table>" + "<tr><td>1</td><td>2</td></tr>" * 50 + "</table></html>"
    with pytest.raises(BerkasDitolak) as refused:
        tables(page[: int(len(page) * share)])
    assert (refused.value.kode, refused.value.rincian) == ("B03", "tabel ke-1 tidak ditutup")


def test_nothing_a_page_refers_to_is_fetched(tables, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    links = "<link href='http://192.0.2.1/a.css'><base href='http://192.0.2.1'>"
    image = "<img src='file:///etc/passwd'><iframe src='http://192.0.2.1/'></iframe>"
    assert tables(f"<html>{links}<table><tr><td>{image}1</td></tr></table></html>") == [[["1"]]]


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<td ",
        "<!--",
        "<table>",
        "<td colspan='",
        '<td a="',
        "<script>",
        "</",
        "&",
        "<td>x",
        "<tr",
        "<tddddddddd",
        "<td a a a a a a a",
        "<td aaaaaaaaaaaaaa",
    ],
)
def test_broken_pages_cost_no_more_than_their_length(tables, part):
    page = "<html><table><tr><td>1" + part * (100_000 // len(part))
    start = time.process_time()
    with pytest.raises(BerkasDitolak) as refused:
        tables(page)
    assert refused.value.kode in {"B03", "B05"}
    assert time.process_time() - start < 3


def test_spans_that_multiply_are_refused(tables):
    row = "<tr>" + "<td colspan=9999>x" * 100
    with pytest.raises(BerkasDitolak) as refused:
        tables(f"<table>{row * 300}</table>")
    assert refused.value.kode == "B05"
