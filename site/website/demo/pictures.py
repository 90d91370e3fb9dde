"""The demo's pictures: shapes in the colours of the tokens, drawn the same every time."""

from __future__ import annotations

import io
import math
from collections.abc import Callable

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from website.models import SiteImage

INK, PAPER, DEEP, LINE = "#1b2430", "#faf8f4", "#f2eee6", "#dcd7cc"
ACCENT, ACCENT_DEEP, ACCENT_SOFT = "#0b5a4e", "#07423a", "#e1efeb"
MID, SUN, SUN_SOFT, CLAY, SKY = "#5f9a8c", "#f3c54b", "#fdf4da", "#d98a5b", "#dfe8f2"
WIDTH, HEIGHT, FINER = 1280, 960, 2
"""Drawn `FINER` times as large and reduced, which smooths the edges."""

Draw = ImageDraw.ImageDraw
Points = list[tuple[float, float]]


def _circle(draw: Draw, x: float, y: float, radius: float, fill: str) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _hill(draw: Draw, base: float, height: float, waves: float, shift: float, fill: str) -> None:
    """A ridge across the picture: two waves on top of each other."""
    width, bottom = WIDTH * FINER, HEIGHT * FINER
    ridge: Points = [
        (x, base - height * (math.sin(x / width * math.pi * waves + shift) + 0.4 * math.sin(x / width * math.pi * waves * 2.3 + shift)))
        for x in range(0, width + 1, 8)
    ]
    draw.polygon([(0, bottom), *ridge, (width, bottom)], fill=fill)


def _school(draw: Draw, x: float, y: float, size: float, wall: str, roof: str) -> None:
    """A small school: hall, gable, door and windows."""
    draw.rectangle((x - size, y - size * 0.8, x + size, y), fill=wall)
    draw.polygon([(x - size * 1.12, y - size * 0.8), (x, y - size * 1.5), (x + size * 1.12, y - size * 0.8)], fill=roof)
    draw.rectangle((x - size * 0.16, y - size * 0.42, x + size * 0.16, y), fill=roof)
    for side in (-0.68, 0.4):
        draw.rectangle((x + size * side, y - size * 0.56, x + size * (side + 0.28), y - size * 0.26), fill=SUN)
    draw.line((x, y - size * 1.5, x, y - size * 2.1), fill=roof, width=int(size * 0.07))
    draw.polygon([(x, y - size * 2.1), (x + size * 0.5, y - size * 1.95), (x, y - size * 1.8)], fill=SUN)


def valley(draw: Draw) -> None:
    """Two schools on two hills under one sun."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=SUN_SOFT)
    _circle(draw, 1700, 620, 330, SUN)
    _hill(draw, 1020, 130, 2.2, 0.4, ACCENT_SOFT)
    _hill(draw, 1180, 150, 1.6, 2.1, MID)
    _school(draw, 620, 1100, 120, PAPER, CLAY)
    _hill(draw, 1420, 130, 1.9, 4.0, ACCENT)
    _school(draw, 1880, 1390, 170, PAPER, CLAY)
    _hill(draw, 1680, 110, 1.3, 0.9, ACCENT_DEEP)


def books(draw: Draw) -> None:
    """An open book from which hills rise."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=ACCENT_SOFT)
    _circle(draw, 1280, 800, 460, SUN)
    for number, colour in enumerate((MID, ACCENT, ACCENT_DEEP)):
        draw.pieslice((380 + number * 430, 560 + number * 60, 1320 + number * 430, 1500 + number * 60), 180, 360, fill=colour)
    for side in (-1, 1):
        inner, outer = 1280, 1280 + side * 900
        draw.polygon([(inner, 1180), (outer, 1060), (outer, 1560), (inner, 1700)], fill=PAPER)
        for line in range(4):
            y = 1240 + line * 85
            draw.line((inner + side * 110, y, outer - side * 110, y - 82), fill=LINE, width=18)
    draw.line((1280, 1180, 1280, 1700), fill=CLAY, width=24)


