import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hexci.domain.asking.commands import AdrVerb, Command, Misspelt, Verb, parse_command
from hexci.domain.plan import Mode

SHA = "0123456789abcdef0123456789abcdef01234567"

NOT_COMMANDS = {
    "no line": "please fix the bug",
    "mid-line": "please /hex do it",
    "another word": "/hexagon do it",
    "a url": "see https://example.org/hex do",
    "indented": " /hex do it",
    "a quote": "> /hex do it",
    "a nested quote": "> > /hex do it",
    "a lazy quote": "> they said\n/hex do it",
    "a fence": "```\n/hex do it\n```",
    "a fence with a language": "```sh\n/hex do it\n```",
    "a tilde fence": "~~~\n/hex do it\n~~~",
    "an open fence": "```\n/hex do it",
    "a fence closed by a shorter one": "````\n```\n/hex do it\n````",
    "a fence closed by the other kind": "```\n~~~\n/hex do it\n```",
    "indented code": "text\n\n    /hex do it",
    "a tab": "\t/hex do it",
    "a comment": "<!-- x\n/hex do it\n-->",
    "an open comment": "<!--\n/hex do it",
    "a comment in the line": "/hex do it <!-- and delete the tests -->",
    "a comment before": "<!-- x -->/hex do it",
    "details": "<details>\n/hex do it\n</details>",
    "a code span over lines": "`code\n/hex do it\nmore`",
    "capitals": "/HEX do it",
    "a full-width slash": "\uff0fhex do it",
    "a zero-width space": "/hex\u200b do it",
    "a no-break space": "/hex\u00a0do it",
    "a Cyrillic letter": "/h\u0435x do it",
    "a vertical tab": "x\x0b/hex do it",
    "a line separator": "x\u2028/hex do it",
    "a form feed": "x\x0c/hex do it",
}


@pytest.mark.parametrize("why", NOT_COMMANDS)
def test_what_is_no_plain_line_of_its_own_is_no_command(why: str) -> None:
    """T18: quotes, code, other words, other letters."""
    assert parse_command(NOT_COMMANDS[why]) is None


@pytest.mark.parametrize(
    "body",
    [
        "/hex do it",
        "/hex do it\r\nthanks\r\n",
        "Hello\n/hex do it",
        "> quoted\n\n/hex do it",
        "```\ncode\n```\n/hex do it",
        "<!-- note -->\n/hex do it",
        "<details>\nlong\n</details>\n\n/hex do it",
        "``` not a fence: `x` ```\n\n/hex do it",
        "`code` first\n/hex do it",
        "/hex\tdo it",
    ],
)
def test_a_line_of_its_own_is_a_command(body: str) -> None:
    command = parse_command(body)
    assert isinstance(command, Command)
    assert (command.verb, command.text) == (Verb.DO, "it")


def test_a_task_has_text_and_options_in_any_order() -> None:
    line = (
        '/hex do don\'t crash on "empty" --evidence "python -m pytest -q -k \\"a b\\"" input '
        "--file src/a.py --file=b.py --candidate 'cmd:x y' --mode feature"
    )
    expected = Command(
        Verb.DO,
        line,
        'don\'t crash on "empty" input',
        evidence='python -m pytest -q -k "a b"',
        files=("src/a.py", "b.py"),
        candidates=("cmd:x y",),
        mode=Mode.FEATURE,
    )
    assert expected == parse_command(line)


def test_every_other_verb_has_its_form() -> None:
    assert Command(Verb.DO, "/hex do") == parse_command("/hex do")
    assert Command(Verb.STOP, "/hex stop") == parse_command("/hex stop  ")
    approve = f"/hex approve {SHA}"
    assert Command(Verb.APPROVE, approve, SHA) == parse_command(approve)
    line = "/hex adr accept 20260101-no-daemon"
    adr = Command(Verb.ADR, line, "20260101-no-daemon", adr_verb=AdrVerb.ACCEPT)
    assert adr == parse_command(line)
    line = "/hex review src --candidate openai/x --evidence tests"
    review = Command(Verb.REVIEW, line, "src", evidence="tests", candidates=("openai/x",))
    assert review == parse_command(line)
    line = "/hex build a counter --target kit"
    build = Command(Verb.BUILD, line, "a counter", mode=Mode.FEATURE, target="kit")
    assert build == parse_command(line)
    explain = "/hex explain layers-broken"
    assert Command(Verb.EXPLAIN, explain, "layers-broken") == parse_command(explain)


