def pieces(items, size):
    """`items` in lists of `size`, the last maybe shorter."""
    piece = []
    for item in items:
        piece.append(item)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece
