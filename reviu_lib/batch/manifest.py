"""`manifest.json` beside each report: written last, it alone says that a report succeeded.

It holds the hashes of everything the report was made from, so that an unchanged report is
skipped, and the hash of every file that was put out, so that a file somebody edited is kept aside.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from reviu_lib.errors import KodeError, RuangError
from reviu_lib.files import hash_bytes, hash_file, replace_file, write_atomic
from reviu_lib.reference import nama_wilayah
from reviu_lib.store import SKEMA, Ruang, explain_skema, is_newer

TIM = "-tim"  # suffix of the team's copy of the Word edition, beside the fresh one
TEMUAN = "temuan.xlsx"  # written by the check, beside the reports
SELESAI, GAGAL, BERJALAN = "selesai", "gagal", "berjalan"
# Suffixes of files that are no longer, or never were, the report.
USANG, SUNTINGAN = "-usang", "-suntingan"
# More codes than these are not listed one by one in the index.
_KODE_DISEBUT = 4
# Kinds of output, in the order of the index, with the words of their links.
_TAUTAN = {
    "html": "Laporan",
    "docx": "Dokumen Word",
    "pdf": "PDF",
    "xlsx": "Lampiran Excel",
    "ipynb": "Notebook",
}
# What a public edition can be; anything else that stands beside it stays there.
FORMAT_PUBLIK = ("html", "xlsx")
_POLA_PUBLIK = "*/*/reviu-*-publik*"
_SEBAB = {
    "skema": "susunan manifes berubah",
    "notebook": "notebook berubah",
    "parameter": "parameter berubah",
    "format": "format yang diminta berubah",
    "masukan": "data berubah",
    "definisi": "definisi ruang kerja berubah",
    "pustaka": "pustaka reviu berubah",
    "templat": "templat laporan berubah",
    "templat_dokumen": "templat dokumen Word berubah",
    "rapat": "edisi rapat berubah",
    "lingkungan": "versi Python atau pustaka lain berubah",
}


def load_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a report folder in the present form; an empty one when absent.

    One of an older form keeps its entries, so that edited files are still told from ours; its
    reports are made again. A damaged one means only that. Raises RuangError for one that a newer
    version wrote: what it vouches for must not be taken for ours.
    """
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if is_newer(content):
        raise RuangError(
            f"Laporan di folder ini {explain_skema(content)}.",
            di=f"{'/'.join(folder.parts[-3:])}/manifest.json",
            lakukan="Pasang reviu yang lebih baru, atau pindahkan folder itu dari reports/ lalu "
            "jalankan `reviu laporan`.",
        )
    return {"skema": SKEMA, "laporan": content["laporan"] if _is_whole(content) else {}}


def _is_whole(content: Any) -> bool:
    return (
        not explain_skema(content)
        and isinstance(content.get("laporan"), dict)
        and all(isinstance(entry, dict) for entry in content["laporan"].values())
    )


def require_known(ruang: Ruang) -> None:
    """Raise RuangError when a newer version made any report of the workspace."""
    list_entries(ruang)


def list_written(folder: Path, *, other_than: str = "") -> dict[str, set[str]]:
    """Return name → hashes of the files that runs wrote into a report folder, for any edition.

    A run that was killed while it put files in place leaves two hashes: before and after.
    `other_than` leaves out the files of that edition which no other edition shares.
    """
    written: dict[str, set[str]] = {}
    for nama, entry in load_manifest(folder)["laporan"].items():
        for part in ("keluaran", "calon") if nama != other_than else ():
            for name, digest in entry.get(part, {}).items():
                written.setdefault(name, set()).add(digest)
    return written


