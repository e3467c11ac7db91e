// Alat halaman: mengurutkan dan menyaring tabel, mencari, menandai bab yang sedang dibaca.
// Tanpa skrip ini seluruh isi tetap terbaca; skrip hanya menambah tombol dan isian.
(() => {
"use strict";
const BARIS_MINIMUM = 10, HURUF_MINIMUM = 2, HASIL_TERBANYAK = 30, JEDA_MS = 150;
const pilih = (akar, pemilih) => [...akar.querySelectorAll(pemilih)];
const teks = (unsur) => unsur.textContent.replace(/\s+/g, " ").trim();
const kecil = (kata) => kata.toLocaleLowerCase("id").trim();
const jumlah = (banyak) => banyak.toLocaleString("id-ID");

function buat(nama, sifat = {}, ...isi) {
  const unsur = document.createElement(nama);
  for (const [kunci, nilai] of Object.entries(sifat)) unsur.setAttribute(kunci, nilai);
  unsur.append(...isi);
  return unsur;
}

function tunda(kerja) {
  let jam;
  return () => { clearTimeout(jam); jam = setTimeout(kerja, JEDA_MS); };
}

// "1.234,5" dan "−0,3" menjadi bilangan; selain bilangan: NaN.
function angka(kata) {
  const rapi = kata.replace(/[−–]/g, "-");
  return /^-?[\d.]+(,\d+)?$/.test(rapi) ? Number(rapi.replace(/\./g, "").replace(",", ".")) : NaN;
}

function bandingkan(satu, dua, arah) {
  const kosong = (satu === "–") - (dua === "–");
  if (kosong) return kosong;
  const selisih = angka(satu) - angka(dua);
  return arah * (Number.isNaN(selisih) ? satu.localeCompare(dua, "id", { numeric: true }) : selisih);
}

class Tabel {
  constructor(tabel) {
    this.tabel = tabel;
    this.judul = tabel.caption ? teks(tabel.caption).split("Sumber:")[0].trim() : "Tabel";
    this.badan = [...tabel.tBodies].map((badan) => {
      const semua = [...badan.rows];
      const baris = semua.filter((satu) => !satu.matches(".kelompok, .total"));
      return { badan, semua, baris, kepala: semua.filter((satu) => satu.matches(".kelompok")),
        total: semua.filter((satu) => satu.matches(".total")) };
    });
    this.baris = this.badan.flatMap((satu) => satu.baris);
    for (const { baris, kepala } of this.badan)
      for (const satu of kepala.length ? baris : []) satu.cells[0].dataset.kelompok = teks(kepala[0]);
    if (this.baris.length > 2) this.pasangUrut();
    if (this.baris.length >= BARIS_MINIMUM) this.pasangSaring();
  }

  // Kata tiap baris beserta judul kelompoknya, dibaca saat pertama kali dicari.
  get kata() {
    this.katanya ??= new Map(this.badan.flatMap(({ baris, kepala }) =>
      baris.map((satu) => [satu, kecil([...kepala, satu].map(teks).join(" "))])));
    return this.katanya;
  }

  pasangUrut() {
    pilih(this.tabel.tHead, "th").forEach((th, kolom) => {
      const tombol = buat("button", { type: "button", class: "urut" }, ...th.childNodes);
      th.append(tombol);
      tombol.addEventListener("click", () => this.urutkan(th, kolom));
    });
  }

  // Seluruh tabel diurutkan; judul kelompok lalu tampak pada tiap barisnya (data-kelompok).
  urutkan(th, kolom) {
    const lanjut = { ascending: "descending", descending: "" };
    const urutan = lanjut[th.getAttribute("aria-sort")] ?? "ascending";
    pilih(this.tabel.tHead, "th").forEach((lain) => lain.removeAttribute("aria-sort"));
    this.tabel.classList.toggle("terurut", urutan !== "");
    if (urutan === "") { this.badan.forEach(({ badan, semua }) => badan.append(...semua)); return; }
    th.setAttribute("aria-sort", urutan);
    const arah = urutan === "descending" ? -1 : 1;
    const isi = new Map(this.baris.map((satu) => [satu, teks(satu.cells[kolom]).replace(/^[^\p{L}\p{N}–−-]+/u, "")]));
    const teratur = [...this.baris].sort((satu, dua) => bandingkan(isi.get(satu), isi.get(dua), arah));
    this.badan[0].badan.append(...teratur, ...this.badan.flatMap(({ total }) => total));
  }

  pasangSaring() {
    this.isian = buat("input", { type: "search", autocomplete: "off" });
    this.cacah = buat("output", { "aria-live": "polite" });
    const label = buat("label", {}, "Saring baris ", buat("span", { class: "tersembunyi" }, this.judul + " "),
      this.isian);
    (this.tabel.closest(".gulir") ?? this.tabel).before(buat("p", { class: "alat" }, label, " ", this.cacah));
    this.isian.addEventListener("input", tunda(() => this.saring()));
  }

  cocok(cari) {
    return this.baris.filter((satu) => this.kata.get(satu).includes(cari));
  }

  saring() {
    const cari = kecil(this.isian.value), tampak = new Set(this.cocok(cari));
    this.baris.forEach((satu) => { satu.hidden = !tampak.has(satu); });
    for (const { baris, kepala, total } of this.badan) {
      const sepi = cari !== "" && baris.every((satu) => satu.hidden);
      [...kepala, ...total].forEach((satu) => { satu.hidden = sepi; });
    }
    this.cacah.value = cari ? `${jumlah(tampak.size)} dari ${jumlah(this.baris.length)} baris` : "";
  }
}

// Judul bab terdekat di atas suatu alinea.
function bagian(alinea) {
  let unsur = alinea;
  while (unsur && !/^H[23]$/.test(unsur.tagName)) unsur = unsur.previousElementSibling ?? unsur.parentElement;
  return unsur;
}

function pasangCari(tabel) {
  const nav = document.querySelector("nav"), isi = document.getElementById("isi");
  if (!nav || !isi) return;
  const isian = buat("input", { type: "search", autocomplete: "off", id: "cari" });
  const daftar = buat("ol", { class: "hasil" }), cacah = buat("output", { "aria-live": "polite" });
  nav.prepend(buat("div", { class: "alat cari", role: "search" },
    buat("label", { for: "cari" }, "Cari di laporan"), isian, cacah, daftar));
  let alinea;
  isian.addEventListener("input", tunda(() => {
    alinea ??= pilih(isi, "p, li").filter((satu) => !satu.closest("table, .alat"))
      .map((satu) => [satu, kecil(teks(satu))]);
    const cari = kecil(isian.value), hasil = cari.length < HURUF_MINIMUM ? [] : temukan(cari, alinea, tabel);
    daftar.replaceChildren(...hasil.slice(0, HASIL_TERBANYAK).map((satu) => buat("li", {}, satu)));
    cacah.value = cari.length < HURUF_MINIMUM ? "" : `${jumlah(hasil.length)} tempat ditemukan`;
  }));
}

function temukan(cari, alinea, tabel) {
  const bab = new Map();
  for (const [satu, kata] of alinea) {
    const judul = kata.includes(cari) && bagian(satu);
    if (judul) bab.set(judul, (bab.get(judul) ?? 0) + 1);
  }
  const tautan = [...bab].map(([judul, banyak]) =>
    buat("a", { href: `#${judul.id}` }, `${teks(judul)} (${jumlah(banyak)} alinea)`));
  for (const satu of tabel) {
    const banyak = satu.tabel.id ? satu.cocok(cari).length : 0;
    if (!banyak) continue;
    const a = buat("a", { href: `#${satu.tabel.id}` }, `${satu.judul} (${jumlah(banyak)} baris)`);
    a.addEventListener("click", () => { if (satu.isian) { satu.isian.value = cari; satu.saring(); } });
    tautan.push(a);
  }
  return tautan;
}

function pasangPenanda() {
  const tautan = new Map(pilih(document, "nav details a").map((a) => [a.hash.slice(1), a]));
  const judul = pilih(document, "main h2, main h3").filter((satu) => tautan.has(satu.id));
  if (!judul.length) return;
  const tandai = () => {
    const lewat = judul.filter((satu) => satu.getBoundingClientRect().top < innerHeight / 3);
    tautan.forEach((a) => a.removeAttribute("aria-current"));
    if (lewat.length) tautan.get(lewat.at(-1).id).setAttribute("aria-current", "location");
  };
  addEventListener("scroll", tunda(tandai), { passive: true });
  tandai();
}

// Indeks: pilihan tahun, provinsi, keadaan, dan kata.
function pasangPilihan() {
  const borang = document.querySelector("form.pilihan");
  if (!borang) return;
  const baris = pilih(document, "tr[data-tahun]"), cacah = borang.querySelector("output");
  const saring = () => {
    const minta = Object.fromEntries(new FormData(borang)), cari = kecil(minta.kata);
    let tampak = 0;
    for (const satu of baris) {
      const sesuai = ["tahun", "provinsi", "status"].every((hal) => !minta[hal] || satu.dataset[hal] === minta[hal]);
      satu.hidden = !(sesuai && kecil(teks(satu)).includes(cari));
      tampak += !satu.hidden;
    }
    pilih(document, "section.tahun").forEach((satu) => {
      satu.hidden = pilih(satu, "tr[data-tahun]").every((anak) => anak.hidden);
    });
    cacah.value = `${jumlah(tampak)} dari ${jumlah(baris.length)} laporan`;
  };
  borang.hidden = false;
  borang.addEventListener("input", tunda(saring));
  borang.addEventListener("reset", () => setTimeout(saring));
  borang.addEventListener("submit", (kejadian) => kejadian.preventDefault());
  saring();
}

const portal = document.querySelector("form.pilihan");
const tabel = pilih(document, "main table").filter((satu) => satu.tHead && !portal).map((satu) => new Tabel(satu));
pasangCari(tabel);
pasangPenanda();
pasangPilihan();
})();
