import collections
import sys

import tally

tally.tally = lambda text: dict(collections.Counter(text.split()))
