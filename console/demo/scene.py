"""Draws one frame of a demo camera's scene: a made-up street or quay with a running clock.

Pure: the same (camera, time) gives the same picture, so tests can compare frames.
"""

from __future__ import annotations

import datetime
import io
import math
import zlib

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 360
_WIB = datetime.timezone(datetime.timedelta(hours=7), "WIB")
_BIG, _SMALL = ImageFont.load_default(24), ImageFont.load_default(16)
_PAINTS = ((200, 60, 50), (240, 240, 235), (40, 90, 170), (235, 190, 40), (40, 130, 80), (90, 90, 95))


def _daylight(hour: float) -> float:
    """0 at night, 1 at full day, for a local hour 0–24."""
    return max(0.0, min(1.0, 0.5 + 2.2 * math.sin((hour - 6.0) / 24 * 2 * math.pi)))


def _mix(night: tuple[int, int, int], day: tuple[int, int, int], light: float) -> tuple[int, int, int]:
    red, green, blue = (round(n + (d - n) * light) for n, d in zip(night, day, strict=True))
    return red, green, blue


def draw_scene(camera_id: str, now: float) -> Image.Image:
    """An RGB picture of WIDTH×HEIGHT pixels of camera `camera_id` at epoch seconds `now`."""
    seed = zlib.crc32(camera_id.encode())
    local = datetime.datetime.fromtimestamp(now, _WIB)
    light = _daylight(local.hour + local.minute / 60)
    picture = Image.new("RGB", (WIDTH, HEIGHT), _mix((12, 16, 38), (140, 195, 235), light))
    draw = ImageDraw.Draw(picture)
    if seed % 3 == 0:
        _quay(draw, seed, now, light)
    else:
        _street(draw, seed, now, light)
    draw.rectangle((0, 0, WIDTH, 34), fill=(0, 0, 0))
    draw.text((8, 4), f"{camera_id}  DEMO", font=_BIG, fill=(255, 220, 80))
    clock = local.strftime("%Y-%m-%d %H:%M:%S") + f".{local.microsecond // 100000} WIB"
    draw.text((WIDTH - 330, 4), clock, font=_BIG, fill=(255, 255, 255))
    draw.text((8, HEIGHT - 24), "demo: bukan kamera sungguhan / not a real camera", font=_SMALL, fill=(255, 255, 255))
    return picture


def _street(draw: ImageDraw.ImageDraw, seed: int, now: float, light: float) -> None:
    for i in range(8):
        tall = 60 + (seed >> i) % 90
        left = i * 84 - seed % 40
        tone = 90 + (seed >> (i + 3)) % 90
        draw.rectangle((left, 200 - tall, left + 72, 200), fill=_mix((25, 25, 35), (tone, tone - 15, tone - 30), light))
        for row in range(200 - tall + 10, 190, 22):
            lit = light < 0.5 and (seed + row + i) % 3
            pane = (250, 220, 120) if lit else _mix((40, 40, 50), (170, 200, 220), light)
            draw.rectangle((left + 12, row, left + 26, row + 10), fill=pane)
            draw.rectangle((left + 44, row, left + 58, row + 10), fill=pane)
    draw.rectangle((0, 200, WIDTH, HEIGHT), fill=_mix((30, 30, 34), (95, 95, 100), light))
    for x in range(-40, WIDTH, 80):
        draw.rectangle((x, 272, x + 40, 277), fill=(220, 220, 210))
    for lane, (y, sign) in enumerate(((222, 1), (292, -1))):
        for i in range(3):
            speed = 60 + (seed >> (lane * 4 + i)) % 50
            at = (sign * now * speed + i * 260 + seed % 97) % (WIDTH + 160) - 120
            paint = _PAINTS[(seed + lane * 3 + i) % len(_PAINTS)]
            draw.rounded_rectangle((at, y, at + 88, y + 30), 8, fill=paint)
            draw.rounded_rectangle((at + 18, y - 16, at + 68, y + 6), 6, fill=paint, outline=(30, 30, 30))
            for wheel in (at + 12, at + 60):
                draw.ellipse((wheel, y + 20, wheel + 18, y + 38), fill=(15, 15, 15))


def _quay(draw: ImageDraw.ImageDraw, seed: int, now: float, light: float) -> None:
    draw.rectangle((0, 150, WIDTH, HEIGHT), fill=_mix((8, 24, 44), (40, 120, 150), light))
    draw.ellipse((360, 110, 700, 190), fill=_mix((10, 22, 18), (50, 110, 60), light))
    for row in range(165, 300, 22):
        for x in range(-40, WIDTH, 64):
            shift = 12 * math.sin(now + row / 9 + x / 40)
            draw.line((x + shift, row, x + 26 + shift, row), fill=_mix((30, 60, 90), (120, 190, 210), light), width=2)
    for i in range(3):
        speed = 18 + (seed >> i) % 26
        at = (now * speed + i * 290) % (WIDTH + 180) - 150
        y = 180 + i * 38 + 3 * math.sin(now * 1.5 + i)
        draw.polygon(((at, y), (at + 130, y), (at + 108, y + 26), (at + 18, y + 26)), fill=_PAINTS[(seed + i) % 6])
        draw.rectangle((at + 34, y - 20, at + 84, y), fill=(235, 235, 230))
    draw.rectangle((0, 310, WIDTH, HEIGHT), fill=_mix((35, 30, 26), (130, 110, 90), light))


def jpeg(picture: Image.Image, quality: int = 70) -> bytes:
    """`picture` as a baseline JPEG file."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
