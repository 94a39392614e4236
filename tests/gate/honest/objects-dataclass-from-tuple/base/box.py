from collections import namedtuple

Box = namedtuple("Box", "width height")
