#!/usr/bin/python3
"""Make the word processors' files that readers.sh tests with: make_office.py KIND FOLDER (the kinds
stand at the end). All they say is invented."""
import os
import struct
import sys
import zipfile

LINES = ["Commune de Kervalo", "EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS", "Séance du 12 mars 2021", "",
         "Délibération n° {number}", "", "Objet : {objet}", "", "Le conseil municipal adopte à l’unanimité.", ""]


def lines(number, objet):
    return [line.format(number=number, objet=objet) for line in LINES]


# --- .docx ---
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_paragraph(text, properties=""):
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def relations(*items):
    rows = "".join(f'<Relationship Id="{i}" Type="{RELS}/{kind}" Target="{target}"/>' for i, kind, target in items)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def docx(path, body, parts=(), main="word/document.xml"):
    """A package whose main part holds `body`; `parts`: (kind, name, content)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("_rels/.rels", relations(("rId1", "officeDocument", main)))
        package.writestr(main, f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body>'
                               "</w:document>")
        package.writestr(f"word/_rels/{main.split('/')[-1]}.rels",
                         relations(*((f"rId{i}", kind, name) for i, (kind, name, _) in enumerate(parts, 1))))
        for _, name, content in parts:
            package.writestr("word/" + name, content)


# --- .odt ---
ODF = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in
               (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                ("fo", "xsl-fo-compatible")))


def odt(path, body, styles="", manifest="<manifest/>"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", f'<?xml version="1.0"?><office:document-content {ODF}><office:body>'
                                        f"<office:text>{body}</office:text></office:body></office:document-content>")
        package.writestr("styles.xml", f"<office:document-styles {ODF}>{styles}</office:document-styles>")
        package.writestr("META-INF/manifest.xml", manifest)


# --- .doc: the least of a Word 97 file, in the least of an OLE container ---
SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def directory_entry(name, kind, start, size, child=FREE, right=FREE):
    encoded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36sIII", encoded, len(encoded) + 2 if name else 0, kind, 1, FREE, right, child,
                       b"", start, size, 0)


def ole(path, streams):
    """Streams of at least 4096 bytes each, (name, content)."""
    sectors, fat, entries, start = [], [], [], 2
    for name, content in streams:
        count = -(-len(content) // SECTOR)
        entries.append((name, start, len(content)))
        fat += list(range(start + 1, start + count)) + [END]
        sectors.append(content.ljust(count * SECTOR, b"\0"))
        start += count
    fat = [FAT, END] + fat
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR and len(streams) <= 3
    folder = directory_entry("Root Entry", 5, END, 0, child=1)
    for i, (name, begin, size) in enumerate(entries):
        folder += directory_entry(name, 2, begin, size, right=i + 2 if i + 1 < len(entries) else FREE)
    header = struct.pack("<8s16sHHHHHHIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0,
                         0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    with open(path, "wb") as file:
        file.write(header + table + folder.ljust(SECTOR, b"\0") + b"".join(sectors))


def doc(path, paragraphs, encrypted=False):
    text = "\r".join(paragraphs) + "\r"
    begin = 1024
    fib = bytearray(begin)
    struct.pack_into("<HHHHHHH", fib, 0, 0xA5EC, 0xC1, 0, 0x40C, 0, 0x0200 | (0x0100 if encrypted else 0), 0xBF)
    struct.pack_into("<II", fib, 0x18, begin, begin + 2 * len(text))
    struct.pack_into("<I", fib, 0x4C, len(text))
    pieces = struct.pack("<IIHIH", 0, len(text), 0, begin, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", fib, 0x1A2, 0, len(clx))
    styles = struct.pack("<10H", 18, 1, 10, 1, 0, 0, 1, 0, 0, 0) + struct.pack("<H", 0)  # one style, empty
    struct.pack_into("<II", fib, 0xA2, 512, len(styles))
    ole(path, [("WordDocument", bytes(fib + text.encode("utf-16-le")).ljust(8192, b"\0")),
               ("1Table", (clx.ljust(512, b"\0") + styles).ljust(4096, b"\0"))])


# --- .rtf ---
def rtf(path, paragraphs, wrong=""):
    def encoded(text):
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
    with open(path, "w", encoding="ascii") as file:
        file.write("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\pard\\plain\n")
        file.write("\\par\n".join(map(encoded, paragraphs)))
        file.write(wrong + "\\par}")


# --- what the readers are to be tried with ---
def good_files(folder):
    docx(f"{folder}/acte.docx", "".join(map(word_paragraph, lines("2021-01", "Budget primitif"))))
    odt(f"{folder}/acte.odt", "".join(f"<text:p>{line}</text:p>" for line in lines("2021-02", "Achat d’un tracteur")))
    doc(f"{folder}/acte.doc", lines("2021-03", "Tarifs de la cantine"))
    rtf(f"{folder}/acte.rtf", lines("2021-04", "Éclairage public"), "{\\deleted rejet}\\'e9t\\'e9")
    # Office 365 names the main part as it likes; a name without an extension is no hindrance
    docx(f"{folder}/sans-extension", "".join(map(word_paragraph, lines("2021-05", "Voirie"))), main="word/document2.xml")


def bad_files(folder):
    with zipfile.ZipFile(f"{folder}/bombe.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * 50_000_000)
    with zipfile.ZipFile(f"{folder}/sans-corps.docx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/styles.xml", "<styles/>")
    with zipfile.ZipFile(f"{folder}/tableur.docx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
    docx(f"{folder}/profond.docx", "<w:tbl>" * 5000)
    docx(f"{folder}/mal-forme.docx", "<w:p><w:r><w:t>Objet</w:p>")
    docx(f"{folder}/image.docx", "<w:p/>", [("image", "media/image1.png", "PNG")])
    odt(f"{folder}/secret.odt", "", manifest="<manifest><encryption-data/></manifest>")
    with zipfile.ZipFile(f"{folder}/entites.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><p>&a;</p></x>')
    doc(f"{folder}/secret.doc", ["illisible"], encrypted=True)
    ole(f"{folder}/tableur.doc", [("Workbook", bytes(4096))])
    ole(f"{folder}/secret.docx", [("EncryptedPackage", bytes(4096))])
    with open(f"{folder}/acte.docx", "rb") as file, open(f"{folder}/tronque.docx", "wb") as cut:
        cut.write(file.read()[:-60])


# --- bundles and envelopes ---
def text(number, objet):
    return "\n".join(lines(number, objet))


def envelope(path, number, day, objet, names, matiere=("7", "5"), annexes=(), encoding="ISO-8859-1"):
    """What @CTES leaves beside the act that it transmits."""
    codes = "".join(f'<actes:CodeMatiere{i} actes:CodeMatiere="{code}"/>' for i, code in enumerate(matiere, 1))
    files = "".join(f"<actes:Document><actes:NomFichier>{name}</actes:NomFichier></actes:Document>" for name in names)
    more = "".join(f"<actes:Annexe><actes:NomFichier>{name}</actes:NomFichier></actes:Annexe>" for name in annexes)
    content = (f'<?xml version="1.0" encoding="{encoding}"?>\n<actes:Acte '
               'xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" '
               f'actes:Date="{day}" actes:NumeroInterne="{number}" actes:CodeNatureActe="1">{codes}'
               f"<actes:Objet>{objet}</actes:Objet>{files}<actes:Annexes>{more}</actes:Annexes></actes:Acte>")
    with open(path, "wb") as file:
        file.write(content.encode(encoding))


def envelopes(folder):
    for name in ("acte.txt", "annexe.txt", "lisible.txt"):
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(f"Commune de Kervalo\n\nTexte de {name} sans rien d’autre.\n")
    envelope(f"{folder}/034-1_0.xml", "DEL2021_07", "2021-03-12", "Prêt au théâtre", ["acte.txt"], annexes=["annexe.txt"])
    with open(f"{folder}/034-2_0.xml", "w", encoding="utf-8") as file:
        file.write("<x xmlns='http://www.interieur.gouv.fr/ACTES#v1'><NomFichier>lisible.txt</NomFichier>")


def bundle(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("séance/a.txt", text("2022-01", "Lavoir"))
        package.writestr("séance/b.txt", text("2022-02", "Fontaine"))
        package.writestr(".cache/c.txt", text("2022-03", "Caché"))
        package.writestr("__MACOSX/d.txt", text("2022-04", "Caché"))
        package.writestr("logo.png", b"\x89PNG\r\n")
        package.writestr("séance/a.txt.meta.json", '{"rapporteur": "Anne Le Bihan"}')
        package.writestr("delib.meta.json", '{"id": "x", "rapporteur": "Luc Tanguy", "secretary": "Yann Kerbrat"}')


def bad_bundle(path, folder):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("../dehors.txt", text("2022-05", "Dehors"))
        package.writestr("/etc/dehors.txt", text("2022-06", "Dehors"))
        package.writestr("bombe.txt", b" " * 50_000_000)
        package.write(f"{folder}/acte.docx", "bon.docx")
        package.write(f"{folder}/lot.zip", "lot.zip")
        package.writestr("enveloppe/transmis.txt", "Texte transmis, sans rien d’autre.")
        package.write(f"{folder}/034-3_0.xml", "enveloppe/034-3_0.xml")


def bundles(folder):
    docx(f"{folder}/acte.docx", "".join(map(word_paragraph, lines("2022-07", "Passerelle"))))
    bundle(f"{folder}/lot.zip")
    envelope(f"{folder}/034-3_0.xml", "DEL2022_08", "2022-03-12", "Cimetière", ["transmis.txt"], ("2", "1", "3"))
    bad_bundle(f"{folder}/mauvais.zip", folder)
    for name in ("acte.docx", "034-3_0.xml"):
        os.remove(f"{folder}/{name}")


if __name__ == "__main__":
    {"good": good_files, "bad": bad_files, "bundles": bundles, "envelopes": envelopes}[sys.argv[1]](sys.argv[2])
