"""Text with separators: all variants of one table are equal, and what was odd is told."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviu_lib.ingest.files import BerkasDitolak
from reviu_lib.ingest.files.delimited import read_delimited, sniff_separator

TABEL = [
    ["kode", "desa", "jumlah", "persen"],
    ["12.18.01.2001", "Sei é Buluh", "1.234", "55,39"],
    ["12.18.01.2002", "Pulo; Lon", "0012", "6.07"],
    ["12.18.01.2003", "baris\nkedua", "", "7,5"],
]


def _write(separator: str, line_end: str) -> str:
    rows = [
        separator.join(f'"{cell}"' if set(cell) & {";", ",", "\n"} else cell for cell in row)
        for row in TABEL
    ]
    return "".join(row.replace("\n", line_end) + line_end for row in rows)


VARIAN = list(
    itertools.product(
        (";", "\t", "|", ","),
        ("\n", "\r\n", "\r"),
        ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"),
    )
)


@pytest.mark.parametrize(("separator", "line_end", "codec"), VARIAN)
def test_every_separator_line_end_and_encoding_gives_the_same_cells(
    read, separator, line_end, codec
):
    grid = read(_write(separator, line_end).encode(codec))
    assert grid.sel.to_numpy().tolist() == TABEL
    assert list(grid.sel.index) == [1, 2, 3, 4]
    assert grid.bentuk.pemisah == separator
    assert grid.bentuk.akhir_baris == {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}[line_end]


@pytest.mark.parametrize(
    ("codec", "told"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["UTF-16"]),
        ("utf-16-le", ["UTF-16"]),
        ("utf-32", ["UTF-32"]),
        ("cp1252", ["Windows-1252"]),
    ],
)
def test_an_encoding_other_than_utf8_is_told(read, codec, told):
    grid = read(_write(";", "\n").encode(codec))
    assert [value for item in grid.catatan for value in item.nilai] == told


@pytest.mark.parametrize(
    ("name", "separator", "told"),
    [
        ("a.csv", ",", ()),
        ("a.csv", ";", ()),
        ("a.csv", "\t", ("tab",)),
        ("a.csv", "|", ("garis tegak",)),
        ("a.tsv", "\t", ()),
        ("a.tsv", ";", ("titik koma",)),
        ("a.txt", "|", ()),
    ],
)
def test_a_separator_that_the_ending_does_not_say_is_told(read, name, separator, told):
    found = [item for item in read(_write(separator, "\n"), name).catatan if item.kode == "B19"]
    assert [item.nilai for item in found] == ([told] if told else [])


def test_numbers_stay_the_text_that_was_typed(read):
    assert list(read(_write(";", "\n")).sel[2]) == ["jumlah", "1.234", "0012", ""]


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a,b,c,d\nx; y,1,2,3\nz; w,1,2,3\nq; r,1,2,3\n", ","),
        ("nama\tnilai\nx\t1,5\ny\t2,5\n", "\t"),
        ("judul saja\n\nno;nama;nilai\n1;a;2\n2;b;3\n3;c;4\n", ";"),
        ("satu kolom\nnilai\n", ";"),
        ("", ";"),
    ],
)
def test_the_separator_is_the_one_that_cuts_most_evenly(sample, separator):
    assert sniff_separator(sample) == separator


def test_the_hint_of_excel_for_the_separator_is_followed_and_no_row(read):
    grid = read("sep=^\nno^nama\n1^a\n")
    assert grid.sel.to_numpy().tolist() == [["no", "nama"], ["1", "a"]]
    assert list(grid.sel.index) == [2, 3]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('no;nama\n1;a\n2;"tanpa tutup\n3;b\n', 3),
        ('no;nama\n1;"dua\nbaris"\n2;"tanpa tutup\n', 4),
        ('no;nama\n1;"ada "kutip" di dalam"\n', 2),
        ('sep=;\nno;nama\n1;a\n2;"tanpa tutup\n', 4),
    ],
)
def test_a_wrong_quote_is_refused_with_the_line_it_starts_on(read, content, line):
    with pytest.raises(BerkasDitolak) as refused:
        read(content)
    assert (refused.value.kode, refused.value.rincian[-2:]) == ("B03", f" {line}")


def test_rows_that_are_too_short_are_told_with_their_numbers(read):
    grid = read("judul\n\nno;nama;nilai\n1;a;2\n2;b\n3;c;4\n4;d;5\n")
    (told,) = grid.catatan
    assert (told.kode, told.baris, told.rincian) == ("B22", (5,), "3")
    assert grid.sel.loc[5].tolist() == ["2", "b", ""]


def test_invisible_characters_are_told_with_their_rows(read):
    rows = ["no;nama", "1;Desa\u200b A", "2;\u202eterbalik", "3;biasa\u00a0", "4;b\x07el", "5;x"]
    (told,) = read("\n".join(rows)).catatan
    assert (told.kode, told.baris) == ("B21", (2, 3, 5))


def test_stray_nul_bytes_are_removed_and_told(read):
    grid = read(b"no;nama\n1;De\x00sa\n2;b\n3;c\n")
    assert grid.sel.loc[2].tolist() == ["1", "Desa"]
    assert [(item.kode, item.baris) for item in grid.catatan] == [("B21", (2,))]


def test_emoji_and_other_scripts_pass_untouched(read):
    grid = read("no;nama\n1;Desa 🌾 ꦗꦮ\n")
    assert (grid.sel.iat[1, 1], grid.catatan) == ("Desa 🌾 ꦗꦮ", ())


def test_lines_pasted_from_an_old_file_are_read_in_their_own_encoding(read):
    new, old = "2;Sané\n".encode(), "3;Buléleng\n".encode("cp1252")
    grid = read(b"no;nama\n" + new + old + new)
    assert list(grid.sel[1]) == ["nama", "Sané", "Buléleng", "Sané"]
    assert [(item.kode, item.baris) for item in grid.catatan] == [("B23", (3,))]


@pytest.mark.parametrize("content", ["\n\n", " ; ;\n;;\n", "\ufeff", "\r\n"])
def test_a_file_of_blanks_is_empty(read, content):
    with pytest.raises(BerkasDitolak) as refused:
        read(content)
    assert refused.value.kode == "B01"


def test_the_end_mark_of_dos_is_no_row(read):
    assert read(b"no;nama\r\n1;a\r\n\x1a").sel.to_numpy().tolist() == [["no", "nama"], ["1", "a"]]


def test_a_file_above_the_cell_limit_is_refused_with_the_limit(read):
    with pytest.raises(BerkasDitolak) as refused:
        read("a;b\n" + (";" * 99_999 + "\n") * 251)
    assert refused.value.kode == "B05"
    assert (
        refused.value.rincian == "251 baris pertama sudah lebih dari 25.000.000 sel, yaitu batasnya"
    )


KATA = st.text(st.characters(exclude_categories=("C", "Z")), max_size=6)


@given(rows=st.lists(st.tuples(KATA, KATA, KATA), min_size=3, max_size=6))
def test_any_quoted_table_comes_back_as_it_was(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("acak") / "a.csv"
    lines = [";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    path.write_bytes(("x;y;z\n" + "\n".join(lines)).encode())
    assert read_delimited(path).sel.to_numpy().tolist()[1:] == [list(row) for row in rows]


def test_a_cell_longer_than_the_csv_module_allows_is_read(read):
    grid = read(f"a;b\n{'x' * 200_000};2\n")
    assert (len(grid.sel.iat[1, 0]), grid.sel.iat[1, 1]) == (200_000, "2")
