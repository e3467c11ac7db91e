"""Plans, schedules, and budgets of the example, from the templates in `data/kegiatan.toml`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviu_lib.example.skenario import Skenario, choose_lokus, load_desa, read_data, stories

_PECAHAN_RP = 50_000  # budgets are round, spending ends on 500 rupiah
_AKHIR_RP = 500
_BAGIAN_DANA_KEDUA = 0.2
_KAS_SD_CUTOFF = 0.9  # share of the budget that cash plans foresee until a November cut-off
_OPD_BERKAS_KAS = ("kes", "kb", "sos", "pu", "pmd")
# Spread of absorption around the level that `kabupaten.toml` gives for each kind.
_SEBARAN = {"spesifik": 0.06, "sensitif": 0.06, "sensitif fisik": 0.01, "dukungan": 0.06}
_LANGSUNG = {"spesifik": 0.65, "sensitif": 0.5, "sensitif fisik": 0.85, "dukungan": 0.0}
_BELUM_SELESAI_HARI = 900  # a story that is later than this is not finished at all
_RP = "Int64"


def make_kegiatan(skenario: Skenario) -> dict[str, pd.DataFrame]:
    """Return the clean frames kegiatan, jadwal, and anggaran of one year."""
    plan = _with_results(_expand(skenario), skenario)
    return {
        "kegiatan": _kegiatan(plan, skenario),
        "jadwal": _jadwal(plan, skenario),
        "anggaran": _anggaran(plan, skenario),
    }


def _expand(skenario: Skenario) -> pd.DataFrame:
    """Return one row per activity: templates, those per puskesmas once for each kecamatan."""
    data = read_data("kegiatan")
    frame = pd.DataFrame(data["templat"]["kegiatan"])
    per = frame["per"] == "puskesmas"
    kecamatan = (
        load_desa(skenario.kode)
        .groupby("kecamatan", sort=False)["balita"]
        .sum()
        .reset_index(name="balita")
    )
    kecamatan["urut"] = (kecamatan.index + 1).astype(str).str.zfill(2)
    spread = frame[per].merge(kecamatan, how="cross")
    spread = spread.assign(id=spread["id"] + spread["urut"])
    single = frame[~per].assign(balita=float(skenario.kabupaten["balita"]))
    names = {key: value[skenario.kode] for key, value in data["opd"].items()}
    plan = pd.concat([single, spread], ignore_index=True)
    return plan.assign(nama_opd=plan["opd"].map(names), wajib=plan["wajib"].eq(True))


def _with_results(plan: pd.DataFrame, skenario: Skenario) -> pd.DataFrame:
    """Return the plan with target, output, budget, absorption, and what stories change."""
    rng = skenario.rng("kegiatan")
    told = stories(skenario, "kegiatan")
    drawn = {
        "output": _draw_output(plan, skenario, rng),
        "serapan": _draw_serapan(plan, skenario, rng),
    }
    for name, values in drawn.items():
        plan = plan.assign(**{name: _told(plan["id"], told, name).fillna(values)})
    return plan.assign(
        target_output=_target(plan, skenario),
        pagu=_pagu(plan, skenario, rng),
        terlambat=_told(plan["id"], told, "terlambat"),
        mulai_terlambat=_told(plan["id"], told, "mulai_terlambat"),
        triwulan=_told(plan["id"], told, "triwulan"),
        kaskade=[told.get(key, {}).get("kaskade", ["masuk"] * 3) for key in plan["id"]],
        alasan=[told.get(key, {}).get("alasan") for key in plan["id"]],
    )


def _draw_output(plan: pd.DataFrame, skenario: Skenario, rng: np.random.Generator) -> pd.Series:
    """Return realised over planned output: a share of each kind reaches the target."""
    share = plan["jenis"].map(skenario.ketentuan["output"]).to_numpy(float)
    reached = rng.random(len(plan)) < share
    return pd.Series(
        np.where(
            reached, rng.choice([1.0, 1.0, 1.03], len(plan)), rng.uniform(0.62, 0.96, len(plan))
        ),
        plan.index,
    )


def _draw_serapan(plan: pd.DataFrame, skenario: Skenario, rng: np.random.Generator) -> pd.Series:
    level = plan["jenis"].map(skenario.ketentuan["serapan"])
    return (level + rng.normal(0, 1, len(plan)) * plan["jenis"].map(_SEBARAN)).clip(0.2, 0.995)


def _told(ids: pd.Series, told: dict[str, dict[str, Any]], name: str) -> pd.Series:
    return ids.map({key: value[name] for key, value in told.items() if name in value})


def _target(plan: pd.DataFrame, skenario: Skenario) -> pd.Series:
    size = skenario.kabupaten["balita"] / max(
        item["balita"] for item in read_data("kabupaten").values() if isinstance(item, dict)
    )
    counted = (plan["target"] * size).round().clip(lower=1)
    return (plan["rasio"] * plan["balita"]).round().fillna(counted)


def _pagu(plan: pd.DataFrame, skenario: Skenario, rng: np.random.Generator) -> pd.Series:
    weight = plan["pagu"] * rng.uniform(0.93, 1.07, len(plan))
    total = skenario.ketentuan["pagu_miliar"] * 1e9
    return (weight / weight.sum() * total / _PECAHAN_RP).round() * _PECAHAN_RP


def _stage(plan: pd.DataFrame, number: int) -> pd.Series:
    return plan["kaskade"].str[number]


def _kegiatan(plan: pd.DataFrame, skenario: Skenario) -> pd.DataFrame:
    agreed = _stage(plan, 0) != "baru"
    number = agreed.cumsum().astype(str).str.zfill(2)
    place = plan["kecamatan"].fillna("Seluruh kecamatan")
    place = plan["id"].map(_named_lokus(skenario)).fillna(place)
    codes = _codes(plan["kode"], skenario.ketentuan["kode_sub_kegiatan"])
    done = (plan["target_output"] * plan["output"]).round()
    return pd.DataFrame(
        {
            "id_kegiatan": plan["id"],
            "kode_sub_kegiatan": codes,
            "sub_kegiatan": plan["nama"] + (" – " + plan["kecamatan"]).fillna(""),
            "opd": plan["nama_opd"],
            "indikator_terkait": plan[skenario.set_indikator].replace("", None),
            "jenis": plan["jenis"],
            "indikator_output": plan["output_teks"],
            "satuan": plan["satuan"],
            "target_output": plan["target_output"],
            "realisasi_output": done,
            "lokasi_rencana": place,
            "lokasi_realisasi": place.where(done > 0),
            "wajib": plan["wajib"],
            "nomor_ba_rembuk": (f"BA-{skenario.tahun}/" + number).where(agreed),
            "disepakati_rembuk": agreed,
            "status_rkpd": _stage(plan, 0),
            "status_renja": _stage(plan, 1),
            "status_dpa": _stage(plan, 2),
            "alasan": plan["alasan"],
            "keterangan": pd.Series("CONTOH: kode sub kegiatan belum diisi", plan.index).where(
                codes.isna()
            ),
        }
    )


def _named_lokus(skenario: Skenario) -> dict[str, str]:
    """Return activity → its location, which names every lokus but those a story leaves out."""
    told = stories(skenario, "lokus")
    lokus = load_desa(skenario.kode).set_index("kode_desa").loc[choose_lokus(skenario)]
    named = lokus.drop(index=list(told))
    text = "; ".join(named["desa"] + " (" + named["kecamatan"] + ")")
    return {story["kegiatan"]: text for story in told.values()}


def _codes(codes: pd.Series, form: str) -> pd.Series:
    """Return codes as that year's nomenclature wrote them; none at all before APBD 2021."""
    filled = codes.replace("", None)
    if form == "tidak ada":
        return filled.where(pd.Series(False, codes.index))
    return filled.str.replace(r"\.00(\d\d)$", r".\1", regex=True) if form == "dua angka" else filled


