"""A place to run notebooks in, with the environment a worker gives them."""

import os

import pytest

from reviu_lib.batch import kernel
from reviu_lib.batch.engines.shell import close_zygote
from reviu_lib.batch.execution import Pengawas, run_notebook

from ..ruang_kecil import write_notebook

PARAMETER = {"kode_kabupaten": "12.10", "tahun": 2024}


@pytest.fixture(scope="package")
def tempat(tmp_path_factory):
    """The folder of the notebooks; the environment is put back afterwards."""
    before = dict(os.environ)
    folder = tmp_path_factory.mktemp("mesin")
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # ipykernel looks at it
    kernel.prepare_environment(folder)
    yield folder
    close_zygote()
    kernel.kill_kernels()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def run(tempat):
    """Run these cells and return the notebook; LaporanError when they fail."""

    def run_cells(*cells, mesin="cangkang", parameters=PARAMETER, **options):
        source = write_notebook(tempat / "uji.ipynb", *cells)
        awas = Pengawas(lambda title: None, mesin=mesin, **options)
        return run_notebook(source, tempat / "hasil.ipynb", parameters, cwd=tempat, awas=awas)

    return run_cells
