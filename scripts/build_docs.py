"""Write docs/kamus-data.md, asumsi.md, uji-baca.md, and parts of metodologi.md and panduan/bab.

`python scripts/build_docs.py` rewrites them all from data; a test compares the committed files with
what this script makes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from isi_bab import fill_bab
from isi_metodologi import fill_metodologi, list_eras, number, table
from pydantic import BaseModel

from reviu_lib import catalog
from reviu_lib.growth.change.sources import SumberPrevalensi
from reviu_lib.growth.quality import declarations as mutu
from reviu_lib.review.kamus import AturanBukti, PetunjukHambatan
from reviu_lib.review.konvergensi import aturan as konvergensi

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
DEFINISI = ROOT / "reviu_lib" / "definitions"
TANDA = "<!-- Dihasilkan oleh scripts/build_docs.py; jangan disunting dengan tangan. -->"

# What may stand in each kind of definition file, in the order a reader meets them.
MODEL: tuple[tuple[str, type[BaseModel]], ...] = (
    ("aturan/*.toml: satu berkas satu era", catalog.Aturan),
    ("aturan/*.toml, [[aksi]]", catalog.Aksi),
    ("aturan/*.toml, [[periode_tak_sebanding]]", catalog.PeriodeTakSebanding),
    ("aturan/*.toml, [pasokan]", catalog.KelompokPasokan),
    ("aturan/*.toml, [pelaku_kecamatan]", catalog.PelakuKecamatan),
    ("aturan/*.toml, [kelas_hasil]", catalog.KelasHasil),
    ("aturan/*.toml, [[target_prevalensi]], dan indikator/*/*.toml, [[target]]", catalog.Target),
    ("indikator/*/*.toml: satu berkas satu kartu", catalog.Indikator),
    ("indikator/*/_set.toml", catalog.SetIndikator),
    ("ambang.toml, [angka]", catalog.Angka),
    ("ambang.toml, [skala.*]", catalog.Skala),
    ("ambang.toml, [skala.*], kelas", catalog.Kelas),
    ("hambatan.toml", catalog.KategoriHambatan),
    ("petunjuk_hambatan.toml", PetunjukHambatan),
    ("konvergensi.toml", konvergensi.AturanKonvergensi),
    ("konvergensi.toml, [[layanan]]", konvergensi.Layanan),
    ("konvergensi.toml, [[paket]]", konvergensi.Paket),
    ("periksa_bukti.toml", AturanBukti),
    ("sumber_prevalensi.toml", SumberPrevalensi),
    ("temuan.toml dan temuan_reviu.toml", catalog.JenisTemuan),
    ("ringkasan.toml", catalog.AngkaRingkasan),
    ("mutu.toml, [pemeriksaan.*]", mutu.Pemeriksaan),
    ("mutu.toml, [pemeriksaan.*], pola", mutu.Pola),
    ("mutu.toml, [skala.*]", mutu.SkalaMutu),
    ("mutu.toml, [pertumbuhan]", mutu.Pertumbuhan),
    ("mutu.toml, [pertumbuhan], batas", mutu.BatasTumbuh),
    ("mutu.toml, [putusan]", mutu.Putusan),
    ("tabel_masukan.toml, tabel_hasil.toml, dan tabel_banding.toml", catalog.Tabel),
    ("tabel_masukan.toml, tabel_hasil.toml, dan tabel_banding.toml, kolom", catalog.Kolom),
    ("banding.toml", catalog.AturanBanding),
    ("rapat.toml", catalog.AturanRapat),
    ("rapat.toml, [[usulan]]", catalog.UsulanRapat),
    ("rapat.toml, [[sesi]]", catalog.Sesi),
    ("rapat.toml, [[unsur]]", catalog.Unsur),
    ("rapat.toml, [[dokumen]]", catalog.NaskahRapat),
    ("rapat.toml, [[dokumen.bab]]", catalog.BabNaskah),
    ("rapat.toml, [[slaid]]", catalog.SlaidRapat),
    ("rapat.toml, [[tabel_slaid]]", catalog.TabelSlaid),
    ("rapat.toml, [lembar_ringkas]", catalog.AturanLembar),
    ("rapat.toml, [[tingkatan]]", catalog.Tingkatan),
    ("rapat.toml, [[pertanyaan]]", catalog.Pertanyaan),
    ("banding.toml, [[dimensi]]", catalog.DimensiMutu),
    ("banding.toml, [[dimensi]], kelas", catalog.KelasDimensi),
    ("banding.toml, [[dimensi]], putusan", catalog.PutusanDimensi),
)
# Keys that the file says by a section or by a name before the braces.
NAMA_BAGIAN = {
    "hambatan.toml": {"kode"},
    "petunjuk_hambatan.toml": {"kode"},
    "periksa_bukti.toml": {"kode"},
    "sumber_prevalensi.toml": {"kode"},
    "temuan.toml dan temuan_reviu.toml": {"kode"},
    "ringkasan.toml": {"kunci", "bab"},
    "mutu.toml, [pemeriksaan.*]": {"kode"},
    "tabel_masukan.toml, tabel_hasil.toml, dan tabel_banding.toml": {"nama"},
    "tabel_masukan.toml, tabel_hasil.toml, dan tabel_banding.toml, kolom": {"nama"},
}
ARTI_KUNCI = {
    "kode": "pengenal; sama dengan nama berkas pada era dan kartu",
    "tahun_mulai": "tahun reviu pertama yang memakai era ini",
    "tahun_akhir": "tahun reviu terakhir yang memakai era ini",
    "rujukan": "dokumen dan butir yang menjadi dasar",
    "status": "terverifikasi: terbaca pada sumber; asumsi: belum, dan dicetak pada laporan",
    "judul_reviu": "judul pada sampul",
    "judul_dokumen": "nama dokumen yang dihasilkan",
    "set_indikator": "folder kartu di bawah indikator/",
    "sasaran": "kelompok sasaran prioritas dalam satu frasa",
    "keluaran": "enam keluaran reviu, berurutan",
    "bagian_dokumen": "lima bagian dokumen hasil, berurutan",
    "dasar_hukum": "peraturan dan pedoman yang dicetak di pendahuluan",
    "bulan_penimbangan": "nomor bulan penimbangan serentak",
    "periode_tak_sebanding": "bulan yang angkanya tidak dibandingkan dengan bulan lain",
    "bulan": "nomor bulan, 1 sampai 12",
    "alasan": "mengapa tidak dibandingkan, sebagaimana dibaca pengguna",
    "rumpun": "angka dari rumpun yang sama boleh menjadi satu deret AARR",
    "indikator_sasaran_balita": "kartu yang penyebutnya seluruh balita sasaran (S pada D/S)",
    "indikator_krs": "kartu yang penyebutnya keluarga berisiko stunting; kosong bila tidak ada",
    "masukan_analisis": "penerima rekomendasi untuk analisis situasi tahun depan",
    "masukan_rencana": "penerima rekomendasi untuk rencana kegiatan tahun depan",
    "aksi_reviu": "kode aksi yang merupakan reviu ini sendiri",
    "aksi": "daftar aksi era itu",
    "target_prevalensi": "target prevalensi nasional dan provinsi yang diketahui",
    "asumsi": "kalimat yang dicetak pada setiap laporan era itu",
    "kelompok": "utama atau pendukung",
    "bukti": "dokumen yang lazim membuktikan aksi itu",
    "waktu_lazim": "kapan aksi itu lazim selesai",
    "bobot": "bobot pada kemajuan aksi",
    "kosong": "garis yang dicetak untuk isian yang tidak diketahui",
    "sesi": "pertemuan: rapat persiapan atau rapat reviu; pada unsur, yang mengundangnya",
    "acara": "butir acara: nama, pelaku, dan lamanya dalam menit",
    "unsur": "unsur peserta rapat",
    "usulan": "tabel usulan yang diputuskan rapat",
    "dokumen": "naskah rapat, menurut urutan pembuatannya",
    "penanda_tangan": "kata di atas tanda tangan bila tidak diisi pada reviu.toml",
    "bab": "bab naskah: judul, alinea, daftar, lalu yang disusun dari data",
    "alinea": "alinea; yang angkanya tidak tersedia tidak dicetak",
    "daftar": "butir daftar; yang angkanya tidak tersedia tidak dicetak",
    "bernomor": "daftar bernomor",
    "slaid": "slaid paparan, menurut urutannya",
    "judul_tanpa_angka": "judul bila angka pada judul tidak tersedia",
    "grafik": "grafik yang disusun dari data",
    "tabel": "tabel yang disusun dari data",
    "penyaji": "kalimat untuk penyaji",
    "tabel_slaid": "tabel yang boleh disebut slaid",
    "sumber_tabel": "tabel hasil yang menjadi asalnya",
    "lebar": "bagian lebar tiap kolom",
    "lembar_ringkas": "batas dan urutan isi lembar ringkas",
    "tingkatan": "tingkatan desa/kelurahan bila semuanya lokus",
    "sampai_persen": "sampai bagian urutan usulan lokus ini",
    "baris_cakupan": "banyaknya baris pada tabel cakupan lembar",
    "nama_daftar": "banyaknya nama pada tiap daftar lembar",
    "banyak_pertanyaan": "banyaknya pertanyaan pada lembar",
    "sumber_dana_desa": "nama sumber dana yang dibaca sebagai Dana Desa",
    "bila": "ukuran tempat itu dan batasnya; tanpa ini boleh selalu ditanyakan",
    "teks": "bunyi pertanyaan",
    "isi": "bagian yang disusun dari data, menurut urutan",
    "tujuan": "tujuan pertemuan",
    "saring": "baris yang dipilih: kolom dan nilainya",
    "penanggung_jawab": "kolom penanggung jawab usulan",
    "tenggat": "kolom tenggat usulan",
    "sumber_dana": "kolom sumber dana usulan",
    "tingkat": "siapa yang menetapkan, atau beratnya temuan",
    "tahun": "tahun target atau tahun periode",
    "nilai": "angka; target dalam persen",
    "sumber": "dokumen asal target",
    "kode_wilayah": "00 nasional, atau kode provinsi",
    "diketahui_sejak": "reviu sebelum tanggal ini tidak memakai target itu",
    "alias": "cara tulis lain untuk hasil bagi yang sama",
    "kelompok_sasaran": "kelompok indikator pada formulir",
    "arah": "naik: makin tinggi makin baik; turun: makin rendah makin baik",
    "populasi_penyebut": "sebutan pendek penduduk pada penyebut; sama bila penduduknya sama",
    "waktu": "titik: keadaan pada satu saat; kumulatif: layanan yang dijumlahkan sepanjang tahun",
    "diperiksa": "tanggal kartu terakhir diperiksa",
    "batas_bawah": "angka terkecil pada kelas itu",
    "batas_masuk_bawah": "true: angka tepat di batas masuk kelas di bawahnya",
    "warna": "warna heksadesimal yang terbedakan bagi buta warna",
    "simbol": "tanda yang menyertai warna",
    "arahan_solusi": "arahan umum bila OPD belum mengusulkan solusi",
    "pertanyaan": "pertanyaan pemandu rapat",
    "kategori": "kategori hambatan yang mungkin, bila rapat membenarkannya",
    "indikator": "kode indikator yang diperiksa",
    "ambang": "batas yang semuanya harus terpenuhi",
    "kelas_umur_bulan": "batas bawah umur tiap kelas anak, bulan genap",
    "umur_maks_bulan": "umur terakhir yang masih sasaran",
    "layanan": "layanan pada skor desa",
    "paket": "paket layanan yang diperiksa di desa yang sama",
    "jendela": "bulan yang tandanya dihitung",
    "minimum": "banyaknya tanda; pada anak satu angka tiap kelas umur, 0 berarti TS",
    "syarat": "keadaan yang membuatnya seharusnya; kosong berarti selalu",
    "pelengkap": "tanda lain yang juga harus ada",
    "pelengkap_sejak_bulan": "umur mulai tanda pelengkap diperlukan",
    "lembar": "nama lembar atau judul kolom di buku kerja",
    "kunci": "kolom yang bersama-sama menamai satu baris, atau pengenal angka ringkasan",
    "ranah": "ranah IKDA tempat skornya dihitung",
    "dihitung": "apa yang menjadi n",
    "skala": "nama skala yang menilainya",
    "dinilai": "yang dibaca skala: nilainya, atau p-nya",
    "n_minimum": "n di bawah ini belum dapat dinilai, atau tidak disebut sebagai pola",
    "inti": "tingkat yang putusannya bercatatan bila pemeriksaan ini belum dapat dinilai",
    "dampak": "beratnya pada putusan",
    "harapan_persen": "bagian yang wajar; p adalah peluang melihat sebanyak ini bila wajar",
    "pola": "kapan suatu tempat disebut, atau kalimat yang menyebutnya",
    "sebab": "kemungkinan sebab, yang netral lebih dahulu",
    "nilai_minimum": "disebut mulai dari nilai ini",
    "kasus_minimum": "disebut mulai dari sekian kasus",
    "dari": "batas bawah tiap kelas kecuali yang terakhir",
    "sampai": "batas atas tiap kelas kecuali yang terakhir",
    "angka": "skor 0 sampai 100 tiap kelas",
    "poin": "poin ENA tiap kelas",
    "tepi_masuk": "true: angka tepat di batas masuk kelas itu",
    "mutlak": "true: yang dibandingkan nilai mutlaknya",
    "batas": "batas menurut usia, yang termuda dahulu",
    "sampai_bulan": "usia (bulan) sampai batas ini berlaku",
    "cm_per_bulan": "pertambahan tinggi terbesar",
    "dapat": "putusan bila tidak ada yang menonjol",
    "catatan": "putusan bila ada catatan",
    "jangan": "putusan bila ada alasan berat",
    "kurang_anak": "alasan bila anak terlalu sedikit",
    "kurang_inti": "alasan bila pemeriksaan inti belum dapat dinilai",
    "bagian": "alasan kabupaten karena puskesmasnya",
    "tanpa_alasan": "teks bila tidak ada alasan",
    "batas_lazim_bulan": "bulan akhir waktu lazim; 14 berarti Februari tahun berikutnya",
    "jumlah_indikator_resmi": "banyaknya indikator menurut aturan, juga bila belum terbaca",
    "penandaan_anggaran": "kalimat tentang belanja yang dihitung langsung ke sasaran",
    "pasokan": "kelompok indikator pasokan era itu; boleh tidak ada",
    "pelaku_kecamatan": "kecamatan sebagai pelaku aksi; boleh tidak ada",
    "kelas_hasil": "kelas hasil era itu; boleh tidak ada",
    "jumlah_resmi": "banyaknya indikator pasokan menurut aturan",
    "daftar_terbuka": "true: daftar resminya belum terbaca, kabupaten mengisi sendiri",
    "pengisi": "OPD atau menu yang mengisi",
    "seperti": "set yang kartunya diambil alih (pada era: era yang isinya diambil alih)",
    "tanpa": "kode kartu yang tidak diambil alih",
    "butir": "butir pada formulir",
    "huruf": "huruf dan bagian terkecilnya dalam persen",
    "arti_tinggi": "kapan sebuah desa disebut tinggi",
    "opsional": "true: lembar boleh tidak ada tanpa peringatan",
    "kemiripan": "bobot unsur kemiripan dua kabupaten/kota",
    "dimensi": "dimensi peta mutu data, menurut urutan kolomnya",
    "kata": "kata pada sel, atau putusan yang dikenali",
    "nada": "baik, sedang, buruk, atau netral: warna dan lambang",
    "tampil": "kata yang lebih pendek pada sel",
    "putusan": "kata putusan yang dikenali, bila dimensinya bukan angka",
}
JENIS_PYTHON = {"str": "teks", "int": "bilangan bulat", "float": "bilangan", "bool": "true/false"}


# --- kamus data ---------------------------------------------------------------------------------


def describe_limits(kolom: catalog.Kolom) -> str:
    """Return the choices or the range of a column."""
    if kolom.pilihan:
        return "; ".join(kolom.pilihan)
    low = f"≥ {number(kolom.min)}" if kolom.min is not None else ""
    high = f"≤ {number(kolom.max)}" if kolom.max is not None else ""
    return ", ".join(part for part in (low, high) if part)


def describe_table(tabel: catalog.Tabel) -> str:
    """Return one table: meaning, key, source, and its columns."""
    rows = [
        (
            f"`{kolom.nama}`",
            f"`{kolom.judul_lembar}`" if tabel.lembar else kolom.judul,
            kolom.jenis,
            "ya" if kolom.wajib else "",
            describe_limits(kolom),
            kolom.arti,
        )
        for kolom in tabel.kolom
    ]
    facts = [f"- Kunci: {', '.join(f'`{key}`' for key in tabel.kunci) or 'tidak ada'}"]
    if tabel.lembar:
        facts.append(f"- Lembar buku kerja: `{tabel.lembar}`")
    facts.append(f"- Rujukan: {tabel.rujukan}")
    heads = ("Kolom", "Di lembar" if tabel.lembar else "Judul", "Jenis", "Wajib", "Batas", "Arti")
    return "\n\n".join(
        (f"### `{tabel.nama}`: {tabel.judul}", tabel.arti, "\n".join(facts), table(heads, rows))
    )


def describe_ringkasan() -> str:
    """Return every summary number by chapter."""
    rows = [
        (item.bab, f"`{item.kunci}`", item.format, item.uraian)
        for item in catalog.load_ringkasan().values()
    ]
    return table(("Bab", "Kunci", "Format", "Uraian"), rows)


def describe_temuan() -> str:
    """Return every kind of finding, of reading and of reviewing."""
    kinds = [
        catalog.build(catalog.JenisTemuan, {"kode": kode, **entry}, path.name)
        for path in sorted(DEFINISI.glob("temuan*.toml"))
        for kode, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]
    rows = [
        (f"`{item.kode}`", item.nama, item.tingkat, item.tindakan, item.saran) for item in kinds
    ]
    return table(("Kode", "Temuan", "Tingkat", "Tindakan alat", "Saran"), rows)


def describe_mutu() -> str:
    """Return every check of data quality: what it counts, when it is accepted, when named."""
    declared = mutu.load_mutu()
    rows = [
        (
            f"`{check.kode}`",
            check.arti,
            check.ranah,
            f"{check.dihitung}, ≥ {number(check.n_minimum)}",
            ("p " if check.dinilai == "p" else "") + declared.scale_of(check.kode).ambang,
            describe_pola(check.pola),
            check.dampak,
            check.status,
        )
        for check in declared.pemeriksaan.values()
    ]
    heads = ("Kode", "Nilai", "Ranah", "n", "Diterima", "Disebut mulai", "Dampak", "Status")
    return table(heads, rows)


def describe_pola(pola: mutu.Pola | None) -> str:
    """Return from where on a place is named; empty for a check that names none."""
    if pola is None:
        return ""
    cases = f", {number(pola.kasus_minimum)} kasus" if pola.kasus_minimum else ""
    return f"{number(pola.nilai_minimum)}{cases}, n {number(pola.n_minimum)}"


def describe_targets(card: catalog.Indikator) -> str:
    """Return the targets of a card with year, source, and status."""
    return "; ".join(
        f"{number(target.nilai)} ({target.tahun}, {target.sumber}, {target.status})"
        for target in card.target
    )


def describe_cards(set_indikator: str) -> str:
    """Return the cards of a set, one row a card."""
    rows = [
        (
            card.kode,
            card.nama,
            card.kelompok_sasaran,
            f"{card.jenis}, {card.arah}, {card.waktu}",
            f"{card.pembilang} ÷ {card.penyebut}",
            card.opd,
            describe_targets(card),
            card.status,
        )
        for card in catalog.load_indikator(set_indikator).values()
    ]
    heads = (
        "Kode", "Nama", "Kelompok", "Sifat", "Pembilang ÷ penyebut", "OPD", "Target (persen)",
        "Status",
    )  # fmt: skip
    return table(heads, rows)


def describe_type(kind: Any) -> str:
    """Return in Indonesian what a key of a definition file holds."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return "salah satu: " + "; ".join(inside)
    if origin is tuple:
        return f"daftar {describe_type(inside[0])}"
    if origin in (Union, UnionType):
        return describe_type(inside[0])
    return JENIS_PYTHON.get(getattr(kind, "__name__", ""), getattr(kind, "__name__", str(kind)))


