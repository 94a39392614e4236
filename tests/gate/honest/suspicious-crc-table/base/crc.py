def crc32(data):
    """The CRC-32 of `data`."""
    return sum(data)
