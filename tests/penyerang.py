"""An attacker on the public edition: reads every published file, and solves for what is closed.

It shares nothing with `reviu_lib.penyamaran`. What it knows are the files, the sums that everyone
knows (desa to kecamatan to kabupaten), and how percentages are rounded; every closed count is a
variable of a linear programme, whose least and greatest value it asks for.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser

import numpy as np
from openpyxl import load_workbook
from scipy.optimize import linprog

from reviu_lib.catalog import tabel_hasil

DITUTUP = "ditutup"
# How far a number that is shown whole may be from what it stands for.
SANGAT_DEKAT = 1e-6


@dataclass
class Sel:
    """What is known of one row: its two counts (None: unknown) and bounds of its percentage."""

    pembilang: float | None = None
    penyebut: float | None = None
    persen: tuple[float, float] | None = None


@dataclass
class Sistem:
    """Rows by code that add up by code; `sisa`: sums may hold people without a place."""

    sel: dict[str, Sel] = field(default_factory=dict)
    sisa: bool = False

    def children(self, kode):
        return [other for other in self.sel if other.rpartition(".")[0] == kode]


def read_book(path):
    """Return the sheets of a workbook as lists of rows: column name → cell."""
    book = load_workbook(path, read_only=True)
    return {sheet.title: list(_rows(sheet)) for sheet in book if sheet.title in tabel_hasil()}


def _rows(sheet):
    names = {kolom.judul: kolom.nama for kolom in tabel_hasil()[sheet.title].kolom}
    head = None
    for row in sheet.iter_rows(values_only=True):
        if head is None:
            known = [names.get(cell) for cell in row]
            head = known if sum(name is not None for name in known) > 1 else None
        else:
            yield dict(zip(head, row, strict=False))


def count(value):
    return float(value) if isinstance(value, int | float) else None


def read_systems(sheets):
    """Return the coverage systems by indicator, and the register systems by year and month."""
    systems = defaultdict(Sistem)
    for row in sheets["capaian_cakupan"]:
        if row["pembilang"] is not None and row["penyebut"] is not None:
            _put(systems["cakupan", row["kode_indikator"]], row, "pembilang", "penyebut")
    for row in sheets.get("perkembangan_prevalensi", []):
        if row["jenis_angka"] == "register":
            system = systems["register", row["tahun"], row["periode"]]
            system.sisa = True
            _put(system, row, "stunting", "diukur")
    return systems


def _put(system, row, pembilang, penyebut):
    persen = count(row.get("capaian_persen", row.get("prevalensi_persen")))
    bounds = None if persen is None else (persen - SANGAT_DEKAT, persen + SANGAT_DEKAT)
    system.sel[row["kode_wilayah"]] = Sel(count(row[pembilang]), count(row[penyebut]), bounds)


def add_last_year(before, sheets):
    """Put into the systems of a year what the edition of the year after shows of it."""
    for row in sheets["capaian_cakupan"]:
        persen, base = count(row["capaian_lalu_persen"]), count(row["penyebut_lalu"])
        sel = before["cakupan", row["kode_indikator"]].sel.get(row["kode_wilayah"])
        if sel and base is not None:
            sel.penyebut = base
        if sel and persen is not None:
            sel.persen = (persen - SANGAT_DEKAT, persen + SANGAT_DEKAT)


class _Page(HTMLParser):
    """Collects the numbers of a page that name their cell, its tables, and all its attributes."""

    def __init__(self):
        super().__init__()
        self.data, self.tables, self.words = [], defaultdict(list), []
        self._open, self._table, self._row, self._cell = None, "", None, None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.words += [values[key] for key in ("alt", "title", "aria-label") if values.get(key)]
        if tag in {"data", "time"} and "data-asal" in values:
            self._open = [values["data-asal"], values.get("value", values.get("datetime")), ""]
        if tag == "table":
            self._table = values.get("id", "")
        if tag == "tr":
            self._row = []
        if tag in {"td", "th"}:
            self._cell = ""

    def handle_endtag(self, tag):
        if tag in {"data", "time"} and self._open:
            self.data.append(tuple(self._open))
            self._open = None
        if tag in {"td", "th"} and self._row is not None:
            self._row.append((self._cell or "").strip())
        if tag == "tr" and self._row:
            self.tables[self._table].append(self._row)

    def handle_data(self, data):
        if self._open:
            self._open[2] += data
        if self._cell is not None:
            self._cell += data


def read_page(path):
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def add_matrices(systems, page):
    """Put the rounded percentages of the matrices of desa into the coverage systems."""
    for name in ("cakupan_desa_spesifik", "cakupan_desa_sensitif"):
        rows = page.tables.get(f"tabel-{name}", [])
        head = rows[0] if rows else []
        for row in rows[1:]:
            for kode_indikator, text in zip(head[2:], row[2:], strict=False):
                _add_rounded(systems, (kode_indikator, row[0]), text)


def _add_rounded(systems, key, text):
    if re.fullmatch(r"-?[\d.]+(,\d+)?", text):
        decimals = len(text.partition(",")[2])
        value = float(text.replace(".", "").replace(",", "."))
        half = 0.5 * 10**-decimals
        sel = systems["cakupan", key[0]].sel.setdefault(key[1], Sel())
        sel.persen = sel.persen or (value - half, value + half)


class Bertentangan(Exception):
    """No counts fit what is shown, as where more were reached than there are."""


class Serangan:
    """The linear programme of one system. `tahu` are denominators known from elsewhere."""

    def __init__(self, sistem, tahu=None):
        self.sistem, self.tahu = sistem, tahu or {}
        self.places = {}
        self.equal, self.most = [], []
        for kode, sel in sistem.sel.items():
            self._know(kode, sel)
        for kode in sistem.sel:
            self._add_sum(kode)
        self._rows = self._matrix(self.equal), self._matrix(self.most)

    def _place(self, name):
        return self.places.setdefault(name, len(self.places))

    def _know(self, kode, sel):
        x, r = self._place((kode, "x")), self._place((kode, "r"))
        base = sel.penyebut if sel.penyebut is not None else self.tahu.get(kode)
        if sel.pembilang is not None:
            self.equal.append(({x: 1}, sel.pembilang))
        if base is not None:
            self.equal.append(({x: 1, r: 1}, base))
        if sel.persen is not None and None in (sel.pembilang, base):
            low, high = (bound / 100 for bound in sel.persen)
            self.most.append(({x: low - 1, r: low}, 0))
            self.most.append(({x: 1 - high, r: -high}, 0))

    def _add_sum(self, kode):
        children = self.sistem.children(kode)
        if not children:
            return
        names = [*children, f"{kode}?"] if self.sistem.sisa else children
        for part in ("x", "r"):
            row = {self._place((name, part)): 1 for name in names}
            self.equal.append(({**row, self._place((kode, part)): -1}, 0))

    def bounds(self, kode, part):
        """Return the least and the greatest value of one count (`x` or `r`)."""
        goal = np.zeros(len(self.places))
        goal[self.places[kode, part]] = 1
        return self._solve(goal), -self._solve(-goal)

    def _solve(self, goal):
        (equal, right), (most, limit) = self._rows
        found = linprog(goal, A_ub=most, b_ub=limit, A_eq=equal, b_eq=right, method="highs")
        if found.status == 3:
            return -np.inf
        if found.status == 2:
            raise Bertentangan
        assert found.status == 0, found.message
        return found.fun

    def _matrix(self, rows):
        if not rows:
            return None, None
        matrix = np.zeros((len(rows), len(self.places)))
        for number, (row, _) in enumerate(rows):
            for place, factor in row.items():
                matrix[number, place] = factor
        return matrix, np.array([right for _, right in rows])


def recover(sistem, *, lebar=5, tahu=None):
    """Return the closed counts that can be told to within less than `lebar`, with their bounds.

    Where the denominator is known, a count may be as narrow as that. Rows that are wholly open
    are no secret.
    """
    serangan = Serangan(sistem, tahu)
    found = {}
    for kode, sel in sistem.sel.items():
        if sel.pembilang is not None and sel.penyebut is not None:
            continue
        for part in ("x",) if tahu else ("x", "r"):
            low, high = serangan.bounds(kode, part)
            if high - low < min(lebar, (tahu or {}).get(kode, lebar)) - 1e-6:
                found[kode, part] = (low, high)
    return found
