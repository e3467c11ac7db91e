"""The Dokumen Hasil Reviu as blocks that know no file format; editions are written from them."""