def describe_model(title: str, model: type[BaseModel]) -> str:
    """Return the keys a definition file may hold, and which of them it must."""
    section = NAMA_BAGIAN.get(title, set())
    rows = [
        (
            f"`{name}`",
            describe_type(field.annotation),
            "ya" if field.is_required() and name not in section else "",
            "nama bagian atau nama kunci di berkas"
            if name in section
            else ARTI_KUNCI.get(name, ""),
        )
        for name, field in model.model_fields.items()
    ]
    return f"### {title}\n\n{table(('Kunci', 'Isi', 'Wajib', 'Arti'), rows)}"


def build_kamus() -> str:
    """Return docs/kamus-data.md."""
    masukan = [describe_table(tabel) for tabel in catalog.tabel_masukan().values()]
    hasil = [describe_table(tabel) for tabel in catalog.tabel_hasil().values()]
    banding = [describe_table(tabel) for tabel in catalog.tabel_banding().values()]
    parts = [
        "# Kamus data",
        TANDA,
        "Kamus ini menjelaskan setiap tabel, kolom, angka ringkasan, temuan, dan kartu indikator. "
        "Isinya berasal dari `reviu_lib/definitions/`, sumber yang sama dengan buku kerja kosong "
        "dan judul kolom laporan.",
        "Jenis kolom: `kode` dan `teks` berupa teks; `jumlah`, `tahun`, `hari` bilangan bulat; "
        "`rupiah` rupiah penuh; `persen` 0–100; `poin` selisih persen; `desimal` dan `zskor` "
        "bilangan berkoma; `tanggal`; `ya_tidak`; `pilihan` salah satu kata pada kolom Batas. "
        "Sel kosong berarti tidak dilaporkan dan tidak pernah dibaca sebagai nol.",
        "## Tabel masukan",
        *masukan,
        "## Tabel hasil",
        "Kolom pertama `baris` menamai satu baris, sehingga `tabel/baris/kolom` menunjuk tepat "
        "satu angka laporan.",
        *hasil,
        "## Tabel perbandingan",
        "Isi halaman dan buku kerja `reviu banding`.",
        *banding,
        "## Angka ringkasan",
        describe_ringkasan(),
        "## Jenis temuan",
        describe_temuan(),
        "## Pemeriksaan mutu data pengukuran",
        "Dari `definitions/mutu.toml`; rumusnya pada metodologi.md. *Diterima* adalah batas kelas "
        "terendah yang masih diterima; suatu tempat *disebut* bila juga p sesudah Holm di bawah "
        f"{number(mutu.load_mutu()['alfa'])}.",
        describe_mutu(),
        "## Kartu indikator 2022 dan sesudahnya (set `r2`)",
        describe_cards("r2"),
        "## Kartu indikator sampai dengan 2021 (set `r1`)",
        describe_cards("r1"),
        "## Kunci berkas definisi",
        "Kunci lain ditolak, begitu pula kunci wajib yang tidak ada. Kode selalu diapit tanda "
        'petik: `"12.10"`, bukan `12.10`.',
        *(describe_model(title, model) for title, model in MODEL),
    ]
    return "\n\n".join(parts) + "\n"


