"""Old Excel workbooks (BIFF8 in a compound file) built record by record."""

import struct


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def number(row, column, value):
    return record(0x203, struct.pack("<3Hd", row, column, 0, value))


def text(row, column, value):
    """Return a cell of text; 255 characters at most."""
    words = value[:255].encode("utf-16-le")
    head = struct.pack("<4HB", row, column, 0, len(words) // 2, 1)
    return record(0x204, head + words)


def formula(row, column, result, flags=0):
    content = struct.pack("<3H8sHIH", row, column, 0, result, flags, 0, 3) + b"\x1e\x01\x00"
    return record(0x06, content)


def make_stream(sheet, *, extra=b""):
    """Return a BIFF8 workbook stream with one sheet `S`."""
    start = record(0x809, struct.pack("<4HII", 0x600, 5, 0, 0, 0, 0)) + extra
    bound = 4 + 6 + 3
    place = len(start) + bound + 4
    name = struct.pack("<IHBB", place, 0, 1, 0) + b"S"
    head = start + record(0x85, name) + record(0x0A)
    body = record(0x809, struct.pack("<4HII", 0x600, 0x10, 0, 0, 0, 0)) + sheet + record(0x0A)
    return head + body


def make_xls(rows):
    """Return a workbook of one sheet: numbers as numbers, all else as text, "" as no cell."""
    cells = [
        number(line, place, cell) if isinstance(cell, float) else text(line, place, cell)
        for line, row in enumerate(rows)
        for place, cell in enumerate(row)
        if cell != ""
    ]
    return pack_cfb(make_stream(b"".join(cells)))


def write_cfb(path, stream, name="Workbook"):
    """Write a compound file with one stream; return its path."""
    path.write_bytes(pack_cfb(stream, name))
    return path


def pack_cfb(stream, name="Workbook"):
    """Return a compound file with one stream of at least 4,096 and at most 60,000 bytes."""
    stream = stream.ljust(max(4_096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat_sector = struct.pack("<128I", *(fat + [0xFFFFFFFF] * 128)[:128])
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
    )
    header += bytes(6) + struct.pack("<9I", 0, 1, 1, 0, 4_096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat_sector + _directory(name, len(stream)) + stream


def _directory(name, size):
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0, 1), (name, 2, 2, size, 0xFFFFFFFF)]
    done = b""
    for title, kind, start, length, child in entries:
        raw = title.encode("utf-16-le")
        done += raw.ljust(64, b"\0") + struct.pack(
            "<HBB3I", len(raw) + 2, kind, 1, *[0xFFFFFFFF] * 2, child
        )
        done += bytes(36) + struct.pack("<IQ", start, length)
    return done.ljust(512, b"\0")
