import pytest
from manifests.reading import HEAD, program_of, said_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: Pipelin\n", "m.yaml:1:1 MAN002 known-kind: there is no kind 'Pipelin'; did you"),
        ("a: 1\n", "m.yaml:1:1 MAN002 known-kind: the document does not say its kind"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}}}\n  limitz: {}\n",
         "m.yaml:6:3 MAN003 shape: spec.limitz: unknown key; did you mean 'limits'?"),
        (HEAD + "  nodes:\n    a: {run: {argv: [x]}, agent: {}}\n",
         "m.yaml:6:5 MAN003 shape: a is run and agent; a node is one of"),
        (HEAD + "  nodes:\n    a: {needs: []}\n", "m.yaml:6:5 MAN003 shape: a is of no kind"),
        (HEAD.replace("spawn", "spwn") + "  nodes: {a: {run: {argv: [x]}}}\n",
         "m.yaml:4:10 MAN004 known-capability: spec.caps.0: there is no capability 'spwn'; did"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}, needs: [bb]}, b: {run: {argv: [x]}}}\n",
         "m.yaml:5:33 MAN005 known-need: a: there is no node 'bb'; did you mean 'b'?"),
        (HEAD + "  nodes: {a: {wait: {}, needs: [b]}, b: {wait: {}, needs: [a]}}",
         "MAN006 acyclic: these nodes wait for each other: a, b"),
        (HEAD + "  nodes: {a: {run: {argv: ['${b.output}']}}, b: {run: {argv: [x]}}}\n",
         "MAN007 known-reference: a: ${b.output}: b may not have ended; add it: needs: [b]"),
        (HEAD + "  nodes: {a: {run: {argv: ['${inputs.x}']}}}\n",
         "there is no input 'x'; known: there are none"),
        (HEAD + "  nodes: {a: {run: {argv: ['${item}']}}}\n", "${item}: only inside foreach"),
        (HEAD + "  nodes: {a: {run: {argv: ['${a b}']}}}\n", "is no reference"),
        (HEAD + "  nodes: {a: {run: {argv: ['${a']}}}\n", "has no end"),
        (HEAD + "  nodes: {a: {run: {argv: ['${env.KEY}']}}}\n",
         "MAN010 granted: a: secret:KEY is not among what pipeline p allows (spawn)"),
        (HEAD + "  nodes: {a: {comment: {on: 1, body: x}}}\n",
         "MAN010 granted: a needs comment, which pipeline p does not grant"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}, caps: [llm]}}\n",
         "a asks for llm, more than pipeline p has"),
        (HEAD + "  nodes: {inputs: {run: {argv: [x]}}}\n", "MAN011 one-name: 'inputs' is a res"),
        (HEAD + "  nodes: {a: {use: {macro: m}}}\n", "known-macro: a: there is no macro 'm'"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}, policy: p}}\n", "there is no policy 'p' here"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}, when: '1 +'}}\n", "is not understood"),
        (HEAD + "  nodes: {a: {foreach: {over: '${inputs.n}', do: {run: {argv: [x]}}}}}\n"
         "  inputs: {n: {type: integer}}\n", "${inputs.n} is integer, a list is wanted"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}}}\n  outputs: {o: '${a.nope}'}\n",
         "m.yaml:6:13 MAN007 known-reference: ${a.nope}: a gives exit_code"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}}}\n  inputs: {n: {type: integer, default: x}}\n",
         "the default of n is no integer"),
        ("kind: Policy\nmetadata: {name: p}\nspec: {retries: 3}\n",
         "m.yaml:3:8 MAN003 shape: spec.retries: unknown key; did you mean 'retry'?"),
        ("kind: Adapter\nmetadata: {name: p}\nspec: {candidates: x}\n",
         "did you mean 'candidate'?"),
        ("kind: Macro\nmetadata: {name: p}\nspec: {nodes: {a: {run: {}}}}\n",
         "spec.nodes.a.run: argv is missing"),
        ("kind: System\nmetadata: {name: p}\nspec: {process: {}}\n", "did you mean 'processes'?"),
        ("kind: Config\nspec: {caps: [x]}\n", "there is no capability 'x'"),
        (2 * "---\nkind: Policy\nmetadata: {name: p}\nspec: {}\n",
         "m.yaml:7:12 MAN011 one-name: the file has two"),
    ],
)  # fmt: skip
def test_every_mistake_is_told_at_its_place(text: str, said: str) -> None:
    assert said in "\n".join(said_of(text))


def test_all_mistakes_are_told_at_once() -> None:
    text = HEAD + "  a: 1\n  b: 2\n  nodes: {x: {run: {argv: []}}}\n---\nkind: Nope\n"
    assert len(said_of(text)) == 4


def test_several_documents_of_one_file_see_each_other() -> None:
    text = HEAD + (
        "  nodes: {a: {run: {argv: [x]}, policy: patient}}\n---\n"
        "kind: Policy\nmetadata: {name: patient}\nspec: {retry: {attempts: 3}}\n"
    )
    assert said_of(text) == []
    assert program_of(text).steps[0].conduct.retry.attempts == 3


MACROS = """\
kind: Macro
metadata: {name: check}
spec:
  inputs: {what: {required: true}}
  nodes:
    first: {run: {argv: [echo, "${inputs.what}"]}}
    last: {run: {argv: [echo, "${first.output}"]}, needs: [first], when: "${first.exit_code} == 0"}
  outputs: {said: "${last.output}"}
"""


