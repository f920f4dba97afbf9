"""What a translated text must satisfy: placeholders, neutral person words, quotation marks, the form of address."""

import re
from collections.abc import Iterator, Mapping

from babel.messages.catalog import Message

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sdr%]")
BRACE_FIELD = re.compile(r"\{\w*\}")
MARKUP = re.compile(r"<[^<>]*>")
TAG_NAME = re.compile(r"</?([a-z][a-z0-9-]*)")
FAMILIAR = re.compile(
    r"\b(du|dein|deine[mnrs]?|deins|dir|dich|euch|euer|eure[mnrs]?)\b",
    re.IGNORECASE,
)
# Imperatives that address with "du"; only forms that are no German noun at the start of a sentence.
COMMANDS = (
    "Achte|Ändere|Beginne|Beschreibe|Bestätige|Erzähle|Füge|Geh|Gib|Klicke|Komm|Lade|Lege|Lies|Melde|Nenne|Nimm|Öffne|"
    "Probiere|Prüfe|Richte|Schreib|Schreibe|Sieh|Starte|Trage|Überlege|Vergiss|Wähle|Warte|Zeige"
)
FAMILIAR_COMMAND = re.compile(rf"(?:^|[.!?:;–]\s+|\n)\s*(?:{COMMANDS})\b(?!-)")
GENDER_SIGN = re.compile(
    r"\w[*:_]in(?:nen)?\b|(?<!Linked)(?<=[a-zäöüß])In(?:nen)?\b|(?<=\w{4})/-?in(?:nen)?\b",
)

Key = tuple[str, str]


def forms_of(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return singular and plural of a message or translation as a list."""
    return [text] if isinstance(text, str) else list(text or ())


def prose(text: str) -> str:
    """Return ``text`` without placeholders and markup: what a person reads."""
    return MARKUP.sub("", BRACE_FIELD.sub("", PLACEHOLDER.sub("", text)))


def has_familiar_form(message: Message) -> bool:
    """Tell whether a German message addresses the reader with "du"."""
    return any(
        FAMILIAR.search(prose(text)) or FAMILIAR_COMMAND.search(prose(text)) for text in forms_of(message.string)
    )


def problems_of_text(
    message: Message, source: str | tuple[str, ...] | list[str], *, in_template: bool = False
) -> Iterator[str]:
    """Yield what is wrong with one translation, each as the end of a sentence."""
    sources, targets = forms_of(source), forms_of(message.string)
    if not targets or not all(targets):
        yield "has no translation"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    if len(sources) != len(targets):
        yield f"has {len(sources)} forms in the source and {len(targets)} in the catalogue"
    yield from problems_of_placeholders(sources, targets)
    for text in [*sources, *targets]:
        if in_template or PLACEHOLDER.search(text):
            yield from problems_of_percent(text)
        if GENDER_SIGN.search(prose(text)):
            yield f"uses a gender sign in {text!r}; choose a neutral word"
    for text in targets:
        yield from problems_of_quotes(text)


def problems_of_placeholders(sources: list[str], targets: list[str]) -> Iterator[str]:
    """Yield placeholders and markup that one side has and the other lacks; a singular may leave out its number."""
    for pattern, kind in ((PLACEHOLDER, "placeholders"), (BRACE_FIELD, "placeholders"), (TAG_NAME, "markup")):
        wanted = sorted(pattern.findall(sources[-1]))
        for position, target in enumerate(targets):
            found = sorted(pattern.findall(target))
            is_singular_of_many = len(targets) > 1 and position == 0
            fits = set(found) <= set(wanted) if is_singular_of_many else found == wanted
            if not fits:
                yield f"has other {kind} in the translation: {found} instead of {wanted}"


def problems_of_percent(text: str) -> Iterator[str]:
    """Yield an unescaped per cent sign, which would fail when the page is drawn."""
    names = dict.fromkeys(PLACEHOLDER.findall(text), 0)
    try:
        text % names
    except (ValueError, TypeError, KeyError):
        yield f"has a single per cent sign in {text!r}; write %%"


def problems_of_quotes(text: str) -> Iterator[str]:
    """Yield quotation marks that are not „German“ ones and straight apostrophes."""
    read = prose(text)
    if set(read) & set("\"'”"):
        yield f"uses straight or English quotation marks in {text!r}; write „…“ and ’"
    elif read.count("„") != read.count("“"):
        yield f"opens and closes a different number of quotation marks in {text!r}"


def problems_of_formal(german: Mapping[Key, Message], formal: Mapping[Key, Message]) -> Iterator[str]:
    """Yield "du" texts without a "Sie" twin, and twins that still say "du"."""
    for key, message in sorted(german.items()):
        if has_familiar_form(message) and key not in formal:
            yield f"{key[1]!r} addresses with du in German and has no formal form"
    for key, message in sorted(formal.items()):
        if has_familiar_form(message):
            yield f"{key[1]!r} still addresses with du"