# --- asumsi -------------------------------------------------------------------------------------


def find_assumed(data: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the key path and content of every entry whose status is `asumsi`."""
    if isinstance(data, list):
        for item in data:
            yield from find_assumed(item, path)
    if isinstance(data, dict):
        if data.get("status") == "asumsi":
            yield path, data
        for key, value in data.items():
            yield from find_assumed(value, f"{path}.{key}" if path else key)


def name_entry(entry: dict[str, Any]) -> str:
    """Return what an entry is about, in its own words."""
    if "tingkat" in entry and "tahun" in entry:
        return f"Target {entry['tingkat']} {entry['tahun']}"
    level = "Aksi " if "bobot" in entry else "Era " if "tahun_mulai" in entry else ""
    code = f"{entry['kode']} " if "kode" in entry else ""
    return level + code + str(entry.get("nama") or entry.get("arti") or "")


def describe_file(path: Path) -> list[tuple[str, str, str, str]]:
    """Return the assumed entries of one definition file: what, value, source, where."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    place = path.relative_to(DEFINISI).as_posix()
    return [
        (
            name_entry(entry) or (f"Bagian {key}" if key else "Seluruh isi berkas"),
            number(entry["nilai"]) if "nilai" in entry else "",
            str(entry.get("rujukan") or entry.get("sumber") or ""),
            f"`{place}`" + (f", `{key}`" if key else ""),
        )
        for key, entry in find_assumed(data)
    ]


def describe_files(paths: Sequence[Path]) -> str:
    """Return the assumed entries of several files as one table."""
    rows = [row for path in paths for row in describe_file(path)]
    return table(("Perihal", "Nilai", "Dasar atau catatan", "Ubah di"), rows)


def describe_era(aturan: catalog.Aturan) -> str:
    """Return the sentences every report of an era prints."""
    sentences = "\n".join(f"- {text}" for text in aturan.asumsi)
    return f"### {aturan.nama}\n\nUbah di: `aturan/{aturan.kode}.toml`, `asumsi`\n\n{sentences}"


def build_asumsi() -> str:
    """Return docs/asumsi.md."""
    others = sorted(path for path in DEFINISI.glob("*.toml") if describe_file(path))
    parts = [
        "# Asumsi",
        TANDA,
        "Setiap hal di bawah ini belum terbaca pada naskah resmi, atau sumbernya saling berbeda. "
        "Semuanya dapat diubah pada berkas yang disebut, ditulis di bawah `definisi/` ruang kerja "
        "(bawaannya di `reviu_lib/definitions/`; [panduan](panduan/definisi.md)), tanpa menyentuh "
        "kode; sesudah diubah, ganti `status` menjadi `terverifikasi` dan tulis "
        "rujukannya. Target berstatus asumsi hanya ditampilkan sebagai garis rujukan, tanpa "
        "putusan tercapai atau belum.",
        "## Yang dicetak pada setiap laporan",
        *(describe_era(aturan) for aturan in list_eras()),
        "## Ambang, bobot, dan skala",
        describe_files(others),
        "## Era, aksi, dan target prevalensi",
        describe_files(sorted((DEFINISI / "aturan").glob("*.toml"))),
        "## Kartu indikator",
        "Pada kartu berstatus terverifikasi pun OPD dan sumber data adalah asumsi, sebagaimana "
        "tertulis pada rujukannya.",
        describe_files(sorted((DEFINISI / "indikator").rglob("*.toml"))),
    ]
    return "\n\n".join(parts) + "\n"


def build_metodologi() -> str:
    """Return docs/metodologi.md with its generated blocks made anew."""
    return fill_metodologi((DOCS / "metodologi.md").read_text(encoding="utf-8"))


def build_uji_baca() -> str:
    """Return the page of the reading test: what a bupati asks and where the answer stands."""
    path = ROOT / "tests" / "cases" / "uji_baca.toml"
    asked = tomllib.loads(path.read_text(encoding="utf-8"))["pertanyaan"]
    rows = [(str(n), satu["tanya"], satu["letak"]) for n, satu in enumerate(asked, 1)]
    words = (
        "Pertanyaan yang lazim diajukan bupati kepada penyusun reviu, dan letak jawabannya pada "
        "laporan contoh Kabupaten Soppeng 2024. Jawaban terbaca dalam dua layar pertama "
        "(1.280 × 900) atau satu klik dari sana; uji peramban memeriksanya pada setiap perubahan "
        "(`tests/cases/uji_baca.toml`)."
    )
    return (
        "\n\n".join([TANDA, "# Uji baca", words, table(("No", "Pertanyaan", "Letak"), rows)]) + "\n"
    )


def main() -> None:
    """Write the documents."""
    (DOCS / "uji-baca.md").write_text(build_uji_baca(), encoding="utf-8")
    (DOCS / "kamus-data.md").write_text(build_kamus(), encoding="utf-8")
    (DOCS / "asumsi.md").write_text(build_asumsi(), encoding="utf-8")
    (DOCS / "metodologi.md").write_text(build_metodologi(), encoding="utf-8")
    for page in (DOCS / "panduan" / "bab").glob("*.md"):
        page.write_text(fill_bab(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
