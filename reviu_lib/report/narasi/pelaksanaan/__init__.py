"""Chapter VII: how the aksi were carried out, by whom, when, and with what evidence."""
