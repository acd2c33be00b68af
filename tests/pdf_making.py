"""Makes PDF files to read: text at given places, wrapped paragraphs, ruling lines, pictures."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT = 90, 510
FONT = "STSong-Light"


class Pdf:
    """A document that is written from top to bottom; `y` is counted from the upper edge of the page."""

    def __init__(self, *, user_password: str | None = None) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        encryption = (
            None if user_password is None else StandardEncryption(user_password, "owner", strength=128)
        )
        self._target = BytesIO()
        self._canvas = Canvas(self._target, pagesize=(WIDTH, HEIGHT), encrypt=encryption)
        self.y = 80.0

    def text(self, text: str, x: float, y: float, size: float = 12) -> None:
        """A line of text at a place."""
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(x, HEIGHT - y, text)

    def centred(self, text: str, size: float = 12, step: float = 30) -> None:
        """A line in the middle."""
        self._canvas.setFont(FONT, size)
        self._canvas.drawCentredString((LEFT + RIGHT) / 2, HEIGHT - self.y, text)
        self.y += step

    def line(self, text: str, x: float = LEFT, size: float = 12, step: float = 20) -> None:
        """The next line."""
        self.text(text, x, self.y, size)
        self.y += step

    def paragraph(self, text: str, size: float = 12, indent: bool = True) -> None:
        """Chinese text, wrapped; its first line is indented by two characters."""
        room = int((RIGHT - LEFT) / size)
        first = text[: room - 2] if indent else text[:room]
        self.line(first, LEFT + 2 * size if indent else LEFT, size)
        rest = text[len(first) :]
        for start in range(0, len(rest), room):
            self.line(rest[start : start + room], LEFT, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling line."""
        self._canvas.setLineWidth(0.5)
        self._canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """Ruling lines around every cell."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)

    def slanted(self, text: str) -> None:
        """Large text across the page."""
        self._canvas.saveState()
        self._canvas.translate(200, 400)
        self._canvas.rotate(45)
        self._canvas.setFont(FONT, 40)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def picture(self) -> None:
        """A grey picture over most of the page."""
        self._canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 100, 100, 400, 600)

    def turn(self) -> None:
        """Show this page turned by a quarter."""
        self._canvas.setPageRotation(90)

    def upright(self, text: str, x: float, y: float) -> None:
        """Text that is upright once the page is turned."""
        self._canvas.saveState()
        self._canvas.translate(y, x)
        self._canvas.rotate(90)
        self._canvas.setFont(FONT, 12)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def next_page(self) -> None:
        """Go on with a new page."""
        self._canvas.showPage()
        self.y = 80.0

    def data(self) -> bytes:
        """The file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._target.getvalue()
