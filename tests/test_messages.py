"""The message catalogues have every message of the code, translated, and what is made of them is up to date."""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from survey import messages, translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages.catalog import Catalog

LANGUAGES = messages.languages()


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    translation.use()


@cache
def in_code() -> Catalog:
    return messages.extracted()


def ids(catalogue: Catalog) -> set[tuple[str, ...]]:
    return {forms(message.id) for message in catalogue if message.id}


def forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_is_a_chinese_catalogue() -> None:
    assert "zh_CN" in LANGUAGES


def test_messages_are_found_in_python_templates_and_scripts() -> None:
    found = {message.id: {name.rpartition(".")[2] for name, _ in message.locations} for message in in_code()}
    assert found["Search"] == {"py", "html", "js"}
    assert found["{count} paper", "{count} papers"] == {"py", "js"}


def test_the_template_has_the_messages_of_the_code() -> None:
    with messages.TEMPLATE.open("rb") as file:
        assert ids(read_po(file)) == ids(in_code())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_messages_of_the_code_and_no_other(language: str) -> None:
    catalogue = messages.read(language)
    assert ids(catalogue) == ids(in_code())
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    catalogue = messages.read(language)
    found = [message for message in catalogue if message.id]
    assert [message.id for message in found if message.fuzzy or not all(forms(message.string))] == []
    assert {len(forms(message.string)) for message in found if message.pluralizable} == {catalogue.num_plurals}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_placeholders_of_their_messages(language: str) -> None:
    for message in messages.read(language):
        if message.id:
            every = placeholders(forms(message.id)[-1])
            assert [placeholders(text) for text in forms(message.string)] == [every] * len(forms(message.string))


def translations(compiled: bytes) -> dict[object, str]:
    """Return the messages of a compiled catalogue; its head, which has no message, names the release of Babel."""
    found: dict[object, str] = vars(GNUTranslations(io.BytesIO(compiled)))["_catalog"]
    return {message: text for message, text in found.items() if message}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_made_of_a_catalogue_is_up_to_date(language: str) -> None:
    catalogue = messages.read(language)
    made, wanted = messages.path_of(language, ".mo").read_bytes(), messages.compiled(catalogue)
    assert translations(made) == translations(wanted)
    assert messages.path_of(language, ".js").read_text("utf-8") == messages.script(catalogue)


def test_an_update_of_what_is_up_to_date_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_text("utf-8").partition("\n\n")[2] for path in messages.LOCALE.rglob("*.po*")}
    folder = tmp_path_factory.mktemp("locale")
    monkeypatch.setattr(messages, "LOCALE", folder)
    monkeypatch.setattr(messages, "TEMPLATE", folder / messages.TEMPLATE.name)
    for path, text in before.items():
        copy = folder / path.relative_to(translation.LOCALE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        assert text
    messages.main([])
    after = {
        translation.LOCALE / path.relative_to(folder): path.read_text("utf-8").partition("\n\n")[2]
        for path in folder.rglob("*.po*")
    }
    assert after == before


def test_a_new_language_begins_with_every_message_empty(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("locale")
    monkeypatch.setattr(messages, "LOCALE", folder)
    monkeypatch.setattr(messages, "TEMPLATE", folder / "survey.pot")
    messages.main(["de"])
    assert messages.languages() == ["de"]
    assert {text for message in messages.read("de") if message.id for text in forms(message.string)} == {""}


def test_words_are_english_until_a_language_is_chosen() -> None:
    assert translation.say("Papers") == "Papers"
    assert translation.counted(1, "{count} paper", "{count} papers") == "1 paper"
    assert translation.counted(2, "{count} paper", "{count} papers") == "2 papers"


def test_words_follow_the_language_in_use() -> None:
    with messages.path_of("zh_CN", ".mo").open("rb") as file:
        translation.use(GNUTranslations(file))
    assert translation.say("Papers") == "论文"
    assert translation.counted(1, "{count} paper", "{count} papers") == "1 篇论文"
    assert translation.say("not a message") == "not a message"
    translation.use()
    assert translation.say("Papers") == "Papers"


def test_a_message_comes_in_pieces_around_what_is_no_text() -> None:
    link = object()
    assert list(translation.pieces("By {who}, {count}: {who}.", who=link, count="3")) == [
        "By ",
        link,
        ", ",
        "3",
        ": ",
        link,
        ".",
    ]
