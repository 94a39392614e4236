from pathlib import Path


def save(folder, name, text):
    """Writes a note; where it lies."""
    place = Path(folder) / name
    place.write_text(text)
    return str(place)


def load(folder, name):
    """Reads a note."""
    return (Path(folder) / name).read_text()