def test_a_macro_is_put_in_as_data_never_as_text() -> None:
    evil = "x]}, b: {agent: {}"
    text = HEAD + (
        "  nodes:\n    zero: {run: {argv: [z]}}\n"
        f"    c: {{use: {{macro: check, with: {{what: '{evil}'}}}}, needs: [zero]}}\n"
        "    d: {run: {argv: [echo, '${c.said}']}, needs: [c]}\n---\n" + MACROS
    )
    program = program_of(text)
    assert [step.name for step in program.steps] == ["zero", "c/first", "c/last", "d"]
    assert [step.needs for step in program.steps] == [(), (0,), (1,), (2,)]
    assert evil in str(program.steps[1].arguments)
    assert "c/last" in str(program.steps[3].arguments)
    assert program.waves() == (("zero",), ("c/first",), ("c/last",), ("d",))


def test_includes_are_followed_relative_to_their_file() -> None:
    pipeline = HEAD.replace("spec:", "include: [shared/m.yaml]\nspec:") + (
        "  nodes: {c: {use: {macro: check, with: {what: x}}}}\n"
    )
    files = {"a/p.yaml": pipeline, "a/shared/m.yaml": MACROS}
    assert said_of(files) == []


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../../x.yaml", "..", "a/../../x", "c:/x", "a\\b", "https://x/y", ".git/config",
     "missing.yaml", "x/.GIT/config"],
)  # fmt: skip
def test_no_include_leaves_the_repository(path: str) -> None:
    text = HEAD.replace("spec:", f"include: ['{path}']\nspec:") + "  nodes: {a: {run: {argv: [x]}}}"
    (said,) = said_of({"a/p.yaml": text, "x.yaml": "kind: Nope"})
    assert said.startswith("a/p.yaml:3:11 MAN008 jailed-include: ")


def test_files_that_include_each_other_are_read_once() -> None:
    text = "kind: Macro\nmetadata: {name: NAME}\ninclude: [OTHER]\nspec: {nodes: {a: {wait: {}}}}\n"
    one = text.replace("NAME", "one").replace("OTHER", "b.yaml")
    two = text.replace("NAME", "two").replace("OTHER", "a.yaml")
    assert said_of({"a.yaml": one, "b.yaml": two}) == []


def test_a_macro_that_uses_itself_ends() -> None:
    text = HEAD + (
        "  nodes: {a: {use: {macro: m}}}\n---\nkind: Macro\nmetadata: {name: m}\n"
        "spec: {nodes: {b: {use: {macro: m}}, c: {use: {macro: m}}}}\n"
    )
    assert any("nested deeper than 10" in line for line in said_of(text))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (HEAD + "  inputs: {x: {}}\n  nodes: {a: {run: {argv: [x]}}}\n", "MAN101"),
        (HEAD.replace("spawn", "spawn, comment") + "  nodes: {a: {run: {argv: [x]}}}\n", "MAN102"),
        (HEAD.replace("spawn", "spawn, llm") + "  nodes: {a: {agent: {}}}\n", "MAN103"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}}}\n", "MAN104"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}}}\n---\n" + MACROS, "MAN105"),
        (HEAD + "  nodes: {a: {run: {argv: [x]}, when: 'false'}}\n", "MAN106"),
    ],
)
def test_lint_tells_what_is_odd_and_validate_does_not(text: str, rule: str) -> None:
    assert said_of(text) == []
    assert rule in " ".join(said_of(text, lint=True))


SYSTEM = """\
kind: System
metadata: {name: s}
spec:
  processes:
    scan: {exec: scan.yaml}
    report-it: {exec: report.yaml}
  pipes: [{from: scan, to: report-it, map: {n: scan.out.found}}]
"""
SCAN = HEAD + "  nodes: {a-b: {run: {argv: [x]}}}\n  outputs: {found: '${a-b.exit_code}'}\n"
REPORT = HEAD + (
    "  inputs: {n: {type: integer, required: true}}\n"
    "  nodes: {b: {run: {argv: [echo, '${inputs.n}']}}}\n"
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("", ""), ""),
        (("scan.out.found", "scan.out.fond"), "MAN012 typed-pipe: s: there is no output of p 'fo"),
        (("{n:", "{m:"), "MAN012 typed-pipe: s: there is no input of p 'm'"),
        (("from: scan", "from: scam"), "s.yaml:7:12 MAN012 typed-pipe: s: there is no process 'sc"),
        (("scan.yaml", "nowhere.yaml"), "MAN008 jailed-include: there is no file 'nowhere.yaml'"),
        (("pipes: ", "pipes: [] #"), "report-it is not given the input 'n' of p"),
        (("{exec: scan.yaml}", "{exec: scan.yaml, needs: [report-it]}"),
         "MAN006 acyclic: s: these processes wait for each other: scan, report-it"),
    ],
)  # fmt: skip
def test_pipes_are_resolved_or_an_error(change: tuple[str, str], said: str) -> None:
    system = SYSTEM.replace(*change) if change[0] else SYSTEM
    found = said_of({"s.yaml": system, "scan.yaml": SCAN, "report.yaml": REPORT})
    assert said in "\n".join(found)
    assert bool(found) == bool(said)


def test_a_pipe_of_another_type_is_an_error() -> None:
    report = REPORT.replace("integer", "list")
    (said,) = said_of({"s.yaml": SYSTEM, "scan.yaml": SCAN, "report.yaml": report})
    assert "scan.out.found is integer, the input n of p is list" in said
