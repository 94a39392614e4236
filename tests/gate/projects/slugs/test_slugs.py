import pytest

from slugs import slugify, unique


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello", "hello"),
        ("Hello World", "hello-world"),
        ("Hello,  World!", "hello-world"),
        ("  spaces  ", "spaces"),
        ("C++ & Rust", "c-rust"),
        ("2024 in review", "2024-in-review"),
    ],
)
def test_a_title_becomes_a_slug(title, slug):
    assert slugify(title) == slug


def test_a_slug_is_not_longer_than_the_limit():
    assert len(slugify("a" * 60)) == 40


def test_a_taken_slug_gets_a_number():
    assert unique("news", {"news", "news-2"}) == "news-3"
