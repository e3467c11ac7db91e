"""Places nobody recognised are written as a proposal for a person to accept."""

from reviu_lib.ingest.marking import NAMA_PADANAN

CAKUPAN = "kode_desa;kecamatan;desa;kode_indikator;periode;pembilang;penyebut\n"


def test_the_nearest_places_are_proposed_and_none_is_accepted(folder, write):
    folder.text("a.csv", f"{CAKUPAN};Perbaungan;Adolinna;I01;tahunan;1;2\n")
    lines = (write().keluaran / NAMA_PADANAN).read_text("utf-8-sig").splitlines()
    assert lines[0].endswith(";terima")
    assert lines[1].startswith("Adolinna;Perbaungan;12.18.02.2001;")
    assert all(line.endswith(";") for line in lines[1:])


def test_without_an_open_place_there_is_no_proposal(folder, write):
    folder.text("a.csv", f"{CAKUPAN}12.18.02.2001;;;I01;tahunan;1;2\n")
    assert not (write().keluaran / NAMA_PADANAN).exists()


def test_the_accepted_proposal_decides_the_next_time(folder, write):
    folder.text("a.csv", f"{CAKUPAN};Perbaungan;Adolinna;I01;tahunan;1;2\n")
    text = (write().keluaran / NAMA_PADANAN).read_text("utf-8-sig")
    head, first, *_ = text.splitlines()
    folder.text("padanan_wilayah.csv", f"{head}\n{first}ya\n")
    assert folder.read().cakupan["kode_desa"].tolist() == ["12.18.02.2001"]
