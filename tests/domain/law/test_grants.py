import pytest

from hexci.domain.law.caps import Cap
from hexci.domain.law.grants import grants
from hexci.errors import BadInputError


def test_network_and_named_variables_can_be_granted_once_each() -> None:
    asked = ("net", "secret:OPENAI_API_KEY", "net")
    assert grants(asked) == (Cap("net"), Cap("secret", "OPENAI_API_KEY"))


@pytest.mark.parametrize(
    "text",
    ["", "everything", "git.push", "llm", "secret", "secret:GITHUB_TOKEN", "secret:gh_token",
     "secret:ACTIONS_RUNTIME_TOKEN", "secret:SSH_AUTH_SOCK", "net:api.example.com"],
)  # fmt: skip
def test_nothing_else_can(text: str) -> None:
    with pytest.raises(BadInputError, match="--grant"):
        grants([text])
