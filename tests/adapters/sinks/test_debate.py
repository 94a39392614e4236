from hexci.adapters.sinks.debate import as_sequence
from hexci.domain.debate.letter import ALL, Kind
from hexci.domain.debate.log import ROSTER, Log
from hexci.domain.debate.roles import CONDUCTOR

AT = "2026-01-02T03:04:05Z"


def test_a_debate_is_a_sequence_and_no_text_of_an_agent_becomes_syntax() -> None:
    roles = {
        CONDUCTOR: {"by": "", "caps": [], "key": ""},
        "critic-x": {"by": "openai/a", "caps": [], "key": ""},
    }
    log = Log()
    for sender, to, kind, payload, talk, protocol in (
        (CONDUCTOR, ALL, Kind.ROSTER, {"roles": roles}, ROSTER, ROSTER),
        (CONDUCTOR, "critic-x", Kind.TASK, {"artifact": "designs/x.md"}, "t", "delegation"),
        ("critic-x", CONDUCTOR, Kind.RESULT,
         {"objections": ["a;\nend <b> #35; & " + "y" * 90, "b"]}, "t", "delegation"),
    ):  # fmt: skip
        log = log.taking(log.draft(sender, to, kind, payload, talk, protocol, AT))  # type: ignore[arg-type]
    assert as_sequence(log) == (
        "sequenceDiagram\n"
        "  participant conductor as conductor\n"
        "  participant critic_x as critic-x<br/>openai/a\n"
        "  Note over conductor,critic_x: 2 roles, NOT SIGNED: no ssh-keygen here\n"
        "  conductor->>critic_x: task: designs/x.md\n"
        "  critic_x-->>conductor: result: 2 objections: a#59; end #lt;b#gt; #35;35#59; #amp; "
        f"{'y' * 19}…\n"
    )