def _jadwal(plan: pd.DataFrame, skenario: Skenario) -> pd.DataFrame:
    rng = skenario.rng("jadwal")
    columns = ["id", "jadwal", "terlambat", "mulai_terlambat", "output", "serapan"]
    frame = plan[columns].explode("jadwal")
    frame = frame.reset_index(drop=True)
    window = frame.groupby("id").cumcount() + 1
    last = window == frame.groupby("id")["id"].transform("size")
    ends = frame["jadwal"].str.split("/", expand=True)
    start, finish = (pd.to_datetime(f"{skenario.tahun}-" + ends[part]) for part in (0, 1))
    late = pd.Series(_draw_days(len(frame), rng), frame.index)
    late = frame["terlambat"].where(last).fillna(late)
    drawn = pd.Series(rng.integers(-3, 15, len(frame)), frame.index)
    began = start + pd.to_timedelta(frame["mulai_terlambat"].fillna(drawn), unit="D")
    # What runs all year ends with the year, or it is not finished.
    all_year = (finish.dt.month == 12) & (late <= _BELUM_SELESAI_HARI)
    late = late.mask(all_year, late.clip(upper=0))
    ended = finish + pd.to_timedelta(late.clip(upper=365), unit="D")
    never = (frame["output"] == 0) & (frame["serapan"] == 0)
    open_end = never | (late > _BELUM_SELESAI_HARI) | (ended > pd.Timestamp(skenario.cutoff))
    return pd.DataFrame(
        {
            "id_kegiatan": frame["id"],
            "jendela": window,
            "rencana_mulai": start,
            "rencana_selesai": finish,
            "realisasi_mulai": began.mask(never | (began > pd.Timestamp(skenario.cutoff))),
            "realisasi_selesai": np.maximum(ended, began + pd.Timedelta(days=1)).mask(open_end),
        }
    )


