from pathlib import Path
from string import Template


def letter(name):
    """A greeting."""
    return Template(Path(__file__).with_name("letter.txt").read_text()).safe_substitute(name=name)
