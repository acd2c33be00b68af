"""One folder with every bad file that we know of: each is told on one line, and the rest is found."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.records import FileResult, Progress, Status
from assistant.service import Assistant
from assistant.settings import Settings

PAGES = 2000
EXPECTED = {
    "cut.zip": "damaged zip archive",
    "damaged.pdf": "damaged",
    "empty.txt": "empty",
    "large.txt": "300.0 MB, more than the 2 MB allowed; split it or raise ASSISTANT_FILE_MEGABYTES",
    "locked.pdf": "password",
    "pipe.txt": "not an ordinary file",
    "program.docx": "a program",
    "program.pdf": "a program",
    "torn.docx": "damaged",
    "vanishing.txt": "does not exist",
    "bomb.zip/bomb.txt": "zip bomb",
    "bomb.zip/lying.txt": "cannot be unpacked",
    "locked.zip/locked.txt": "locked with a password",
    "nested.zip/inner.zip": "archive inside an archive",
    "outside.zip/link.txt": "is a link",
}
REFUSED = {
    "outside.zip/../../evil.txt": "leads out of the archive",
    "outside.zip//etc/passwd": "absolute path",
    "secret.txt": "leads out of the folder",
}
GOOD = {
    "good.txt",
    "long.pdf",
    "bomb.zip/good.txt",
    "locked.zip/good.txt",
    "nested.zip/good.txt",
    "outside.zip/good.txt",
}


def article(thing: str) -> str:
    return f"某地加快建设{thing}\n\n" + "".join(
        f"某地公司在第{n}季度建成{thing}{n}百个，服务了更多的用户和企业，得到各方好评。" for n in range(1, 5)
    )


def pdf(pages: list[str], encryption: str = "") -> bytes:
    """One line of text a page, in a font that every reader of PDFs knows."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
    ]
    for n, text in enumerate(pages):
        content = f"BT /F1 12 Tf 60 700 Td <{text.encode('utf-16-be').hex()}> Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data, offsets = b"%PDF-1.4\n", []
    body = [f"{n} 0 obj\n{text}\nendobj\n".encode() for n, text in enumerate(objects, start=1)]
    place = len(data)
    for part in body:
        offsets.append(place)
        place += len(part)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R {encryption} >>\nstartxref\n{place}\n%%EOF\n"
    return data + b"".join(body) + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def pack(path: Path, files: dict[str, bytes], link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", article(path.stem))
        for name, data in files.items():
            archive.writestr(name, data)
        if link:
            info = zipfile.ZipInfo(link)
            info.external_attr = 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return path


def make_archives(folder: Path) -> None:
    inner = pack(folder / "inner.zip", {})
    pack(folder / "nested.zip", {"inner.zip": inner.read_bytes()})
    (folder / "cut.zip").write_bytes(inner.read_bytes()[:-30])
    inner.unlink()
    pack(folder / "outside.zip", {"../../evil.txt": b"x", "/etc/passwd": b"x"}, link="link.txt")
    bomb = pack(folder / "bomb.zip", {"bomb.txt": bytes(30_000_000), "lying.txt": b"0123456789" * 300})
    data = bytearray(bomb.read_bytes())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    bomb.write_bytes(data)
    locked = pack(folder / "locked.zip", {"locked.txt": b"x"})
    data = bytearray(locked.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bad") / "corpus"
    path.mkdir()
    make_archives(path)
    whole = pdf([article("光缆")])
    (path / "damaged.pdf").write_bytes(whole[:60] + bytes(500))
    keys = f"<{'41' * 32}>"
    locked = f"/ID [<41> <41>] /Encrypt << /Filter /Standard /V 1 /R 2 /O {keys} /U {keys} /P -4 >>"
    (path / "locked.pdf").write_bytes(pdf(["一句话。"], locked))
    (path / "long.pdf").write_bytes(
        pdf([f"第{n}座卫星地面站在第{n}号港口建成并投入使用。" for n in range(PAGES)])
    )
    program = b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 8
    (path / "program.docx").write_bytes(program)
    (path / "program.pdf").write_bytes(program)
    (path / "torn.docx").write_bytes(b"PK\x03\x04" + bytes(100))
    with (path / "large.txt").open("wb") as file:
        file.truncate(300_000_000)
    os.mkfifo(path / "pipe.txt")
    (path / "empty.txt").write_bytes(b"")
    secret = path.parent / "secret.txt"
    for file_path, thing in ((path / "good.txt", "基站"), (path / "vanishing.txt", "铁塔"), (secret, "机密")):
        file_path.write_text(article(thing), encoding="utf-8")
    (path / "secret.txt").symlink_to(secret)
    return path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    storage = tmp_path_factory.mktemp("storage")
    with Assistant.open(Settings(storage=storage, embedder="none", file_megabytes=2, workers=2)) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def results(index: Assistant, folder: Path) -> dict[str, FileResult]:
    """Outcomes of an ingestion during which one file vanishes, after it was listed and before it is read."""

    def vanish(step: Progress) -> None:
        (folder / "vanishing.txt").unlink(missing_ok=True)

    return {result.document: result for result in index.ingest([folder], vanish).results}


def test_every_bad_file_is_told_on_one_line(results: dict[str, FileResult]) -> None:
    failed = {name: r.reason for name, r in results.items() if r.status is Status.FAILED}
    expected = EXPECTED | REFUSED
    assert failed.keys() == expected.keys()
    for name, reason in expected.items():
        assert reason in failed[name], name
    assert all(reason.isprintable() and 20 < len(reason) < 600 for reason in failed.values())


def test_every_reason_stands_in_the_list_of_documents(
    index: Assistant, results: dict[str, FileResult]
) -> None:
    listed = {info.document: info for info in index.documents()}
    for name in EXPECTED:
        assert (listed[name].status, listed[name].reason) == ("failed", results[name].reason)


def test_every_good_file_beside_them_is_found(index: Assistant, results: dict[str, FileResult]) -> None:
    assert {name for name, r in results.items() if r.status is Status.ADDED} == GOOD
    for word, document in (
        ("基站", "good.txt"),
        ("nested", "nested.zip/good.txt"),
        ("bomb", "bomb.zip/good.txt"),
    ):
        assert document in {hit.passage.document for hit in index.search(word, k=10)}


def test_a_pdf_of_two_thousand_pages_is_read_to_its_last_page(
    index: Assistant, results: dict[str, FileResult]
) -> None:
    (info,) = (info for info in index.documents() if info.document == "long.pdf")
    assert info.pages == PAGES
    hits = index.search(f"第{PAGES - 1}号港口的卫星地面站", k=3)
    assert any(f"第{PAGES - 1}号港口" in hit.passage.text for hit in hits)


def test_nothing_outside_the_folder_is_read(index: Assistant, results: dict[str, FileResult]) -> None:
    assert not [hit for hit in index.search("机密 root:x:0:0", k=20) if "机密" in hit.passage.text]


def test_a_second_run_tells_the_same_and_changes_nothing(
    index: Assistant, folder: Path, results: dict[str, FileResult]
) -> None:
    again = {result.document: result for result in index.ingest([folder]).results}
    assert {name for name, r in again.items() if r.status is Status.UNCHANGED} == GOOD
    assert again["vanishing.txt"].status is Status.REMOVED
    failed = {name for name, r in results.items() if r.status is Status.FAILED} - {"vanishing.txt"}
    assert {name: again[name].reason for name in failed} == {name: results[name].reason for name in failed}


def test_files_that_take_too_long_or_too_much_memory_cost_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "endless.txt").write_text(article("基站") * 40_000, encoding="utf-8")
    (folder / "good.txt").write_text(article("光缆"), encoding="utf-8")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(600_000_000)
    settings = Settings(
        storage=tmp_path / "storage",
        embedder="none",
        workers=2,
        file_megabytes=1000,
        file_memory_megabytes=500,
        file_seconds=3,
    )
    with Assistant.open(settings) as assistant:
        found = {result.document: result for result in assistant.ingest([folder]).results}
    assert found["good.txt"].status is Status.ADDED
    assert "endless.txt took longer than 3 s" in found["endless.txt"].reason
    assert "huge.txt needs more than 500 MB of memory" in found["huge.txt"].reason
