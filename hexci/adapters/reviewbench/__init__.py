"""Small projects with defects of our own in them, and their clean twins."""