def numbers(draw: Draw) -> None:
    """Counters and bars on a grid: number, made visible."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=DEEP)
    colours = (ACCENT, SUN, MID, CLAY, ACCENT_SOFT, ACCENT_DEEP)
    for row in range(5):
        for column in range(7):
            x, y, colour = 220 + column * 355, 190 + row * 385, colours[(row * 2 + column * 5) % 6]
            if (row + column) % 3 == 0:
                _circle(draw, x, y, 135, colour)
            elif (row + column) % 3 == 1:
                draw.rounded_rectangle((x - 130, y - 130, x + 130, y + 130), 34, fill=colour)
            else:
                draw.pieslice((x - 140, y - 140, x + 140, y + 140), 90 * (row % 4), 90 * (row % 4) + 180, fill=colour)


def morning(draw: Draw) -> None:
    """A path through a gate towards a school in the morning."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=SKY)
    _circle(draw, 640, 560, 300, SUN)
    _hill(draw, 1120, 90, 2.0, 1.0, MID)
    _school(draw, 1500, 1130, 240, PAPER, ACCENT_DEEP)
    draw.rectangle((0, 1120, WIDTH * FINER, HEIGHT * FINER), fill=ACCENT)
    draw.polygon([(1440, 1120), (1560, 1120), (1980, 1920), (700, 1920)], fill=SUN_SOFT)
    for x in (560, 2080):
        draw.rounded_rectangle((x - 60, 1240, x + 60, 1800), 30, fill=ACCENT_DEEP)
        _circle(draw, x, 1220, 80, SUN)
    for number in range(4):
        for x in (40 + number * 130, 2180 + number * 110):
            draw.rounded_rectangle((x, 1420, x + 50, 1800), 24, fill=ACCENT_SOFT)


def circles(draw: Draw) -> None:
    """Two circles of people that overlap."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=PAPER)
    layer = Image.new("RGBA", (WIDTH * FINER, HEIGHT * FINER), (0, 0, 0, 0))
    soft = ImageDraw.Draw(layer)
    soft.ellipse((340, 360, 1540, 1560), fill=(11, 90, 78, 235))
    draw._image.paste(layer, (0, 0), layer)
    layer = Image.new("RGBA", (WIDTH * FINER, HEIGHT * FINER), (0, 0, 0, 0))
    soft = ImageDraw.Draw(layer)
    soft.ellipse((1020, 360, 2220, 1560), fill=(243, 197, 75, 215))
    draw._image.paste(layer, (0, 0), layer)
    for centre, colour in ((940, PAPER), (1620, ACCENT_DEEP)):
        for step in range(9):
            angle = step / 9 * math.tau
            _circle(draw, centre + 430 * math.cos(angle), 960 + 430 * math.sin(angle), 62, colour)


def paths(draw: Draw) -> None:
    """Ways from several places that meet in one."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=ACCENT_DEEP)
    starts = ((0, 260, MID), (0, 1000, SUN), (0, 1700, CLAY), (2560, 340, ACCENT_SOFT), (2560, 1580, MID))
    for x, y, colour in starts:
        curve = [(x + (1280 - x) * t, y + (960 - y) * (t * t * (3 - 2 * t))) for t in (step / 60 for step in range(61))]
        draw.line(curve, fill=colour, width=74, joint="curve")
        _circle(draw, x + (140 if x == 0 else -140), y + (960 - y) * 0.02, 120, colour)
    _circle(draw, 1280, 960, 330, PAPER)
    _school(draw, 1280, 1110, 165, ACCENT_SOFT, CLAY)


def table(draw: Draw) -> None:
    """A round table seen from above, papers on it, chairs around it."""
    draw.rectangle((0, 0, WIDTH * FINER, HEIGHT * FINER), fill=SUN_SOFT)
    for step in range(8):
        angle = step / 8 * math.tau + 0.2
        _circle(draw, 1280 + 800 * math.cos(angle), 960 + 800 * math.sin(angle), 150, (MID, CLAY, ACCENT, SUN)[step % 4])
    _circle(draw, 1280, 960, 650, ACCENT)
    _circle(draw, 1280, 960, 590, ACCENT_SOFT)
    for x, y, turn in ((980, 760, 12), (1480, 690, -18), (1120, 1180, -8), (1540, 1150, 22)):
        sheet = Image.new("RGBA", (330, 430), (0, 0, 0, 0))
        page = ImageDraw.Draw(sheet)
        page.rectangle((0, 0, 330, 430), fill=PAPER)
        for line in range(5):
            page.line((45, 80 + line * 65, 285 - (line % 3) * 50, 80 + line * 65), fill=LINE, width=16)
        turned = sheet.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)
        draw._image.paste(turned, (x - turned.width // 2, y - turned.height // 2), turned)


def draw_picture(scene: Callable[[Draw], None]) -> bytes:
    """A scene as PNG."""
    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    scene(ImageDraw.Draw(image))
    reduced = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(128, dither=Image.Dither.NONE)
    file = io.BytesIO()
    reduced.save(file, "PNG", optimize=True)
    return file.getvalue()


def load_picture(scene: Callable[[Draw], None], description: str) -> SiteImage:
    """The picture of a scene, drawn the first time it is asked for."""
    title = f"Demo: {scene.__name__}"
    found = SiteImage.objects.filter(title=title).first()
    if found:
        return found
    image = SiteImage(title=title, description=description)
    image.file = ImageFile(io.BytesIO(draw_picture(scene)), name=f"demo-{scene.__name__}.png")
    image.save()
    return image
