"""What an official can change, loaded from `definitions/` as frozen, strict objects.

Every loader refuses unknown and missing keys, so that a mistyped key is an error and never a
silently ignored rule. A workspace may put its own declarations before ours (`definisi`).
"""

from reviu_lib.catalog.aturan import (
    Aksi,
    Ambang,
    Angka,
    Aturan,
    Indikator,
    Kelas,
    PeriodeTakSebanding,
    SetIndikator,
    Skala,
    Target,
    list_set_indikator,
    load_ambang,
    load_aturan,
    load_indikator,
)
from reviu_lib.catalog.definisi import (
    NAMA_FOLDER,
    cached,
    has_toml,
    hash_definisi,
    list_own,
    list_toml,
    locate,
    read_toml,
    unite,
    use_definisi,
)
from reviu_lib.catalog.kata import (
    AngkaRingkasan,
    JenisTemuan,
    KategoriHambatan,
    load_hambatan,
    load_ringkasan,
    load_temuan,
)
from reviu_lib.catalog.model import (
    Frozen,
    Model,
    Status,
    build,
    load_named,
)
from reviu_lib.catalog.tabel import (
    Kolom,
    Tabel,
    tabel_hasil,
    tabel_masukan,
)

__all__ = [
    "NAMA_FOLDER",
    "Aksi",
    "Ambang",
    "Angka",
    "AngkaRingkasan",
    "Aturan",
    "Frozen",
    "Indikator",
    "JenisTemuan",
    "KategoriHambatan",
    "Kelas",
    "Kolom",
    "Model",
    "PeriodeTakSebanding",
    "SetIndikator",
    "Skala",
    "Status",
    "Tabel",
    "Target",
    "build",
    "cached",
    "has_toml",
    "hash_definisi",
    "list_own",
    "list_set_indikator",
    "list_toml",
    "load_ambang",
    "load_aturan",
    "load_hambatan",
    "load_indikator",
    "load_named",
    "load_ringkasan",
    "load_temuan",
    "locate",
    "read_toml",
    "tabel_hasil",
    "tabel_masukan",
    "unite",
    "use_definisi",
]
