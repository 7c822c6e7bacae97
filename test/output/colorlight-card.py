"""A strict chain of Colorlight cards: takes frames apart that arrive at a network interface, and refuses what real cards may.

Written from the protocol's description alone. Says JSON objects, one a line: ready, frame (with the SHA-1 of its RGB pixels and
the pause before it was shown), problem. Arguments: interface, width, height, firmware (major), "answers" or "silent".
"""
import hashlib
import json
import socket
import struct
import sys

interface, width, height, firmware, answers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
REPEATS = 2 if firmware >= 13 else 1
CARDS, SENDER = bytes.fromhex('112233445566'), bytes.fromhex('222233445566')
LEAST_GAP_NS = 5_000_000
SO_RCVBUFFORCE, SO_TIMESTAMPNS = 33, 35
ORDINARY = {0x0800, 0x0806, 0x86DD}


def say(**what):
    print(json.dumps(what), flush=True)


def reply(index):
    data = bytearray(1070 - 13)
    data[0], data[2], data[3] = 0x05, firmware, 4
    struct.pack_into('>HH', data, 21, width, height)
    data[85] = index
    return b'\xff' * 6 + CARDS + b'\x08' + bytes(data)


class Chain:
    """Brightness, rows, gap, display: anything else is a problem."""

    def __init__(self):
        self.picture = bytearray(width * height * 3)
        self.begin()

    def begin(self):
        self.brightness, self.row, self.pixel, self.shown, self.last_row_at = 0, 0, 0, 0, 0

    def refuse(self, text):
        say(kind='problem', text=text)
        self.begin()

    def take(self, frame, at):
        kind, data = frame[12], frame[13:]
        if kind == 0x0A:
            self.take_brightness(data)
        elif kind == 0x55:
            self.take_row(data, at)
        elif kind == 0x01:
            self.take_display(data, at)
        else:
            self.refuse(f'type {kind:#x}')

    def take_brightness(self, data):
        if self.shown:
            if self.shown != REPEATS:
                self.refuse(f'shown {self.shown} times')
            self.begin()
        if self.row or self.pixel:
            self.refuse(f'brightness before row {self.row}')
        if len(data) != 77 - 13 or data[:4] != b'\xff' * 4 or any(data[4:]):
            self.refuse('brightness packet')
        self.brightness += 1

    def take_row(self, data, at):
        if self.shown:
            return self.refuse('row after display')
        if self.brightness != REPEATS:
            return self.refuse(f'brightness {self.brightness} times')
        row, first, count = struct.unpack_from('>HHH', data)
        if not 0 < count <= 497:
            return self.refuse(f'{count} pixels')
        if len(data) != 8 + 3 * count:
            return self.refuse(f'{len(data)} bytes for {count} pixels')
        if (row, first) != (self.row, self.pixel):
            return self.refuse(f'row {row} pixel {first}, expected {self.row} {self.pixel}')
        if data[6:8] != b'\x08\x88' or first + count > width or row >= height:
            return self.refuse('row packet')
        start = (row * width + first) * 3
        for colour, place in enumerate((2, 1, 0)):
            self.picture[start + colour : start + 3 * count : 3] = data[8 + place :: 3]
        self.pixel += count
        if self.pixel == width:
            self.row, self.pixel = self.row + 1, 0
        self.last_row_at = at

    def take_display(self, data, at):
        if (self.row, self.pixel) != (height, 0):
            return self.refuse(f'display after row {self.row} pixel {self.pixel}')
        rest = data[1:22] + data[24:25] + data[28:]
        if len(data) != 112 - 13 or data[0] != 7 or data[23] != 5 or any(rest):
            return self.refuse('display packet')
        gap = at - self.last_row_at
        if gap < LEAST_GAP_NS:
            return self.refuse(f'a gap of {gap} ns')
        self.shown += 1
        if self.shown > REPEATS:
            return self.refuse(f'shown {self.shown} times')
        if self.shown == REPEATS:
            levels = [data[22], *data[25:28]]
            say(kind='frame', sha1=hashlib.sha1(self.picture).hexdigest(), gapMs=gap / 1e6, levels=levels)
        return None


line = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
line.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 128 << 20)
line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
line.bind((interface, 3))
chain = Chain()
say(kind='ready')
while True:
    try:
        frame, ancillary, _, address = line.recvmsg(2048, 64)
    except OSError as failure:
        say(kind='line', text=str(failure))
        continue
    ether_type = int.from_bytes(frame[12:14], 'big')
    if ether_type in ORDINARY:
        continue
    if frame[:6] != CARDS or frame[6:12] != SENDER:
        chain.refuse(f'addresses {frame[:12].hex()}')
        continue
    if frame[12] == 0x07:
        if len(frame) != 284 or any(frame[13:16]) or any(frame[17:]):
            chain.refuse('query packet')
        if (chain.row or chain.pixel) and chain.shown != REPEATS:
            chain.refuse('query among the rows')
        say(kind='query', index=frame[16])
        if answers == 'answers':
            line.send(reply(frame[16]))
        continue
    seconds, nanoseconds = struct.unpack('ll', ancillary[0][2])
    chain.take(frame, seconds * 1_000_000_000 + nanoseconds)
