"""The printed LRA: parents and leaves in one table, of which one level is summed.

Leaves below a sub kegiatan are what counts. Every printed parent is compared with the sum of its
children, and printed remainder, percent, and quarters with what they should be.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from reviu_lib.formatting import BULAN, format_number, format_rupiah, format_tanggal, list_first
from reviu_lib.ingest.budget.rows import or_missing, read_codes
from reviu_lib.ingest.budget.rules import load_keuangan
from reviu_lib.ingest.checks import Konteks, check_ranges
from reviu_lib.ingest.findings import note
from reviu_lib.ingest.layouts import Kepala
from reviu_lib.ingest.parse import parse_dates
from reviu_lib.ingest.shapes.ladder import build_ladder
from reviu_lib.ingest.tables import Potongan
from reviu_lib.reference import normalize_nama

_TRIWULAN = ["tw1_rp", "tw2_rp", "tw3_rp", "tw4_rp"]
_DIJUMLAHKAN = ["pagu_rp", "realisasi_rp", *_TRIWULAN]
_KATA_JUMLAH = ("jumlah", "total", "surplus", "defisit", "sisa lebih")
_TANGGAL = re.compile(rf"\d{{1,2}}\s+(?:{'|'.join(BULAN)})\s+20\d\d", re.I)
_SKPD = re.compile(
    r"\b(?:SKPD|OPD|Perangkat Daerah|Organisasi|Unit Organisasi)\s*"
    r"(?::\s*|(?=(?:Dinas|Badan|Kecamatan|Sekretariat|Inspektorat|RSUD|Rumah Sakit)\b))"
    r"(?P<kode>\d[\d.\-]+\d)?[\s\-–]*(?P<nama>[^:]*?)"
    r"(?=\s+(?:Tahun|Periode|Bulan|Urusan|Bidang|Program|Per|Sampai|Kabupaten|Pemerintah)\b|$)",
    re.I,
)


def read_hierarchy(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> tuple[Potongan, ...]:
    """Return the leaves of a printed LRA as `realisasi_anggaran`."""
    potongan = _drop_unplaced(_drop_legend(potongan))
    if potongan.frame.empty:
        return (_canonical(potongan, kepala, konteks),)
    read = potongan.frame.index
    ladder = build_ladder(potongan.frame["kode"], potongan.frame["uraian"])
    strange = ~ladder["dikenal"]
    shown = potongan.frame.loc[strange, "kode"].unique()
    potongan = potongan.drop(
        "K52", strange, kolom="kode", nilai=shown, rincian="berkode yang tidak dikenali"
    )
    potongan = _fill_realised(potongan)
    potongan = _check_parents(potongan, ladder)
    potongan = _check_printed(potongan)
    potongan = _keep_leaves(potongan, ladder.loc[~strange])
    if potongan.frame.empty:
        told = note("K60", potongan.tempat.at("kode"), baris=read)
        potongan = potongan.keep(potongan.frame, told)
    return (check_ranges(_canonical(potongan, kepala, konteks)),)


def _drop_legend(potongan: Potongan) -> Potongan:
    """Set aside the row of column numbers below the header (1, 2, 3, 4, 5 = 3 - 4)."""
    frame = potongan.frame
    code, name = (frame[part].fillna("").str.strip("() ") for part in ("kode", "uraian"))
    return potongan.drop("T04", (code == "1") & (name == "2"), nilai=["1, 2, 3"])


def _drop_unplaced(potongan: Potongan) -> Potongan:
    """Set aside rows without a code: totals and words (T04), or amounts nobody can place (K52)."""
    frame = potongan.frame
    without = frame["kode"].isna()
    amounts = frame[[name for name in _DIJUMLAHKAN if name in frame]].notna().any(axis=1)
    names = frame["uraian"].fillna("").map(normalize_nama)
    total = names.str.startswith(_KATA_JUMLAH)
    potongan = _compare_grand_total(potongan, without & amounts & total)
    total &= without
    potongan = potongan.drop("T04", total, nilai=frame.loc[total, "uraian"])
    # Below a print stand place, date, and the names of those who sign: never shown.
    words = without & ~total & ~amounts
    potongan = potongan.drop("T04", words.loc[~total], nilai=["kata di luar tabel"])
    rest = without & ~total & ~words
    return potongan.drop(
        "K52", rest.loc[~(total | words)], kolom="kode", rincian="tidak mempunyai kode"
    )


def _compare_grand_total(potongan: Potongan, totals: pd.Series) -> Potongan:
    """Say where the one total row below everything differs from the sum of the top rows."""
    frame = potongan.frame
    if totals.sum() != 1 or frame["kode"].loc[totals.idxmax() :].notna().any():
        return potongan
    coded = frame[frame["kode"].notna()]
    ladder = build_ladder(coded["kode"], coded["uraian"])
    top = coded[ladder["induk"].isna() & ladder["dikenal"]]
    leaves = coded[ladder["rinci"] & (ladder["sub_kegiatan"] != "")]
    label = totals.idxmax()
    found = [
        f"{frame.at[label, 'uraian']}, {name.removesuffix('_rp')} tercetak "
        f"{format_rupiah(frame.at[label, name])}, dijumlahkan {format_rupiah(top[name].sum())}"
        for name in _columns(frame)
        if _differs(frame.at[label, name], top[name].sum(min_count=len(top)))
        and _differs(frame.at[label, name], leaves[name].sum())
    ]
    hit = totals if found else totals & False
    return potongan.tell("K46", hit, kolom="uraian", rincian=list_first(found))


def _columns(frame: pd.DataFrame) -> list[str]:
    return [name for name in _DIJUMLAHKAN if name in frame]


def _differs(one: object, other: object) -> bool:
    if pd.isna(one) or pd.isna(other):  # type: ignore[call-overload]
        return False
    return abs(one - other) > load_keuangan().banding.selisih_rp  # type: ignore[operator]


def _fill_realised(potongan: Potongan) -> Potongan:
    """Return the rows with realisasi_rp: printed, else the sum of all four quarters."""
    frame = potongan.frame
    quarters = [name for name in _TRIWULAN if name in frame]
    blank = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    printed = frame.get("realisasi_rp", blank)
    summed = frame[quarters].sum(axis=1, min_count=1) if quarters else blank
    done = potongan.keep(frame.assign(realisasi_rp=printed.fillna(summed).astype("Int64")))
    complete = frame[quarters].notna().all(axis=1) if quarters else blank.notna()
    apart = ((printed - summed).abs() > load_keuangan().banding.selisih_rp).fillna(False)
    return _tell_printed(done, apart & complete, "realisasi_rp", summed)


def _check_parents(potongan: Potongan, ladder: pd.DataFrame) -> Potongan:
    """Compare every printed parent with the sum of the rows right below it."""
    frame = potongan.frame
    parent = ladder["induk"].reindex(frame.index)
    apart = pd.Series(False, index=frame.index)
    found: list[str] = []
    for name in _columns(frame):
        grouped = frame[name].groupby(parent)
        sums = grouped.sum(min_count=1).where(grouped.count() == grouped.size())
        sums = sums.reindex(frame.index)
        odd = (frame[name] - sums).abs() > load_keuangan().banding.selisih_rp
        odd = odd.fillna(False).astype(bool)
        apart |= odd
        found += [
            f"{frame.at[label, 'kode']} {name.removesuffix('_rp')} tercetak "
            f"{format_rupiah(frame.at[label, name])}, rinciannya {format_rupiah(sums[label])}"
            for label in frame.index[odd]
        ]
    return potongan.tell("K46", apart, kolom="kode", rincian=list_first(found))


def _check_printed(potongan: Potongan) -> Potongan:
    """Compare printed remainder and percent with pagu and realisasi of the same row."""
    frame, limits = potongan.frame, load_keuangan().banding
    left = frame["pagu_rp"] - frame["realisasi_rp"]
    if "sisa_rp" in frame:
        # Some prints show what is left, others what is above (in brackets): both are right.
        apart = (frame["sisa_rp"].abs() - left.abs()).abs() > limits.selisih_rp
        potongan = _tell_printed(potongan, apart.fillna(False), "sisa_rp", left)
    if "persen" not in frame:
        return potongan
    spent, pagu = frame["realisasi_rp"].astype("float64"), frame["pagu_rp"].astype("float64")
    share = (spent / pagu.where(pagu != 0) * 100).where(frame["persen"].notna())
    printed = frame["persen"]
    margin = max(limits.selisih_persen, _precision(printed))
    apart = ((printed - share).abs() > margin) & ((printed * 100 - share).abs() > margin)
    return _tell_printed(potongan, apart.fillna(False), "persen", share, show=_percent)


def _precision(printed: pd.Series) -> float:
    """Return the step of the last printed decimal: 1 for whole percents, 0.1, or 0.01."""
    for decimals in (0, 1):
        scaled = printed.dropna() * 10**decimals
        if ((scaled - scaled.round()).abs() < 1e-9).all():
            return float(10**-decimals)
    return 0.0


def _percent(value: object) -> str:
    return f"{format_number(value, 2)} persen"


def _tell_printed(
    potongan: Potongan,
    apart: pd.Series,
    kolom: str,
    *right: pd.Series,
    show: Callable[[object], str] = format_rupiah,
) -> Potongan:
    frame = potongan.frame
    rows = frame.index[apart.astype(bool)]
    texts = [
        f"{frame.at[label, 'kode']} tercetak {show(frame.at[label, kolom])}, "
        f"seharusnya {show(right[0][label])}"
        for label in rows
    ]
    return potongan.tell("K47", apart.astype(bool), kolom=kolom, rincian=list_first(texts))


def _keep_leaves(potongan: Potongan, ladder: pd.DataFrame) -> Potongan:
    """Return the leaves below sub kegiatan, with their code, name, and SKPD."""
    names = potongan.frame["uraian"].where(_is_sub_row(ladder))
    own = ladder["sub_kegiatan"].where(ladder["sub_kegiatan"] != "")
    by_skpd = [ladder["kode_skpd"], own]
    joined = potongan.frame.assign(
        kode_sub_kegiatan=or_missing(ladder["sub_kegiatan"]),
        nama_sub_kegiatan=names.groupby(by_skpd).transform("first").astype("string"),
        kode_skpd=or_missing(ladder["kode_skpd"]),
        nama_skpd=or_missing(ladder["nama_skpd"]),
    )
    parents = ~ladder["rinci"]
    potongan = potongan.keep(joined).drop("T04", parents, nilai=[f"{parents.sum()} baris induk"])
    frame = potongan.frame
    nothing = frame["pagu_rp"].isna() & frame["realisasi_rp"].isna()
    return potongan.drop("K52", nothing, rincian="tidak mempunyai pagu maupun realisasi")


def _is_sub_row(ladder: pd.DataFrame) -> pd.Series:
    """Return where a row is the sub kegiatan itself: the first of its code under its SKPD."""
    own = ladder["sub_kegiatan"]
    first = ~ladder.assign(own=own)[["kode_skpd", "own"]].duplicated()
    return (own != "") & first


def _canonical(potongan: Potongan, kepala: Kepala, konteks: Konteks) -> Potongan:
    day = _last_date(kepala.judul_atas)
    potongan = potongan.keep(_with_title_skpd(potongan.frame, kepala.judul_atas))
    if not potongan.frame.empty:
        potongan = read_codes(potongan, konteks.tahun)
    if day is not None and konteks.tanggal_cutoff and day > pd.Timestamp(konteks.tanggal_cutoff):
        words = f"{format_tanggal(day)}, sedangkan batas datanya {_show(konteks)}"
        potongan = potongan.keep(potongan.frame, note("K53", potongan.tempat, rincian=words))
    frame = potongan.frame
    return potongan.keep(
        frame.assign(
            tahun=pd.Series(konteks.tahun, index=frame.index, dtype="Int64"),
            sumber_dana=pd.Series(pd.NA, index=frame.index, dtype="string"),
            per_tanggal=pd.Series(day, index=frame.index, dtype="datetime64[ns]"),
        )
    )


def _show(konteks: Konteks) -> str:
    return format_tanggal(konteks.tanggal_cutoff)


def _with_title_skpd(frame: pd.DataFrame, title: str) -> pd.DataFrame:
    """Return the frame with the SKPD that the words above the table name, where rows name none."""
    found = _SKPD.search(title)
    blank = pd.Series(pd.NA, index=frame.index, dtype="string")
    kode = (found["kode"] or "").strip(" .-") if found else ""
    nama = found["nama"].strip() if found else ""
    return frame.assign(
        kode_skpd=or_missing(frame.get("kode_skpd", blank).fillna(kode)),
        nama_skpd=or_missing(frame.get("nama_skpd", blank).fillna(nama)),
        kode_sub_kegiatan=frame.get("kode_sub_kegiatan", blank),
        nama_sub_kegiatan=frame.get("nama_sub_kegiatan", blank),
    )


def _last_date(title: str) -> pd.Timestamp | None:
    """Return the last date written above the table, None without one."""
    texts = _TANGGAL.findall(title)
    if not texts:
        return None
    return pd.Timestamp(parse_dates(pd.Series(texts, dtype=object)).nilai.max())
