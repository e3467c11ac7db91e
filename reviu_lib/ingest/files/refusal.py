"""The refusal of a file, and the words for what the operating system says."""

from __future__ import annotations

import errno

from reviu_lib.errors import BerkasError

_SEBAB = {
    errno.EACCES: "izin baca tidak ada",
    errno.EPERM: "izin baca tidak ada",
    errno.ENOENT: "berkas sudah tidak ada",
    errno.EIO: "media penyimpanan gagal dibaca",
    errno.EBUSY: "berkas sedang dipakai program lain",
    errno.ETXTBSY: "berkas sedang dipakai program lain",
    errno.ENAMETOOLONG: "nama berkas terlalu panjang",
}


class BerkasDitolak(BerkasError):
    """A file that is not read; `kode` is the kind of finding, `rincian` the particular reason."""

    def __init__(self, kode: str, rincian: str = "", *, nilai: str = "") -> None:
        self.kode = kode
        self.rincian = rincian
        self.nilai = nilai
        super().__init__(rincian or kode)


def refuse_unreadable(error: OSError) -> BerkasDitolak:
    """Return the refusal of a file that the operating system does not hand over."""
    return BerkasDitolak("B13", _SEBAB.get(error.errno or 0, "sistem menolak membukanya"))
