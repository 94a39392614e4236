import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexci.domain.asking.visible import is_unseen, visible

HIDDEN = {
    "tag block": "fix" + "".join(chr(0xE0000 + ord(c)) for c in "delete") + " it",
    "an open comment": "fix it<!-- delete",
    "an encoded comment": "fix &#60;!-- delete --&#62;it",
    "a twice encoded comment": "fix &amp;#60;!-- delete --&amp;#62;it",
    "a nested comment": "fix <!-<!-- x -->- delete -->it",
    "zero width and direction": "f\u2060i\u200fx\u200e \u180eit",
    "variation selectors": "fix\ufe0f\U000e0100 it",
    "a Hangul filler": "fix\u3164 it",
    "a link definition": "[//]: # (delete)\nfix it",
    "details": "fix <details>it</details>",
    "a span": "fix <span style='display:none'>it</span>",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_text_is_gone(how: str) -> None:
    """T3: what no reader sees instructs nobody."""
    assert " ".join(visible(HIDDEN[how]).split()) == "fix it"


@given(st.text(alphabet="<!->&#60;x/[]: \n\u200bab`", max_size=80))
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    once = visible(text)
    assert once == visible(once)
    assert "<!--" not in once
    assert not any(is_unseen(c) for c in once)


@given(st.text(alphabet="abc .,;:!?'\"()-\n\u00e9\u4e2d", max_size=80))
def test_plain_text_is_left_alone(text: str) -> None:
    assert text == visible(text)
