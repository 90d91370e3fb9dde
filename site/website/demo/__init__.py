"""The demo's public pages, in English and Welsh."""

from website.demo.load import add_way_in, load_demo
from website.demo.text import Rich, T, stream, welsh_words
from website.demo.translation import translate

__all__ = ["Rich", "T", "add_way_in", "load_demo", "stream", "translate", "welsh_words"]
