# Perintah proyek reviu. `make` tanpa kata lain menampilkan daftar ini.
#
#   make demo    data contoh + laporan; baris terakhir: letak reports/index.html
#   make test    seluruh uji
#   make check   format, gaya, jenis, lapisan, batas gaya, keluaran notebook, lalu seluruh uji
#   make lab     JupyterLab pada folder ini
#   make bench   bandingkan membaca berkas, membuat laporan, z-skor, dan prevalensi dengan cara yang
#                lazim, dan menghitung reviu dengan menggambarnya; gambar kami dan gambar baku
#   make panduan panduan sebagai situs di build/panduan, dibuka tanpa jaringan
#   make bundle  bundel untuk laptop tanpa internet, di build/bundel; untuk sistem lain:
#                make bundle UNTUK=windows VERSI=3.12
#   make faults  semua kasus gangguan F1 sampai F80: apa yang dicoba, hasilnya, yang hilang, yang bocor
#   make fuzz    berkas acak yang dipandu cakupan kode untuk setiap pembaca (Linux)
#   make clean   hapus yang dapat dibuat ulang; berkas Anda di data/raw tetap
#   make kunci   perbarui requirements.lock dari pyproject.toml
#
# GANGGUAN berapa kali gangguan acak diulang (kill -9): make faults GANGGUAN=5
# DETIK lamanya make fuzz, dibagi rata; PEMBACA memilih: make fuzz DETIK=3600 PEMBACA="xls csv"
# PYTHON memilih Python yang dipakai: make demo PYTHON=python3.12

PYTHON ?= python3
PEKERJA ?= 2
GANGGUAN ?= 50
DETIK ?= 300
PEMBACA ?=
VENV := .venv
BIN := $(VENV)/bin
SIAP := $(VENV)/.siap
UV := $(BIN)/uv
UV_VERSI = $(shell sed -n 's/^\(uv==[^ ;\\]*\).*/\1/p' requirements.lock)
PYTEST := $(BIN)/pytest -n $(PEKERJA) --dist loadfile

export UV_LINK_MODE ?= copy

.PHONY: bantuan siap demo test check lab bench faults fuzz panduan bundle clean kunci
.DEFAULT_GOAL := bantuan

bantuan:
	@sed -n 's/^#   //p' Makefile

siap: $(SIAP)

# Dibuat sekali; sesudahnya tidak ada yang memerlukan jaringan sampai kunci berubah.
$(SIAP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Perlu Python 3.11 atau lebih baru: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "Modul venv tidak ada; di Debian/Ubuntu: apt install python3-venv" >&2; exit 1; }
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV_VERSI)
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock || \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --offline --no-deps --no-build-isolation -e .
	@touch $(SIAP)

demo: $(SIAP)
	@$(BIN)/reviu contoh --ruang .
	@$(BIN)/reviu laporan --ruang . --pekerja $(PEKERJA)

test: $(SIAP)
	@$(PYTEST)

check: $(SIAP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_style.py
	$(BIN)/reviu keluaran
	$(PYTEST) -rs

lab: $(SIAP)
	@$(BIN)/reviu lab --ruang .

bench: $(SIAP)
	@$(BIN)/python benchmarks/bench_baca.py
	@$(BIN)/python benchmarks/bench_laporan.py
	@$(BIN)/python benchmarks/bench_zskor.py
	@$(BIN)/python benchmarks/bench_prevalensi.py
	@$(BIN)/python benchmarks/bench_reviu.py
	@$(BIN)/python benchmarks/bench_gambar.py

faults: $(SIAP)
	@REVIU_GANGGUAN=$(GANGGUAN) $(BIN)/pytest -q -n 0 tests/faults $$($(BIN)/python tests/faults/kasus.py)

fuzz: $(SIAP)
	@$(BIN)/python scripts/fuzz_readers.py $(DETIK) $(PEMBACA)

panduan: $(SIAP)
	@$(BIN)/sphinx-build -q -E -W --keep-going -c docs/situs -d build/pohon docs build/panduan
	@echo build/panduan/index.html

bundle: panduan
	@$(BIN)/python scripts/build_bundle.py build/bundel $(if $(UNTUK),--untuk $(UNTUK)) $(if $(VERSI),--python $(VERSI))

clean:
	@$(PYTHON) scripts/clean_ruang.py .
	rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

kunci: $(SIAP)
	@$(UV) pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-annotate --no-emit-index-url --custom-compile-command "make kunci" pyproject.toml -o requirements.lock