def save_entry(folder: Path, nama: str, entry: Mapping[str, Any]) -> None:
    """Write `entry` under `nama` (the edition) into the manifest of a report folder.

    Editions share the pages of the check; their hashes become the present ones in all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    manifest = load_manifest(folder)
    present = entry.get("keluaran", {})
    for other in manifest["laporan"].values():
        shared = other.get("keluaran", {})
        shared.update({name: present[name] for name in shared if name in present})
    manifest["laporan"][nama] = dict(entry)
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomic(folder / "manifest.json", f"{text}\n".encode())


def list_entries(ruang: Ruang) -> list[dict[str, Any]]:
    """Return the entries of every manifest under reports/, by year, code, and edition.

    Each is a dict with at least status, jenis, kode (list), nama, tahun, edisi, contoh, keluaran
    (name → hash), dibuat, pesan, folder (relative to reports/), and temuan (whether the workbook of
    findings stands there).
    """
    paths = sorted(
        [*ruang.reports.glob("*/manifest.json"), *ruang.reports.glob("*/*/manifest.json")]
    )
    folders = [path.parent for path in paths]
    return [
        {
            **entry,
            "folder": folder.relative_to(ruang.reports).as_posix(),
            "temuan": (folder / TEMUAN).is_file(),
        }
        for folder in folders
        for _, entry in sorted(load_manifest(folder)["laporan"].items())
    ]


def describe_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as the index page tells it (the fields of `EntriIndeks`)."""
    failed = entry["status"] != SELESAI
    place = f" ({entry['bagian']})" if entry.get("bagian") else ""
    return {
        "kode": _join_codes(entry["kode"]),
        "nama": entry["nama"],
        "provinsi": _provinsi(entry["kode"]),
        "tahun": entry["tahun"],
        "edisi": describe_edisi(entry),
        "status": "gagal" if failed else "berhasil",
        "pesan": f"{entry.get('pesan', 'Pembuatan laporan terhenti.')}{place}" if failed else "",
        "contoh": entry["contoh"],
        "tautan": _links(entry),
        **_numbers(entry.get("indeks", {})),
    }


def _provinsi(codes: Sequence[str]) -> str:
    """Return the province of the codes, several in words, empty where the code is unknown."""
    provinces = {kode[:2] for kode in codes}
    if len(provinces) > 1:
        return "Beberapa provinsi"
    try:
        return nama_wilayah(provinces.pop())
    except KodeError:
        return ""


def _join_codes(kode: Sequence[str]) -> str:
    """Return the codes; of a comparison of many the first and how many more."""
    if len(kode) <= _KODE_DISEBUT:
        return ", ".join(kode)
    return f"{kode[0]} dan {len(kode) - 1} lainnya"


def describe_edisi(entry: Mapping[str, Any]) -> str:
    """Return the words for the edition of an entry."""
    jenis = str(entry.get("jenis", "laporan"))
    if jenis == "notebook":
        return f"notebook {entry['pesanan']['sebutan']}"
    if jenis != "laporan":
        return jenis
    return f"{entry['edisi']}, publik" if entry.get("publik") else str(entry["edisi"])


