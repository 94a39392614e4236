import datetime


def is_past(day):
    """Whether `day` is over."""
    return day < datetime.date.today()


def years_since(year):
    """Full years since the end of `year`."""
    return datetime.date.today().year - year - 1
