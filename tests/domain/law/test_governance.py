import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.law.governance import (
    ACTIONS,
    ROLES,
    Asked,
    Attributes,
    Condition,
    Governance,
    GovernanceRule,
    judge,
)

ASKED = st.builds(
    Asked,
    st.sampled_from(["ada", "ben"]),
    st.sampled_from([*ROLES, "", "owner"]),
    st.sampled_from([*ACTIONS, "burn"]),
    st.builds(
        Attributes,
        st.sampled_from(["", "m.yaml", "deploy/x.yaml"]),
        st.sampled_from(["", "main", "topic/main"]),
        st.sampled_from(["argv", "push"]),
        st.sampled_from([(), ("risky",)]),
    ),
)
RULES = st.builds(
    GovernanceRule,
    st.just("r"),
    st.lists(st.sampled_from(sorted(ACTIONS)), min_size=1).map(tuple),
    st.sampled_from([*ROLES, ""]),
    st.builds(Condition, branch=st.sampled_from([(), ("main",)]), label=st.just(())),
)


@given(ASKED)
def test_below_write_nobody_has_anything_done_by_default(asked: Asked) -> None:
    enough = asked.role in {"write", "maintain", "admin"} and asked.action in ACTIONS
    assert judge(asked, Governance()).allowed == enough


@given(ASKED, st.lists(RULES, max_size=3))
def test_a_rule_never_lets_more_pass(asked: Asked, rules: list[GovernanceRule]) -> None:
    governed = judge(asked, Governance(rules=tuple(rules)))
    assert not (governed.allowed and not judge(asked, Governance()).allowed)


@given(ASKED)
def test_a_rule_without_a_role_stops_everybody(asked: Asked) -> None:
    rule = GovernanceRule("stop", tuple(ACTIONS), "")
    assert not judge(asked, Governance(rules=(rule,))).allowed


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (Condition(), True),
        (Condition(branch=("main",)), True),
        (Condition(branch=("release*",)), False),
        (Condition(branch=("main",), event=("schedule",)), False),
        (Condition(label=("risky", "safe")), True),
        (Condition(label=("safe",)), False),
        (Condition(path=("deploy/**",)), True),
        (Condition(path=("docs/**",)), False),
    ],
)
def test_every_attribute_that_is_stated_must_match(when: Condition, *, holds: bool) -> None:
    where = Attributes("deploy/m.yaml", "main", "push", ("risky",))
    assert when.holds(where) == holds


def test_a_branch_is_not_the_end_of_another() -> None:
    where = Attributes(branch="topic/main")
    assert not Condition(branch=("main",)).holds(where)


def test_who_started_a_run_does_not_answer_it_where_another_must() -> None:
    governance = Governance(another=True)
    own = Asked("Ada", "admin", "answer", starter="ada")
    assert judge(own, governance).rule == "another"
    assert judge(Asked("ben", "write", "answer", starter="ada"), governance).allowed


def test_the_config_decides_which_role_an_action_needs() -> None:
    governance = Governance(actions={"answer": "maintain", "publish": "read"})
    assert judge(Asked("ada", "write", "answer"), governance).reason == (
        "ada is write; answer needs maintain"
    )
    assert judge(Asked("ada", "read", "publish"), governance).allowed
