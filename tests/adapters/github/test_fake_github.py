import json
import urllib.request

import pytest
from fakes.github_server import TOKEN, fake_github


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/repos/octo/app/issues/3/comments", {"text": "x"}, "body"),
        ("/repos/octo/app/pulls", {"title": 5, "head": "a", "base": "b"}, "title"),
        ("/repos/octo/app/nothing", {}, "request POST"),
    ],
)
def test_the_fake_tells_what_is_not_as_github_describes_it(
    path: str, body: dict[str, object], said: str
) -> None:
    with fake_github() as github:
        asked = urllib.request.Request(
            f"{github.url}{path}",
            data=json.dumps(body).encode(),
            headers={"authorization": f"Bearer {TOKEN}", "content-type": "application/json"},
        )
        with pytest.raises(OSError, match="422"):
            urllib.request.urlopen(asked, timeout=10)
    assert any(said in violation for violation in github.violations)
