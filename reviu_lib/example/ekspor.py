"""The e-PPGBM exports of the example: 38 columns as the register writes them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from reviu_lib.example.balita import make_kunjungan
from reviu_lib.example.kotor_ekspor import pick_rows, plant_cells, plant_measures
from reviu_lib.example.pola import GANDA
from reviu_lib.example.skenario import BULAN_EKSPOR, Skenario, load_desa, read_data
from reviu_lib.formatting import PENANDA_CONTOH
from reviu_lib.reference import nama_wilayah

BOM = "\ufeff"
_CREATED = datetime(2000, 1, 1)  # constant, so that equal content gives equal bytes
_DATES = ["Tgl Lahir", "Tanggal Pengukuran"]
_NO_VALUE = "-"
# How a child is called; a second entry of the same child writes it another way.
_NAMA, _SEBUTAN = "CONTOH ", {"": "ANAK ", GANDA: "AN. "}


def make_ekspor(skenario: Skenario, bulan: str) -> pd.DataFrame:
    """Return the export of one month with its dirt: 38 columns of text, numbers, and dates."""
    visits = make_kunjungan(skenario, bulan)
    rows = pick_rows(visits, skenario, bulan.lower())
    visits = plant_measures(visits, rows)
    cells = _to_cells(visits, skenario, bulan)
    cells = plant_cells(cells, rows, comma=bulan == "Agustus")
    order = visits.sort_values(["baris_desa", "posyandu", "nomor", "urutan"]).index
    return cells.loc[order].reset_index(drop=True)


def make_ekspor_xlsx(skenario: Skenario, bulan: str) -> bytes:
    """Return the export as a workbook: two title rows, a blank row, then the header."""
    frame = make_ekspor(skenario, bulan)
    frame = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in _DATES})
    heading = ((PENANDA_CONTOH,), (_title(skenario, bulan),), (), tuple(frame.columns))
    records = frame.astype(object).itertuples(index=False, name=None)
    return _write_book((*heading, *records))


def make_ekspor_csv(skenario: Skenario, bulan: str) -> bytes:
    """Return the export as Indonesian CSV: BOM, semicolons, decimal commas, dd/mm/yyyy."""
    frame = make_ekspor(skenario, bulan)
    text = {name: _as_csv_text(frame[name]) for name in frame}
    pad = ";" * (len(text) - 1)
    head = f"{PENANDA_CONTOH}{pad}\r\n{_title(skenario, bulan)}{pad}\r\n"
    body = pd.DataFrame(text).to_csv(sep=";", index=False, lineterminator="\r\n")
    return f"{BOM}{head}{body}".encode()


def _title(skenario: Skenario, bulan: str) -> str:
    place = nama_wilayah(skenario.kode)
    return f"Daftar pengukuran balita e-PPGBM, {place}, {bulan} {skenario.tahun}"


def _to_cells(visits: pd.DataFrame, skenario: Skenario, bulan: str) -> pd.DataFrame:
    number = visits["nomor"].astype(str).str.zfill(6)
    parts = {
        "NIK": visits["nik"],
        "Nama": _NAMA + visits["pola"].map(_SEBUTAN).fillna(_SEBUTAN[""]) + number,
        "JK": visits["jk"],
        "Tgl Lahir": visits["lahir"],
        "BB Lahir": visits["berat_lahir"],
        "TB Lahir": visits["panjang_lahir"],
        "Nama Ortu": "CONTOH AYAH " + number + " / CONTOH IBU " + number,
        **_place(visits, skenario),
        "Usia Saat Ukur": _age_text(visits["lahir"], visits["tanggal"]),
        "Tanggal Pengukuran": visits["tanggal"],
        "Bulan Pengukuran": bulan,
        "Status Bulan": None,
        "status tahun": str(skenario.tahun),
        "Berat": visits["berat_kg"],
        "Tinggi": visits["tinggi_cm"],
        "Cara Ukur": visits["cara_ukur"],
        **_services(visits, skenario, bulan),
        **_status(visits),
    }
    frame = pd.DataFrame(parts, index=visits.index)[read_data("eppgbm")["judul"]]
    others = [name for name in frame if name not in _DATES]
    return frame.astype(dict.fromkeys(others, object))


def _place(visits: pd.DataFrame, skenario: Skenario) -> dict[str, Any]:
    desa = load_desa(skenario.kode).loc[visits["baris_desa"]].set_index(visits.index)
    kabupaten = nama_wilayah(skenario.kode).removeprefix("Kabupaten ")
    kecamatan = desa["kecamatan"].str.upper()
    return {
        "Prov": nama_wilayah(skenario.kabupaten["provinsi"]).upper(),
        "Kab/Kota": kabupaten.upper(),
        "Kec": kecamatan,
        "Pukesmas": kecamatan,
        "Desa/Kel": desa["desa"].str.upper(),
        "Posyandu": "POSYANDU " + visits["posyandu"].astype(str),
        "RT": None,
        "RW": None,
        "Alamat": "CONTOH",
        "status desa": desa["jenis"].str.capitalize(),
    }


def _services(visits: pd.DataFrame, skenario: Skenario, bulan: str) -> dict[str, Any]:
    rng, n = skenario.rng(f"layanan/{bulan}"), len(visits)
    months = visits["usia_hari"] / 30.4375
    arm = 12.6 + 0.045 * months + 0.6 * visits["whz"] + rng.normal(0, 0.4, n)
    return {
        "LiLA": arm.clip(9, 22).round(1),
        "Naik Berat Badan": rng.choice(["N", "T", "O", "B"], n, p=[0.68, 0.2, 0.09, 0.03]),
        "PMT Diterima (kg)": np.where(visits["z_bbtb"] < -2, 1.5, 0.0),
        "Jml Vit A": np.where(months >= 6, 1, 0),
        "KPSP": rng.choice(["Sesuai", "Meragukan", "-"], n, p=[0.8, 0.03, 0.17]),
        "KIA": None,
        "Detail": None,
    }


def _status(visits: pd.DataFrame) -> dict[str, Any]:
    """Return label and stored z of the three indices; both a hyphen where there is no z."""
    columns: dict[str, Any] = {}
    for index, title in (("bbu", "BB/U"), ("tbu", "TB/U"), ("bbtb", "BB/TB")):
        label = read_data("eppgbm")["label"][index]
        z = visits[f"z_{index}"]
        place = np.searchsorted(label["batas"], z.fillna(0), side="right")
        columns[title] = np.where(z.notna(), np.array(label["nama"])[place], _NO_VALUE)
        columns[f"ZS {title}"] = z.astype(object).where(z.notna(), _NO_VALUE)
    return columns


def _age_text(birth: pd.Series, day: pd.Series) -> pd.Series:
    """Return `3 Tahun - 4 Bulan - 12 Hari`."""
    short = day.dt.day < birth.dt.day
    months = (day.dt.year - birth.dt.year) * 12 + day.dt.month - birth.dt.month - short
    before = (day - pd.to_timedelta(day.dt.day, unit="D")).dt.day
    days = (day.dt.day - birth.dt.day + before.where(short, 0)).clip(lower=0)
    years, rest = months // 12, months % 12
    return (
        years.astype(str)
        + " Tahun - "
        + rest.astype(str)
        + " Bulan - "
        + days.astype(str)
        + " Hari"
    )


def _write_book(records: Sequence[tuple[Any, ...]]) -> bytes:
    """Return a workbook with these rows: a blank one, its sheet then filled as one text.

    Cell by cell through the writer, half a million cells take ten times as long.
    """
    blank, filled = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(blank) as book:
        book.set_properties({"created": _CREATED})
        book.add_worksheet("Data")
    with ZipFile(blank) as source, ZipFile(filled, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = _fill_sheet(content.decode(), records).encode()
            target.writestr(entry, content)
    return filled.getvalue()


def _fill_sheet(blank: str, records: Sequence[tuple[Any, ...]]) -> str:
    names = [xl_col_to_name(place) for place in range(max(map(len, records)))]
    before, after = blank.split("<sheetData/>")
    before = before.replace('ref="A1"', f'ref="A1:{names[-1]}{len(records)}"', 1)
    rows = (_row_xml(number, names, record) for number, record in enumerate(records, start=1))
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


def _row_xml(number: int, names: Sequence[str], record: tuple[Any, ...]) -> str:
    cells = "".join(
        _cell_xml(f"{name}{number}", value)
        for name, value in zip(names, record, strict=False)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>' if cells else ""


def _cell_xml(place: str, value: Any) -> str:
    """Return one cell; text is always text, never a formula."""
    if not isinstance(value, str):
        return f'<c r="{place}"><v>{value:.16G}</v></c>'
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f'<c r="{place}" t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'


def _as_csv_text(column: pd.Series) -> pd.Series:
    if column.name in _DATES:
        return column.dt.strftime("%d/%m/%Y")
    return column.map(_comma, na_action="ignore")


def _comma(value: Any) -> Any:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def list_bulan() -> tuple[str, ...]:
    """Return the months of the exports in order."""
    return tuple(BULAN_EKSPOR)
