"""A reminder for each unit, plain text to paste into a message; no person is named in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviu_lib.bahan import BahanReviu
from reviu_lib.catalog import load_lembar
from reviu_lib.files import write_atomic
from reviu_lib.formatting import format_tanggal, mask_identity
from reviu_lib.report.lembar.kembali import Kemajuan, Satuan

_MASALAH_DISEBUT = 5
_PEMISAH = f"\n{'-' * 40}\n\n"
_SEMUA_KEMBALI = "Semua lembar kerja sudah kembali; tidak ada yang perlu diingatkan.\n"


def describe_pengingat(satu: Satuan, bahan: BahanReviu) -> str:
    """Return the reminder to one unit: what is missing, what to look at, until when."""
    words = {
        "tahun": bahan.tahun,
        "kabupaten": bahan.nama,
        "unit": satu.nama,
        "berkas": satu.terkirim.berkas,
        "keadaan": load_lembar().keadaan[satu.keadaan],
        "rincian": _details(satu),
        "tanggal_reviu": format_tanggal(bahan.tanggal_reviu),
    }
    text = load_lembar().pengingat.format(**words).strip()
    return mask_identity("\n".join(line for line in text.splitlines() if line.strip()))


def _details(satu: Satuan) -> str:
    """Return what is wrong, without the advice: that is for the coordinator."""
    shown = [f"- {what}" for what, _ in satu.masalah[:_MASALAH_DISEBUT]]
    more = len(satu.masalah) - len(shown)
    return "\n".join([*shown, *([f"- dan {more} hal lain"] if more > 0 else [])])


def list_reminded(kemajuan: Kemajuan) -> list[Satuan]:
    """Return the units that still have something to send."""
    return [satu for satu in kemajuan.unit if satu.keadaan != "kembali"]


def write_pengingat(kemajuan: Kemajuan, bahan: BahanReviu, path: Path) -> None:
    """Write the reminders of all units that need one to `path` (.txt), one below the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, _join(describe_pengingat(satu, bahan) for satu in list_reminded(kemajuan)))


def _join(texts: Iterable[str]) -> bytes:
    return (_PEMISAH.join(f"{text}\n" for text in texts) or _SEMUA_KEMBALI).encode()
