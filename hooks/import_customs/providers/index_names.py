"""Tell whether a distribution outside the popular ones exists, and whether it installs the module of its own name.

names.bin holds a hash of each of 638,000 names: 65,537 ends of buckets (32 bits each, little-endian), one bucket for
the upper 16 bits of the name's CRC-32; then the buckets' values of 16 bits, sorted: 15 further bits of the CRC-32 and,
lowest, whether the module of its own name is installed. A name that does not exist is taken for one that does once in
about 3,400 times (638,000 names in 2^31 places).
"""

from __future__ import annotations

import struct
import zlib

from import_customs.providers.index_lines import damaged, mapped

NAME = "names.bin"
BUCKETS = 1 << 16


def installs_own_module(distribution: str) -> bool | None:
    """None if no distribution of that normalized name is known. Raises IndexDamagedError."""
    data = mapped(NAME)
    crc = zlib.crc32(distribution.encode("utf-8", "surrogatepass"))
    try:
        start, end = struct.unpack_from("<2I", data, 4 * (crc >> 16))
        values = struct.unpack_from(f"<{end - start}H", data, 4 * (BUCKETS + 1) + 2 * start)
    except struct.error:
        raise damaged(NAME, "points beyond its end") from None
    sought = crc & 0xFFFE
    if sought | 1 in values:
        return True
    return False if sought in values else None