def _draw_days(n: int, rng: np.random.Generator) -> np.ndarray:
    """Return days of delay: most finish in time, some by days, a few by weeks."""
    kind = rng.choice(3, n, p=[0.72, 0.17, 0.11])
    days = np.stack(
        [rng.integers(-9, 1, n), rng.integers(1, 14, n), rng.integers(15, 55, n)], axis=1
    )
    return days[np.arange(n), kind].astype(float)


def _anggaran(plan: pd.DataFrame, skenario: Skenario) -> pd.DataFrame:
    rng = skenario.rng("anggaran")
    frame = plan.assign(sumber=plan["dana"].str.split("+")).explode("sumber", ignore_index=True)
    second = frame.groupby("id").cumcount() == 1
    paired = frame.groupby("id")["id"].transform("size") == 2
    share = np.select([second, paired], [_BAGIAN_DANA_KEDUA, 1 - _BAGIAN_DANA_KEDUA], 1.0)
    initial, revised = _budgets(frame, frame["pagu"] * share, rng)
    basis = revised.fillna(initial)
    spent = _to_step(basis * frame["serapan"], _AKHIR_RP)
    quarters = _quarters(spent, frame["triwulan"], rng)
    partial = skenario.cutoff.month < 12
    planned = frame["opd"].isin(_OPD_BERKAS_KAS) & partial
    direct = frame["jenis"].map(_LANGSUNG) * rng.uniform(0.85, 1.1, len(frame))
    return pd.DataFrame(
        {
            "id_kegiatan": frame["id"],
            "sumber_dana": frame["sumber"],
            "pagu_rembuk_rp": _agreed(frame, initial),
            "pagu_murni_rp": initial,
            "pagu_perubahan_rp": revised,
            "realisasi_rp": spent,
            "langsung_sasaran_rp": _to_step(spent * direct, _AKHIR_RP),
            **{f"realisasi_tw{part + 1}_rp": quarters[part] for part in range(4)},
            "anggaran_kas_sd_cutoff_rp": _to_step(basis * _KAS_SD_CUTOFF, _PECAHAN_RP).where(
                planned
            ),
        }
    ).astype(dict.fromkeys(_money_columns(), _RP))


def _money_columns() -> list[str]:
    quarters = [f"realisasi_tw{part}_rp" for part in range(1, 5)]
    budgets = ["pagu_rembuk_rp", "pagu_murni_rp", "pagu_perubahan_rp", "realisasi_rp"]
    return [*budgets, "langsung_sasaran_rp", *quarters, "anggaran_kas_sd_cutoff_rp"]


def _to_step(amount: pd.Series, step: int) -> pd.Series:
    return (amount / step).round() * step


def _budgets(
    frame: pd.DataFrame, pagu: pd.Series, rng: np.random.Generator
) -> tuple[pd.Series, pd.Series]:
    """Return the initial budget and, for a third of the rows, the revised one."""
    absent = _stage(frame, 2).eq("tidak masuk")
    factor = rng.choice([0.9, 0.95, 1.05, 1.1], len(frame))
    changed = (rng.random(len(frame)) < 0.35) & ~absent
    initial = _to_step(pagu, _PECAHAN_RP).mask(absent, 0)
    return initial, _to_step(initial * factor, _PECAHAN_RP).where(changed)


def _agreed(frame: pd.DataFrame, initial: pd.Series) -> pd.Series:
    """Return what the Rembuk agreed: nothing for new rows, more than was budgeted for cut ones."""
    stage = _stage(frame, 2)
    before = initial.mask(stage == "dikurangi", initial * 1.3)
    before = before.mask(stage == "tidak masuk", frame["pagu"])
    return _to_step(before, _PECAHAN_RP).mask(stage == "baru")


def _quarters(spent: pd.Series, told: pd.Series, rng: np.random.Generator) -> list[pd.Series]:
    """Return four parts that add up to `spent` exactly, in the shares a story tells."""
    share = rng.dirichlet([2, 5, 6, 6], len(spent))
    for row in np.flatnonzero(told.notna()):
        share[row] = told.iloc[row]
    first = [_to_step(spent * share[:, part], _AKHIR_RP) for part in range(3)]
    third = (spent - first[0] - first[1]).clip(lower=0)
    first[2] = np.minimum(first[2], third)
    return [*first, spent - first[0] - first[1] - first[2]]