def _links(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    names = sorted(entry["keluaran"], key=_link_order)
    links = tuple((_link_label(name), f"{entry['folder']}/{name}") for name in names)
    if not entry.get("temuan"):
        return links
    return (*links, ("Temuan (Excel)", f"{entry['folder']}/{TEMUAN}"))


def _link_order(name: str) -> tuple[bool, int, str]:
    return (
        name.startswith(("periksa", "pengembalian", "rencana")),
        list(_TAUTAN).index(name.rsplit(".", 1)[-1]),
        name,
    )


def _link_label(name: str) -> str:
    label = _TAUTAN[name.rsplit(".", 1)[-1]]
    if f"-{GAGAL}." in name:
        label = "Notebook yang berhenti"
    if name.endswith(f"{TIM}.docx"):
        label = "Dokumen Word suntingan tim"
    if name.startswith("pengembalian"):
        label = "Daftar untuk puskesmas"
    if name.startswith("rencana"):
        label = "Rencana tahun depan"
    return f"Pemeriksaan data ({label})" if name.startswith("periksa") else label


def _numbers(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(map(tuple, value)) if key == "angka" else value for key, value in told.items()
    }


def explain_kunci(entry: Mapping[str, Any], kunci: Mapping[str, Any], folder: Path) -> str:
    """Return why a report must be made, in Indonesian; empty when it is up to date."""
    if not entry:
        return "belum pernah dibuat"
    if entry.get("status") == GAGAL:
        return "terakhir kali gagal"
    if entry.get("status") != SELESAI:
        return "terakhir kali terhenti"
    changed = explain_change(entry.get("kunci", {}), kunci)
    absent = [name for name in entry.get("keluaran", {}) if not (folder / name).is_file()]
    return "; ".join([changed] * bool(changed) + [f"{name} tidak ada" for name in absent])


def explain_change(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return which parts of two keys differ, in Indonesian; empty when none does."""
    return "; ".join(why for key, why in _SEBAB.items() if before.get(key) != now.get(key))


def publish(
    staging: Path, folder: Path, before: Mapping[str, Collection[str]]
) -> tuple[dict[str, str], list]:
    """Return hashes of the files moved from `staging` to `folder`, and names kept aside.

    A file in `folder` that no run wrote (`before`: name → hashes) was edited by somebody: it is
    renamed, never overwritten. Raises RuangError when a file cannot be replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hashes, kept = {}, []
    for path in sorted(staging.iterdir()):
        final = folder / path.name
        if final.is_file() and path.name in before and hash_file(final) not in before[path.name]:
            kept.append(_set_aside(final, SUNTINGAN).name)
        hashes[path.name] = hash_file(path)
        replace_file(path, final)
    return hashes, kept


def remove_gone(folder: Path, before: Mapping[str, str], written: Collection[str]) -> None:
    """Remove files of an earlier run (`before`: name → hash) that this one did not write.

    One that somebody edited since is their work and stays.
    """
    for name in set(before) - set(written):
        path = folder / name
        if path.is_file() and hash_file(path) == before[name]:
            path.unlink()


def retire(folder: Path, before: Mapping[str, str], still_good: Collection[str]) -> None:
    """Rename outputs of an earlier run, so that nobody takes them for the present ones.

    `before` is name → hash as written then; a file that somebody edited since keeps a dated name.
    """
    for name, digest in before.items():
        path = folder / name
        if name not in still_good and path.is_file():
            _set_aside(path, USANG if hash_file(path) == digest else SUNTINGAN)


def clear_retired(folder: Path, stems: Sequence[str]) -> None:
    """Remove what failed or outdated runs left beside a report that now succeeded."""
    for name in (name for stem in stems for name in (stem, f"{stem}{TIM}")):
        for suffix in (USANG, f"-{GAGAL}", f"-{GAGAL}{USANG}"):
            for path in folder.glob(f"{name}{suffix}.*"):
                path.unlink(missing_ok=True)


def _set_aside(path: Path, suffix: str) -> Path:
    """Return the new place of `path`: one name for outdated files, a dated one for edited ones."""
    mark = suffix
    if suffix == SUNTINGAN:
        edited = datetime.fromtimestamp(path.stat().st_mtime)
        mark = f"{suffix}-{edited:%Y%m%d-%H%M%S}"
    target = path.with_name(f"{path.stem}{mark}{path.suffix}")
    number = 1
    while suffix == SUNTINGAN and target.exists():
        number += 1
        target = path.with_name(f"{path.stem}{mark}-{number}{path.suffix}")
    try:
        path.replace(target)
    except OSError as error:
        raise RuangError(
            "Berkas laporan lama tidak dapat disisihkan.",
            di=str(path),
            lakukan="Tutup berkas itu bila sedang dibuka, lalu ulangi.",
        ) from error
    return target


def mirror_public(ruang: Ruang) -> list[dict[str, Any]]:
    """Bring `reports/publik/` up to date; return its entries as the index page tells them.

    Copies that no finished public edition vouches for any longer are removed: an older edition
    beside a newer one could show by their difference what each closes. Other files stay.
    """
    entries = [entry for entry in list_entries(ruang) if _is_ready(entry, ruang)]
    wanted = {target: source for entry in entries for source, target in _pairs(entry, ruang)}
    for path in ruang.portal_of(publik=True).glob(_POLA_PUBLIK):
        if path not in wanted:
            path.unlink()
    for target, source in wanted.items():
        _copy(source, target)
    return [describe_entry({**entry, "temuan": False}) for entry in entries]


def _is_ready(entry: Mapping[str, Any], ruang: Ruang) -> bool:
    """Return whether the entry is a finished public edition with its files as they were written."""
    if not entry.get("publik") or entry["status"] != SELESAI:
        return False
    folder = ruang.reports / str(entry["folder"])
    return all(
        name.endswith(FORMAT_PUBLIK)
        and (folder / name).is_file()
        and hash_file(folder / name) == digest
        for name, digest in entry["keluaran"].items()
    )


def _pairs(entry: Mapping[str, Any], ruang: Ruang) -> Iterator[tuple[Path, Path]]:
    """Yield each file of an entry with its place in the public folder."""
    for name in entry["keluaran"]:
        place = Path(entry["folder"]) / name
        yield ruang.reports / place, ruang.portal_of(publik=True) / place


def _copy(source: Path, target: Path) -> None:
    data = source.read_bytes()
    if target.is_file() and hash_file(target) == hash_bytes(data):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(target, data)