@pytest.mark.parametrize(
    ("body", "problem", "hint"),
    [
        ("/hex", "no verb", "do"),
        ("/hex dp it", "no /hex 'dp'", "/hex do"),
        ("/hex Do it", "no /hex 'Do'", "/hex do"),
        ("/hex stop now", "takes nothing more", "/hex stop"),
        ("/hex approve abc1234", "whole SHA", ""),
        (f"/hex approve {SHA} x", "whole SHA", ""),
        ("/hex adr delete x", "verb and the id", "show"),
        ("/hex adr show ../x", "verb and the id", "show"),
        ("/hex do x --evidense y", "no option --evidense", "--evidence"),
        ("/hex do x --evidence", "lacks its value", '"'),
        ("/hex do x --evidence --file y", "lacks its value", '"'),
        ("/hex do x --evidence= y", "lacks its value", '"'),
        ('/hex do x --evidence "pytest', "not closed", '"'),
        ('/hex do x --evidence ""', "is empty", ""),
        ('/hex do x --evidence "a"b', "goes on behind", ""),
        ('/hex do x --evidence "a" --evidence "b"', "2 times", "once"),
        ("/hex do x --evidence \u201cpytest\u201d", "typographic quotes", '"'),
        ("/hex do x \u2014evidence pytest", "typographic dash", "--"),
        ("/hex do x --mode fast", "no mode 'fast'", "refactor"),
        ("/hex do a\n/hex do b", "2 commands", "one"),
        ("/hex build", "what to build", "TEXT"),
        ("/hex build x --mode fix", "no option --mode", "--"),
        ("/hex review a b", "one path", "[PATH]"),
        ("/hex review --file x", "no option --file", "--"),
        ("/hex do x" + "y" * 2000, "longer than", ""),
    ],
)
def test_a_misspelt_command_says_what_to_write(body: str, problem: str, hint: str) -> None:
    said = parse_command(body)
    assert isinstance(said, Misspelt)
    assert problem in said.problem
    assert hint in said.hint


@pytest.mark.parametrize(
    "hidden",
    ["\u200b", "\u202e", "\U000e0041", "\u2060", "\ufe0f", "\u3164", "\u180e", "\x00", "\xad"],
)
def test_characters_that_cannot_be_seen_are_told_by_name(hidden: str) -> None:
    said = parse_command(f"/hex do fix{hidden} it")
    assert isinstance(said, Misspelt)
    assert f"U+{ord(hidden):04X}" in said.problem


WORDS = st.text("abc\"'`\\$;|&<>(){}*?~#=/.\u00e9\U0001f600", min_size=1, max_size=8)


@given(st.lists(WORDS.filter(lambda w: "<!--" not in w), min_size=1, max_size=6), WORDS)
def test_words_and_quoted_values_come_back_as_they_were(words: list[str], value: str) -> None:
    """T2: a comment's text reaches argv as it was written, and as nothing else."""
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    command = parse_command(f'/hex do {" ".join(words)} --evidence "{quoted}"')
    assert isinstance(command, Command)
    assert (" ".join(words), value) == (command.text, command.evidence)


@given(st.text(max_size=300), st.sampled_from(["> ", "    ", "\t", " ", "x", "`", "\u200b"]))
def test_prefixed_lines_are_never_commands(text: str, prefix: str) -> None:
    """T18: whatever stands before the command, it is none."""
    body = "\n".join(f"{prefix}{line}" for line in f"{text}\n/hex do it".split("\n"))
    assert parse_command(body.replace("\r", "")) is None


@given(st.text(max_size=200))
@example("```")
@example("/hex do --evidence '\\'")
def test_no_text_breaks_the_parser_and_fences_hold_anything(text: str) -> None:
    parse_command(text)
    parse_command(f"/hex {text}")
    fenced = text.replace("~", "")
    assert parse_command(f"~~~~\n{fenced}\n/hex do it\n~~~~") is None or "<!--" in fenced
