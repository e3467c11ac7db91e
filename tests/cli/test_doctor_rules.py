"""Each check of `reviu dokter` turns bad when what it looks at is bad."""

import os
import shutil
import sys
from collections import namedtuple

import pytest
from packaging.requirements import Requirement

from reviu_lib.cli import doctor
from reviu_lib.cli.doctor import (
    CHECKS,
    check_file_names,
    check_font,
    check_locale,
    check_mesin,
    check_python,
    check_ruang,
    check_temporary,
)
from reviu_lib.store import make_ruang

Ruangan = namedtuple("Ruangan", "total used free")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("click>=0", ""),
        ("click", ""),
        ("click>=999", "tidak sesuai (>=999)"),
        ("paket-yang-tidak-ada>=1", "paket-yang-tidak-ada tidak terpasang"),
    ],
)
def test_a_package_is_missing_or_of_another_version_or_good(line, fault):
    told = doctor._fault(Requirement(line))
    assert told.endswith(fault)
    assert bool(told) == bool(fault)


@pytest.mark.parametrize(
    ("version", "good"), [((3, 10, 14), False), ((3, 11), True), ((4, 0), True)]
)
def test_python_is_good_from_3_11(monkeypatch, version, good):
    monkeypatch.setattr(sys, "version_info", version)
    assert check_python().baik == good


@pytest.mark.parametrize(
    ("encoding", "good"), [("utf-8", True), ("UTF8", True), ("cp1252", False), (None, False)]
)
def test_the_screen_is_good_with_utf_8_alone(monkeypatch, encoding, good):
    monkeypatch.setattr(sys, "stdout", namedtuple("Layar", "encoding")(encoding))
    assert check_locale().baik == good


def test_a_temporary_folder_that_cannot_be_written_is_named(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/proc/tidak-ada")
    result = check_temporary()
    assert (result.baik, result.temuan) == (False, "/proc/tidak-ada")
    assert "TMPDIR" in result.lakukan


@pytest.mark.parametrize(("free", "good"), [((1 << 30) - 1, False), (1 << 30, True)])
def test_the_temporary_folder_needs_one_gigabyte_too(monkeypatch, free, good):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Ruangan(free, 0, free))
    result = check_temporary()
    assert (result.baik, result.temuan.endswith(f"sisa {free >> 20} MB")) == (good, True)


def test_a_typeface_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("matplotlib.get_data_path", lambda: str(tmp_path))
    result = check_font()
    assert not result.baik
    assert "DejaVuSans-Bold" in result.temuan


@pytest.mark.parametrize(("mesin", "good"), [("kernel", True), ("uap", False)])
def test_an_engine_that_does_not_exist_is_told_with_its_setting(monkeypatch, mesin, good):
    monkeypatch.setenv("REVIU_MESIN", mesin)
    result = check_mesin()
    assert (result.baik, mesin in result.temuan) == (good, True)
    assert good or "Hapus pengaturan itu" in result.lakukan


@pytest.mark.parametrize(("encoding", "good"), [("utf-8", True), ("ascii", False)])
def test_names_of_files_need_utf_8(monkeypatch, encoding, good):
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: encoding)
    result = check_file_names()
    assert (result.baik, "PYTHONUTF8" in result.lakukan) == (good, True)


@pytest.mark.parametrize(("free", "good"), [((1 << 30) - 1, False), (1 << 30, True)])
def test_one_gigabyte_must_be_free(monkeypatch, tmp_path, free, good):
    root = make_ruang(tmp_path).root
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Ruangan(free, 0, free))
    assert check_ruang(str(root))[1].baik == good


def test_a_folder_that_may_not_be_written_is_named(monkeypatch, tmp_path):
    ruang = make_ruang(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: path != ruang.reports)
    result = check_ruang(str(ruang.root))[0]
    assert (result.baik, result.temuan) == (False, f"tidak boleh ditulis: {ruang.reports}")


def test_every_check_has_a_name_of_its_own_and_says_what_it_found():
    results = [check() for check in CHECKS]
    assert len({item.nama for item in results}) == len(results)
    assert [item for item in results if not item.temuan] == []


@pytest.mark.parametrize(("there", "good"), [("7.17.0", False), ("7.17.1", True), ("8.0", True)])
def test_a_package_with_a_known_fault_is_named_with_what_it_means(monkeypatch, there, good):
    item = {"nama": "nbconvert", "minimal": "7.17.1", "rujukan": ["CVE-1"], "akibat": "akibatnya"}
    monkeypatch.setattr(doctor, "load_versi_aman", lambda: [item])
    monkeypatch.setattr(doctor, "version", lambda name: there)
    result = doctor.check_security()
    assert result.baik == good
    assert ("CVE-1: akibatnya" in result.temuan) != good


def test_a_package_that_is_not_installed_has_no_fault(monkeypatch):
    item = {"nama": "paket-yang-tidak-ada", "minimal": "1", "rujukan": ["CVE-1"], "akibat": "x"}
    monkeypatch.setattr(doctor, "load_versi_aman", lambda: [item])
    assert doctor.check_security().baik
