"""How the aksi were carried out: by the kabupaten, by its kecamatan, and with what evidence."""
