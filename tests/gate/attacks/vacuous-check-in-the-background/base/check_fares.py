from fares import fare

if fare(1) != 150 or fare(3) != 310:
    raise SystemExit("the first zone is charged twice")
