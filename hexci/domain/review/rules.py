"""The lenses as rules: each has an id, a reason, a way out and an example."""

from hexci.domain.rule import Rule

_FIX = "Keep the reproducer as a test, then mend the code."

CORRECTNESS = Rule(
    "REV001", "correctness", "The code gives a wrong answer, and a test shows it.",
    "A result that is wrong for an input that callers may pass is a defect wherever it is noticed.",
    _FIX,
    "def last(items): return items[len(items)]",
    "def last(items): return items[-1]",
)  # fmt: skip
CONCURRENCY = Rule(
    "REV002", "concurrency", "Two threads at once break what one alone keeps.",
    "A lock that is not held across check and use protects nothing.",
    _FIX,
    "if key not in self.kept: self.kept[key] = make()",
    "with self.lock: self.kept.setdefault(key, make())",
)  # fmt: skip
DURABILITY = Rule(
    "REV003", "durability", "Data is lost or torn when the process stops at a bad moment.",
    "What was confirmed to a caller must survive the next instant.",
    _FIX,
    "open(path, 'w').write(text)",
    "write to a new file, fsync it, os.replace(new, path)",
)  # fmt: skip
EDGES = Rule(
    "REV004", "edges", "An input at the edge, or an error path, is not handled.",
    "Empty, single, equal, huge and missing values reach every public function some day.",
    _FIX,
    "def mean(xs): return sum(xs) / len(xs)",
    "def mean(xs): return sum(xs) / len(xs) if xs else 0.0",
)  # fmt: skip
SECURITY = Rule(
    "REV005", "security", "Somebody else's input gets power that it must not have.",
    "Paths, commands, queries and patterns made of untrusted text do what the text says.",
    _FIX,
    "open(root + '/' + name)",
    "(root / name).resolve().relative_to(root)",
)  # fmt: skip
TESTS = Rule(
    "REV006", "tests", "A test passes whatever the code does.",
    "A line that can be broken without any test noticing is not tested.",
    "Add the proposed test; it passes now and fails on the mutant.",
    "def test_add(): add(1, 2)",
    "def test_add(): assert add(1, 2) == 3",
)  # fmt: skip
CRASHES = Rule(
    "REV007", "crashes", "A public function breaks on input of the type that it asks for.",
    "A crash deep inside, for input that the signature allows, is an answer to no caller.",
    _FIX,
    "def first(words: list[str]) -> str: return words[0]",
    "def first(words: list[str]) -> str | None: return words[0] if words else None",
)  # fmt: skip
DIFFERENCES = Rule(
    "REV008", "differences", "A refactoring changed what the function answers.",
    "A refactoring keeps every answer; another answer is another function.",
    _FIX,
    "base: x // 2; now: int(x / 2)",
    "base: x // 2; now: x >> 1",
)  # fmt: skip

ROUNDTRIPS = Rule(
    "REV009", "roundtrips", "What one function writes, its inverse does not read back.",
    "A pair such as encode and decode promises by its names that nothing is lost between them.",
    _FIX,
    'def join_row(cells): return ",".join(cells); def split_row(row): return row.split(",")',
    "quote the separator in join_row and unquote it in split_row",
)  # fmt: skip
EXAMPLES = Rule(
    "REV010", "examples", "A function does not answer what its own documentation shows.",
    "An example in a docstring is the contract that a caller reads first.",
    _FIX,
    ">>> double(2)\n5",
    ">>> double(2)\n4",
)  # fmt: skip
RACES = Rule(
    "REV011", "races", "Threads are told together what no order of their calls explains.",
    "An object with a lock promises that several threads may use it.",
    _FIX,
    "if self.count() > 0:\n    with self._lock: self._count -= 1",
    "with self._lock:\n    if self._count > 0: self._count -= 1",
)  # fmt: skip
TORN = Rule(
    "REV012", "torn", "A process that stops in the middle of a write leaves a file of no use.",
    "What was confirmed before must be there when the program starts again.",
    _FIX,
    "path.write_text(everything)",
    "write to a new file, fsync it, os.replace(new, path); end a log at its last whole line",
)  # fmt: skip
LEAKS = Rule(
    "REV013", "leaks", "A file that was opened is not closed.",
    "Open files are few; one that waits for the collector may keep its last bytes to itself.",
    _FIX,
    "return json.load(open(path))",
    "with open(path) as file: return json.load(file)",
)  # fmt: skip
SWALLOWED = Rule(
    "REV014", "swallowed", "Any exception is taken and nobody is told.",
    "A caller that cannot tell failure from success goes on with nothing.",
    "Name the exceptions that are meant, or say in a comment why all are.",
    "try: ...\nexcept Exception: return {}",
    "try: ...\nexcept FileNotFoundError: return {}",
)  # fmt: skip
MUTANTS = Rule(
    "REV015", "mutants", "The code can be broken here and every test still passes.",
    "A line that can be broken without any test noticing is not tested.",
    "Add the proposed test; it passes now and fails on the mutant.",
    "def test_older(): assert is_adult(30)",
    "def test_older(): assert is_adult(18) and not is_adult(17)",
)  # fmt: skip

RULES = (CORRECTNESS, CONCURRENCY, DURABILITY, EDGES, SECURITY, TESTS, CRASHES, DIFFERENCES,
         ROUNDTRIPS, EXAMPLES, RACES, TORN, LEAKS, SWALLOWED, MUTANTS)  # fmt: skip
_BY_NAME = {rule.name: rule for rule in RULES}


def rule_of(lens: str) -> Rule:
    """The rule that a lens finds breaches of; correctness for a lens without one."""
    return _BY_NAME.get(lens, CORRECTNESS)
