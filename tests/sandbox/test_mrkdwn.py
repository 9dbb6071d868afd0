"""mrkdwn is drawn as Slack draws it, and nothing that somebody typed becomes HTML."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from gwannae.sandbox.mrkdwn import Reading, draw_date, draw_plain, to_html

PEOPLE = {"U1": "김하나", "C1": "가람과", "U2": "<b>나쁨</b>"}
SEOUL = ZoneInfo("Asia/Seoul")
LINK = "<a class='b-link' href='{}' target='_blank' rel='noopener noreferrer'>{}</a>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*굵게* _기울임_ ~취소~", "<strong>굵게</strong> <em>기울임</em> <del>취소</del>"),
        ("*_둘_* 다", "<strong><em>둘</em></strong> 다"),
        ("(*굵게*),", "(<strong>굵게</strong>),"),
        ("* 굵게 * 아님", "* 굵게 * 아님"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*가온*입니다", "*가온*입니다"),
        ("file_name_here", "file_name_here"),
        ("*두\n줄*", "*두<br>줄*"),
        ("`*그대로*`", "<code class='b-code'>*그대로*</code>"),
        ("`&lt;주&gt;`", "<code class='b-code'>&lt;주&gt;</code>"),
        ("앞\n```\n가\n  나\n```\n뒤", "앞<pre class='b-code-block'>가\n  나</pre>뒤"),
        ("```<https://example.org|말>```", "<pre class='b-code-block'>말</pre>"),
        ("> 인용\n> 둘\n뒤", "<blockquote class='b-quote'>인용<br>둘</blockquote>뒤"),
        ("&gt; 인용", "<blockquote class='b-quote'>인용</blockquote>"),
        ("한 줄\n두 줄", "한 줄<br>두 줄"),
        ("가온 &amp; 나래 &lt;주&gt;", "가온 &amp; 나래 &lt;주&gt;"),
        ("&amp;lt;", "&amp;lt;"),
        ("<@U1> 님", "<span class='b-mention'>@김하나</span> 님"),
        ("<@U9>", "<span class='b-mention'>@U9</span>"),
        ("<#C1> <#C9|나래>", "<span class='b-mention'>#가람과</span> <span class='b-mention'>#나래</span>"),
        ("<!channel>", "<span class='b-mention b-crowd'>@channel</span>"),
        ("<https://example.org/?a=1&amp;b=2|말>", LINK.format("https://example.org/?a=1&amp;b=2", "말")),
        ("<https://example.org>", LINK.format("https://example.org", "https://example.org")),
        (":tada: 그대로", ":tada: 그대로"),
        (
            "<!date^1700000000^{date_long} {time}|그날>",
            "<time datetime='2023-11-15T07:13:20+09:00'>2023년 11월 15일 수요일 오전 7:13</time>",
        ),
        ("<!date^99999999999999^{date}|그날>", "<span class='b-mention b-crowd'>@date^99999999999999^{date}</span>"),
        ("", ""),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(text: str, html: str) -> None:
    assert to_html(text, Reading(PEOPLE, SEOUL)) == html


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<javascript:alert(1)|눌러>",
    "<data:text/html,x|눌러>",
    "<https://example.org/'onmouseover='alert(1)|눌러>",
    "<https://example.org|<img src=x onerror=alert(1)>>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "```<script>```",
    "`<img onerror=x>`",
    "<@U2>",
    "<#C9|<b>>",
    "<!date^1^<script>|<script>>",
    "*<script>*",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_was_typed_becomes_html(text: str) -> None:
    drawn = to_html(text, Reading(PEOPLE, SEOUL))
    for sign in ("<script", "<img", "<b>", "'onmouseover", "href='javascript", "href='data"):
        assert sign not in drawn


@pytest.mark.parametrize("text", ["*" * 20_000, "*a" * 20_000, "<" * 20_000, "_ " * 20_000, "`" * 20_001, ">" * 20_000])
@pytest.mark.timeout(5)
def test_a_text_that_never_ends_a_mark_is_drawn_in_time(text: str) -> None:
    assert to_html(text, Reading({}, SEOUL))


def test_plain_text_knows_entities_and_nothing_else() -> None:
    assert draw_plain("*가* &amp; <b>\n&lt;주&gt;") == "*가* &amp; &lt;b&gt;<br>&lt;주&gt;"


@pytest.mark.parametrize(
    ("pattern", "zone", "moment", "shown"),
    [
        ("{date_num}", "Asia/Seoul", "2023-11-15T07:13:20+09:00", "2023-11-15"),
        ("{date}", "Asia/Seoul", "2023-11-15T07:13:20+09:00", "2023년 11월 15일"),
        ("{date_short_pretty} {time_secs}", "Asia/Seoul", "2023-11-15T07:13:20+09:00", "2023년 11월 15일 오전 7:13:20"),
        ("{date_long} {time}", "UTC", "2023-11-14T22:13:20+00:00", "2023년 11월 14일 화요일 오후 10:13"),
        ("{date_num}", "Asia/Kathmandu", "2023-11-15T03:58:20+05:45", "2023-11-15"),
        ("{unknown} <b>", "Asia/Seoul", "2023-11-15T07:13:20+09:00", "{unknown} &lt;b&gt;"),
    ],
)
def test_a_moment_is_shown_in_the_workspaces_time(pattern: str, zone: str, moment: str, shown: str) -> None:
    drawn = to_html(f"<!date^1700000000^{escaped(pattern)}|그날>", Reading({}, ZoneInfo(zone)))
    assert drawn == f"<time datetime='{moment}'>{shown}</time>"


def test_a_moment_outside_the_calendar_leaves_its_fallback() -> None:
    assert draw_date(99_999_999_999_999, "{date}", "<그날>", SEOUL) == "&lt;그날&gt;"


def escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")
