"""The files of the example, read back once for all tests of this folder."""

import pandas as pd
import pytest

from reviu_lib.example.skenario import list_skenario
from reviu_lib.example.tulis import make_tables


class Contoh:
    """The written example, its files read back as they stand, each once."""

    def __init__(self, raw):
        self.raw, self._read = raw, {}
        files = (path for path in raw.rglob("*") if path.is_file())
        self.paths = sorted(path for path in files if not path.name.startswith("."))

    def sheet(self, relative, lembar):
        """Return a workbook sheet by its workbook headings, nothing interpreted."""
        return self._cached((relative, lembar), lambda: self._excel(relative, lembar, 1))

    def ekspor(self, relative):
        """Return an e-PPGBM export as it stands: text and numbers."""
        if relative.endswith(".xlsx"):
            return self._cached(relative, lambda: self._excel(relative, "Data", 3))
        return self._cached(relative, lambda: self._csv(relative))

    def _cached(self, key, make):
        if key not in self._read:
            self._read[key] = make()
        return self._read[key]

    def _excel(self, relative, sheet, header):
        options = {"keep_default_na": False, "na_values": [""], "dtype": object}
        return pd.read_excel(
            self.raw / relative, sheet_name=sheet, header=header, engine="calamine", **options
        )

    def _csv(self, relative):
        options = {"keep_default_na": False, "na_values": [""], "dtype": object}
        return pd.read_csv(self.raw / relative, sep=";", header=2, encoding="utf-8-sig", **options)


@pytest.fixture(scope="session")
def contoh(contoh_raw):
    return Contoh(contoh_raw)


@pytest.fixture(scope="session")
def tables():
    """The clean tables of the four years by folder, before any dirt; read only."""
    return {skenario.folder: make_tables(skenario) for skenario in list_skenario()}
