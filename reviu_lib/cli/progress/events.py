"""Events for other programs: one JSON object a line, written as it happens.

Fields: `waktu` (ISO 8601 with offset), `peristiwa` (a word of `KABAR`, at the end `ringkasan`),
and, where they apply, `pekerjaan`, `nama`, `kode`, `tahun`, `teks`, `di`, `lakukan`, `detik`,
`jumlah` (in `ringkasan` by ending, beside `kode_keluar`). Nothing in them is personal: texts are
masked as everywhere else.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from reviu_lib.batch import Kabar, Luaran
from reviu_lib.errors import RuangError
from reviu_lib.formatting import mask_identity

Tulis = Callable[[Kabar], None]


class Peristiwa:
    """Writes each piece of news as a line; without a stream it hears and does nothing."""

    def __init__(self, stream: IO[str] | None) -> None:
        self.stream = stream

    def __call__(self, kabar: Kabar) -> None:
        """Write one piece of news."""
        fields = {key: value for key, value in asdict(kabar).items() if value}
        self._write(fields.pop("jenis"), fields)

    def conclude(self, outcomes: Sequence[Luaran], kode_keluar: int) -> None:
        """Write how many ended in which way, and the exit code."""
        counts = Counter(item.status for item in outcomes)
        self._write(
            "ringkasan", {"jumlah": dict(sorted(counts.items())), "kode_keluar": kode_keluar}
        )

    def _write(self, event: str, fields: dict[str, Any]) -> None:
        if self.stream is None:
            return
        now = datetime.now().astimezone().isoformat(timespec="milliseconds")
        safe = {k: mask_identity(v) if isinstance(v, str) else v for k, v in fields.items()}
        line = {"waktu": now, "peristiwa": event, **safe}
        self.stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.stream.flush()


@contextmanager
def open_events(path: Path | None) -> Iterator[Peristiwa]:
    """Yield who writes events into `path`, anew; without a path nobody does.

    Raises RuangError when the file cannot be written.
    """
    if path is None:
        yield Peristiwa(None)
        return
    try:
        stream = path.open("w", encoding="utf-8")
    except OSError as error:
        raise RuangError(
            f"Berkas peristiwa tidak dapat ditulis ({error.strerror}).",
            di=str(path),
            lakukan="Sebut berkas di folder yang ada dan boleh ditulis.",
        ) from error
    with stream:
        yield Peristiwa(stream)
