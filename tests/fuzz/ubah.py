"""Changes of one input that keep it a file: of one cell, one part of an archive, one record.

Bytes changed anywhere would nearly always break the archive or the XML and never reach a rule.
`Ubah` takes the plain change of the fuzzing engine and puts it in the right place.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.sax.saxutils import escape

from xls_kecil import pack_cfb

from reviu_lib.ingest.files import BerkasDitolak
from reviu_lib.ingest.files.scan.cfb import open_cfb

Mentah = Callable[[bytes, int], bytes]
TERBESAR = 60_000  # bytes of one part that is changed
# What people write where something else is expected.
KATA = (
    "", "0", "-", "1.234", "1.234,5", "1,234.5", "1e309", "-3", "50%", "Rp 1.250.000,-", "9" * 40,
    "31/02/2021", "44417", "1900-01-00", "2021-13-40", "Triwulan II", "s.d.", "N/A", "#DIV/0!",
    "1218000101209999", "12.18", "12.18.02.2001", "73.12.01.2001", "Jumlah", "Total", "Keterangan:",
    "ya", "tidak", "tahunan", "I01", "E01", "kode_desa", "kecamatan", "pembilang", "NIK", "2021",
    "\u200b", "\u202e", "\ufeff", "=1+1", "nan", "inf", "None", "2,5", "lima", "a" * 5_000, "١٢٣",
)  # fmt: skip
_TAK_TERBUKA = (
    zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError
)  # fmt: skip
_XML = re.compile(rb">([^<>]*)<|=\"([^\"<>]*)\"")
_UNSUR = re.compile(
    rb"<((?:\w+:)?(?:c|row|table-row|table-cell|tr|tc|p|mergeCell))[ >/][^\x00]*?</\1>"
)


def change_text(data: bytes, rng: random.Random, mentah: Mentah) -> bytes:
    """Return a text with one cell replaced, doubled, or moved, or with plain changes."""
    if rng.random() < 0.4:
        return mentah(data, TERBESAR)
    parts = re.split(r"([;,\t\n])", data.decode("utf-8", "surrogateescape"))
    place = rng.randrange(len(parts))
    other = rng.choice(parts)
    parts[place] = rng.choice([rng.choice(KATA), other, parts[place] * 2, "", f'"{other}"'])
    return "".join(parts).encode("utf-8", "surrogateescape")


def change_archive(data: bytes, rng: random.Random, mentah: Mentah) -> bytes:
    """Return an archive with one part changed; now and then with plain changes of its bytes."""
    try:
        parts = _unpack(data)
    except _TAK_TERBUKA:
        return mentah(data, TERBESAR)
    if not parts or rng.random() < 0.03:
        return mentah(data, TERBESAR)
    name = rng.choices(list(parts), [_weigh(name) for name in parts])[0]
    parts[name] = _change_xml(parts[name], rng, mentah)
    return _pack(parts)


def _weigh(name: str) -> int:
    telling = ("sheet1.xml", "content.xml", "sharedStrings.xml", "document.xml", "workbook.xml")
    return 20 if name.endswith(telling) or "/worksheets/" in name else 1


def _unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if info.file_size <= 1_000_000]
        return {info.filename: archive.read(info) for info in infos}


def _pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _change_xml(data: bytes, rng: random.Random, mentah: Mentah) -> bytes:
    """Return XML with one text or value replaced, one element doubled or gone, or plain changes."""
    chance = rng.random()
    pattern = _XML if chance < 0.7 else _UNSUR
    found = list(pattern.finditer(data)) if chance < 0.95 else []
    if not found:
        return mentah(data, TERBESAR)
    spot = rng.choice(found)
    if pattern is _UNSUR:
        other = rng.choice(found)[0]
        new = rng.choice([b"", spot[0] * 2, other, spot[0] + other])
        return data[: spot.start()] + new + data[spot.end() :]
    group = 1 if spot[1] is not None else 2
    new = _new_value(spot[group], rng, mentah)
    return data[: spot.start(group)] + new + data[spot.end(group) :]


def _new_value(old: bytes, rng: random.Random, mentah: Mentah) -> bytes:
    if rng.random() < 0.5:
        return escape(rng.choice(KATA), {'"': "&quot;"}).encode("utf-8", "replace")
    changed = mentah(old, max(64, 2 * len(old))).decode("utf-8", "replace")
    return escape(changed, {'"': "&quot;"}).encode("utf-8", "replace")


def change_records(data: bytes, rng: random.Random, mentah: Mentah) -> bytes:
    """Return an old workbook with one record changed, doubled, or gone; or plain changes."""
    records = _split_records(data)
    if not records or rng.random() < 0.15:
        return mentah(data, TERBESAR)
    place = rng.randrange(len(records))
    kind, content = records[place]
    changed = mentah(content or b"\0", 2_000)[:8_000]
    kinds = [kind, kind, kind, rng.choice(records)[0], rng.randrange(0x1000)]
    new = [(rng.choice(kinds), changed)]
    records[place : place + 1] = rng.choice([new, new, [], [*new, (kind, content)]])
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
    return pack_cfb(stream[:TERBESAR])


def _split_records(data: bytes) -> list[tuple[int, bytes]]:
    try:
        stream = open_cfb(data).read("Workbook").rstrip(b"\0")
    except (BerkasDitolak, KeyError):
        return []
    records, place = [], 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        records.append((kind, stream[place + 4 : place + 4 + size]))
        place += 4 + size
    return records


# Reader → how its inputs are changed.
UBAH = {
    "xlsx": change_archive,
    "xls": change_records,
    "ods": change_archive,
    "csv": change_text,
    "eppgbm": change_text,
    "docx": change_archive,
    "lembar": change_archive,
}
