"""A register of synthetic children: sound puskesmas, and three with a pattern planted in each."""

import numpy as np
import pandas as pd

from reviu_lib.growth import compute_measure_from_z, compute_zscores

KABUPATEN = "99.99"
MULAI = np.datetime64("2024-02-10")
TUJUAN = {"adjusted": "Puskesmas 16", "rounded": "Puskesmas 17", "doubled": "Puskesmas 18"}


def make_register(seed, *, sound=15, children=300, visits=3, planted=True):
    """Return visits of `sound` puskesmas and, when `planted`, of the three of `TUJUAN`."""
    rng = np.random.default_rng(seed)
    parts = [make_place(rng, number, children, visits) for number in range(1, sound + 1)]
    if planted:
        parts.append(adjust(make_place(rng, 16, children, visits)))
        parts.append(round_heights(make_place(rng, 17, children, visits)))
        parts.append(double(rng, make_place(rng, 18, children, visits)))
    return pd.concat(parts, ignore_index=True)


def make_place(rng, number, children, visits):
    """Return monthly visits of one puskesmas with errors of measuring of 0.4 cm and 0.1 kg."""
    child = np.repeat(np.arange(children), visits)
    month = np.tile(np.arange(visits), children)
    haz = np.repeat(rng.normal(-1.2, 1.05, children), visits)
    whz = np.repeat(rng.normal(-0.4, 0.95, children), visits) + rng.normal(0, 0.1, len(child))
    day = MULAI + 30 * month + rng.integers(-3, 4, len(child))
    born = np.repeat(MULAI - rng.integers(5, 1760, children), visits)
    usia = (day - born).astype(int)
    sex = np.repeat(rng.choice(np.array(["L", "P"], dtype=object), children), visits)
    who = {"jenis_kelamin": sex, "usia_hari": usia}
    height = compute_measure_from_z("tbu", haz, **who)
    weight = compute_measure_from_z("bbtb", whz, **who, tinggi_cm=height)
    weight = np.where(weight > 0, weight, compute_measure_from_z("bbu", whz, **who))
    desa = np.repeat(rng.integers(1, 5, children), visits)
    return pd.DataFrame(
        {
            "id_anak": [f"{number:02d}-{c:04d}" for c in child],
            "dasar_id": "nik",
            "kode_desa": [f"{KABUPATEN}.{number:02d}.200{d}" for d in desa],
            "kecamatan": f"Kecamatan {number:02d}",
            "desa": [f"Desa {number:02d}-{d}" for d in desa],
            "puskesmas": f"Puskesmas {number:02d}",
            "posyandu": [f"Posyandu {d}" for d in desa],
            "jenis_kelamin": sex,
            "usia_hari": usia,
            "tanggal_ukur": day.astype("datetime64[ns]"),
            "berat_kg": np.round(weight + rng.normal(0, 0.1, len(child)), 1),
            "tinggi_cm": np.round(height + rng.normal(0, 0.4, len(child)), 1),
            "cara_ukur": np.where(usia >= 731, "Berdiri", "Terlentang"),
        }
    )


def adjust(frame):
    """Return the visits with heights of -2.5 ≤ z < -2 lifted just over the limit."""
    low = compute_zscores(frame)["z_tbu"].between(-2.5, -2.01)
    who = {key: frame[key] for key in ("jenis_kelamin", "usia_hari")}
    lifted = np.ceil(compute_measure_from_z("tbu", np.full(len(frame), -2.0), **who) * 10) / 10
    return frame.assign(tinggi_cm=frame["tinggi_cm"].mask(low, lifted))


def round_heights(frame):
    """Return the visits with heights in whole and half centimetres."""
    return frame.assign(tinggi_cm=(frame["tinggi_cm"] * 2).round() / 2)


def double(rng, frame, share=0.12):
    """Return the visits with a share of children entered a second time under another id."""
    names = frame["id_anak"].drop_duplicates()
    chosen = names[rng.random(len(names)) < share]
    again = frame[frame["id_anak"].isin(chosen)]
    return pd.concat([frame, again.assign(id_anak=again["id_anak"] + "b")], ignore_index=True)
