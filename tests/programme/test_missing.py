"""What of the looked-for may be a thing that firms are missing for."""

import pytest

from gwannae.programme.missing import may_be_a_thing


@pytest.mark.parametrize(
    ("typed", "is_so"),
    [
        ("현수막", True),
        ("ㄱ자 앵글", True),
        ("LED", True),
        ("C++ 교재", True),
        ("R&D", True),
        ("간판; 현수막", True),
        ("규격=A4 용지", True),
        ("樂器", True),
        ("ㅋ", False),
        ("ㅏㅑ ㄱ", False),
        ("ㅋㅋ 12", False),
        ("!!", False),
        ("or --", False),
        ("' OR '1'='1", False),
        ("1; DROP TABLE vendors", False),
        ("현수막'; drop table vendors; --", False),
        ("<script>alert(1)</script>", False),
        ("../../etc/passwd", False),
        ("${jndi:ldap://x}", False),
    ],
)
def test_a_thing_is_told_from_noise(typed: str, is_so: bool) -> None:
    assert may_be_a_thing(typed) is is_so
