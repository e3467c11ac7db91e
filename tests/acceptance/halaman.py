"""The running text of a finished page."""

import re
from html.parser import HTMLParser


class _Prose(HTMLParser):
    """The running text of a page: paragraphs and captions, without tables and recorded quotes."""

    def __init__(self):
        super().__init__()
        self.alinea, self._inside, self._skip = [], 0, 0

    def handle_starttag(self, tag, attrs):
        self._skip += tag == "q"
        if tag in {"p", "figcaption", "caption"}:
            self._inside += 1
            self.alinea.append("")

    def handle_endtag(self, tag):
        self._skip -= tag == "q"
        self._inside -= tag in {"p", "figcaption", "caption"}

    def handle_data(self, data):
        if self._inside and not self._skip:
            self.alinea[-1] += data


def read_alinea(html):
    """Return the paragraphs and captions of a page as plain text."""
    reader = _Prose()
    reader.feed(html)
    return [re.sub(r"\s+", " ", text).strip() for text in reader.alinea]


def read_prosa(html):
    """Return the markup of running text: tiles, paragraphs, and captions, without navigation."""
    kotak = re.findall(r'<li class="kotak">(.*?)</li>', html, re.DOTALL)
    isi = html[html.index("<main") :]
    return kotak + re.findall(
        r"<(?:p|figcaption|caption)\b[^>]*>(.*?)</(?:p|figcaption|caption)>", isi, re.DOTALL
    )
