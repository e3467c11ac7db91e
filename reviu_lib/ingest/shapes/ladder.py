"""The ladder of codes in a printed LRA: which row stands under which.

Work codes climb urusan, bidang, program, kegiatan, sub kegiatan; account codes (5.1.02…) stand
under the work row above them, or are written behind its code. A row's parent is the nearest row
above whose path its own path continues; a row without rows below it is a leaf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from reviu_lib.reference import normalize_nama

_KERJA = re.compile(
    r"[\dX]{1,2}(?:\.[\dX]{1,2}(?:\.\d{2}(?:\.\d{1,2}(?:\.\d{1,2}(?:\.\d{2,4})?)?)?)?)?"
)
_AKUN = re.compile(r"[4-6](?:\.\d(?:\.\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?)?)?")
_SKPD = re.compile(r"[\dX]\.\d{2}(?:\.\d\.\d{2}){2}\.\d{2}(?:\.\d{4})?")
# An SKPD within the code of its work row: right in front of it, or behind urusan and bidang.
_SISIPAN = re.compile(
    rf"(?P<depan>(?:[\dX]{{1,2}}\.[\dX]{{1,2}}\.)?)(?P<skpd>{_SKPD.pattern})(?:\.(?P<sisa>.+))?"
)
_TEPI = re.compile(r"[\s.]+$|\s+")
_SUB_KEGIATAN = 6  # parts of a full sub-kegiatan code
_KATA_AKUN = frozenset({"belanja", "pendapatan", "pembiayaan"})
_INDUK_SKPD = "0000"

Jalur = tuple[str, ...]


@dataclass
class _Pemanjat:
    """Where the reading stands: the SKPD and the work row that account rows stand under."""

    skpd: Jalur = ()
    kode_skpd: str = ""
    nama_skpd: str = ""
    tertulis: str = ""
    kerja: Jalur = ()
    sub_kegiatan: str = ""
    tumpukan: list[tuple[Jalur, int]] = field(default_factory=list)

    def place(self, jalur: Jalur, label: int) -> int | None:
        """Return the row the path stands under, and remember the path."""
        while self.tumpukan and not _continues(jalur, self.tumpukan[-1][0]):
            self.tumpukan.pop()
        parent = self.tumpukan[-1][1] if self.tumpukan else None
        self.tumpukan.append((jalur, label))
        return parent

    def enter_work(self, code: str) -> Jalur:
        """Return the path of a work code; it is without leading zeros: 02 is 2, 0015 is 15."""
        parts = code.split(".")
        self.kerja = (*self.skpd, *(part.lstrip("0") or "0" for part in parts))
        self.sub_kegiatan = code if len(parts) == _SUB_KEGIATAN else ""
        return self.kerja

    def enter_skpd(self, code: str, name: str) -> Jalur:
        """Return the path of an SKPD; a unit (….0001) stands under its SKPD (….0000)."""
        self.tertulis = code
        head, _, unit = code.rpartition(".")
        part_of = len(unit) == len(_INDUK_SKPD) and unit != _INDUK_SKPD
        if not (part_of and self.kode_skpd.startswith(head)):
            self.kode_skpd, self.nama_skpd = code, name
        whole = head if len(unit) == len(_INDUK_SKPD) else code
        self.skpd = ("skpd", whole, unit) if part_of else ("skpd", whole)
        self.kerja, self.sub_kegiatan = self.skpd, ""
        return self.skpd


def _continues(jalur: Jalur, above: Jalur) -> bool:
    return len(jalur) > len(above) and jalur[: len(above)] == above


def build_ladder(codes: pd.Series, names: pd.Series) -> pd.DataFrame:
    """Return one row per code, same index: induk, sub_kegiatan, kode_skpd, nama_skpd, rinci.

    `induk` is the row it stands under (missing at the top), `sub_kegiatan` the code it belongs to
    ("" above that level), `rinci` whether nothing stands below it. Codes of no known form get
    dikenal False and no place.
    """
    rows = pd.DataFrame(_climb(codes, names), index=codes.index)
    parents = set(rows["induk"].dropna())
    return rows.assign(rinci=~codes.index.isin(list(parents)) & rows["dikenal"])


def _climb(codes: pd.Series, names: pd.Series) -> Iterator[dict[str, object]]:
    climber = _Pemanjat()
    cleaned = [_TEPI.sub("", str(code)) for code in codes]
    for place, (label, code, name) in enumerate(zip(codes.index, cleaned, names, strict=True)):
        jalur = _read_path(climber, code, str(name), following=cleaned[place + 1 : place + 2])
        yield {
            "induk": climber.place(jalur, int(label)) if jalur else None,
            "sub_kegiatan": climber.sub_kegiatan if jalur else "",
            "kode_skpd": climber.kode_skpd,
            "nama_skpd": climber.nama_skpd,
            "dikenal": bool(jalur),
        }


def _read_path(climber: _Pemanjat, code: str, name: str, following: Sequence[str]) -> Jalur:
    """Return the path of a code, () for no known form; SKPD and work rows become the context."""
    if inside := _SISIPAN.fullmatch(code):
        code = _lift_skpd(climber, inside)
    if _SKPD.fullmatch(code):
        return climber.enter_skpd(code, name)
    work, account = _split_joined(code)
    if account:
        return (*climber.enter_work(work), *_account_path(account))
    if _is_account(code, name, following):
        return (*climber.kerja, *_account_path(code))
    return climber.enter_work(code) if _KERJA.fullmatch(code) else ()


def _lift_skpd(climber: _Pemanjat, inside: re.Match[str]) -> str:
    """Return a code without the SKPD written in it, which becomes the context."""
    if not inside["sisa"]:
        return inside["skpd"]
    if climber.tertulis != inside["skpd"]:
        climber.enter_skpd(inside["skpd"], "")
    return inside["depan"] + inside["sisa"]


def _account_path(code: str) -> Jalur:
    return ("akun", *code.split("."))


def _split_joined(code: str) -> tuple[str, str]:
    """Return work code and account code of a joined one; ("", "") for any other."""
    parts = code.split(".")
    work, account = ".".join(parts[:_SUB_KEGIATAN]), ".".join(parts[_SUB_KEGIATAN:])
    if _KERJA.fullmatch(work) and account and _AKUN.fullmatch(account):
        return work, account
    return "", ""


def _is_account(code: str, name: str, following: Sequence[str]) -> bool:
    """Return whether a code is of an account; a lone 5 may also be an urusan.

    The second part of an account has one digit, that of an urusan two.
    """
    if not _AKUN.fullmatch(code):
        return False
    if "." in code or set(normalize_nama(name).split()) & _KATA_AKUN:
        return True
    return any(re.fullmatch(rf"{code}\.\d", after) for after in following)
