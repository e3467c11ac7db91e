"""reviu: from the spreadsheets of a kabupaten to its Dokumen Hasil Reviu."""

__version__ = "0.1.0"
