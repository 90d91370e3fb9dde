"""Whatever the public reads is translated, and the command that says so finds what is not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from website.public_events import public_sentences
from website.untranslated import _of_module, _of_template, untranslated


def test_everything_that_the_public_reads_is_in_welsh(capsys):
    call_command("untranslated")

    assert "Everything that the public reads is translated." in capsys.readouterr().out


def test_a_text_without_a_translation_is_listed_with_its_file_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(apps.get_app_config("common"), "public_words", ("models.py",))

    with pytest.raises(CommandError, match="are not translated"):
        call_command("untranslated")

    assert "cy site/common/models.py: " in capsys.readouterr().out


def test_a_file_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("common"), "public_words", ("no_such_file.py",))

    with pytest.raises(FileNotFoundError, match="no_such_file"):
        untranslated("cy")


def test_texts_are_found_as_django_looks_them_up():
    template = (
        '{% load i18n website %}{% translate "One" %}{% remembered "x" 1 %}{% if a %}{% blocktranslate with b=a %}Two {{ b }}{% endblocktranslate %}'
        '{% endif %}{% endremembered %}{% blocktranslate count n=3 %}{{ n }} three{% plural %}{{ n }} threes{% endblocktranslate %}{{ a|default:_("Four") }}'
    )
    module = (
        'from x import _\nA = _("One")\nB = N_("Two")\nC = ngettext("%d three", "%d threes", 3)\nD = pgettext("month", "May")\nE = _(A)'
    )

    assert sorted(_of_template(template)) == ["%(n)s three", "Four", "One", "Two %(b)s"]
    assert sorted(_of_module(module)) == ["%d three", "May", "One", "Two"]


def test_sentences_that_requesters_read_are_found_wherever_they_are_named(tmp_path):
    (tmp_path / "words.py").write_text('ASKED = N_("In a constant.")\nOTHER = N_("Of staff.")\n')
    (tmp_path / "act.py").write_text(
        'sentence = N_("In a name.") if a else N_("In the same name.")\n'
        "record_event(case, sentence, by=by, at=at, public=True)\n"
        'record_event(case, N_("In the call."), by=by, at=at, public=True)\n'
        "record_event(case, ASKED, by=by, at=at, public=bool(a))\n"
        'record_event(case, N_("For staff alone."), by=by, at=at)\n'
    )

    found = sorted(text for _path, text in public_sentences(tmp_path))

    assert found == ["In a constant.", "In a name.", "In the call.", "In the same name."]
