"""Small tables of children for the tests: z and flags written out."""

import pandas as pd

from reviu_lib.growth.prevalence import compute_prevalence


def make_anak(z_tbu, **columns):
    """Return children with this z of TB/U, none flagged, and the given other columns."""
    frame = pd.DataFrame({"z_tbu": z_tbu, **columns}).astype({"z_tbu": "float64"})
    for name in [name for name in frame if name.startswith("z_")]:
        if f"ekstrem_{name[2:]}" not in frame:
            frame[f"ekstrem_{name[2:]}"] = pd.array([False] * len(frame), "boolean")
    return frame


def row(frame, indikator="stunting", kelompok="semua", nilai=None, **options):
    """Return the one row of the result that this indicator and group have."""
    oleh = options.pop("oleh", ())
    table = compute_prevalence(frame, oleh, **options)
    rows = table[(table["indikator"] == indikator) & (table["kelompok"] == kelompok)]
    rows = rows if nilai is None else rows[rows["nilai_kelompok"] == nilai]
    assert len(rows) == 1
    return rows.iloc[0]
