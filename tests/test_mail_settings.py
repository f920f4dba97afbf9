import pytest

from wurzelwerk.config.mail import SMTP, TERMINAL, Mail, mail_from_url


def test_without_a_server_mails_go_to_the_terminal() -> None:
    assert mail_from_url("") == Mail(backend=TERMINAL)


@pytest.mark.parametrize(
    "url,expected",
    [
        ("smtp://mail.example.org", Mail(SMTP, "mail.example.org", 587, starts_tls=True)),
        (
            "smtp://ann%40example.org:p%2Fw@mail.example.org:2525",
            Mail(SMTP, "mail.example.org", 2525, "ann@example.org", "p/w", starts_tls=True),
        ),
        ("smtps://mail.example.org", Mail(SMTP, "mail.example.org", 465, is_tls=True)),
        ("smtp+plain://localhost", Mail(SMTP, "localhost", 25)),
    ],
)
def test_a_server_is_read_from_its_address(url: str, expected: Mail) -> None:
    assert mail_from_url(url) == expected


@pytest.mark.parametrize("url", ["mail.example.org", "https://mail.example.org", "smtp://"])
def test_anything_else_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://user:password@"):
        mail_from_url(url)
