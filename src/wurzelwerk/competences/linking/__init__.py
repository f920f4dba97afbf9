"""From free text to competences, in German and English: plain Python and NumPy, no database, no Django.

``Encoder`` embeds texts, ``Index`` holds the competences, ``Linker`` suggests them with the words that caused it.
"""

from wurzelwerk.competences.linking.aliases import Alias, shipped_aliases
from wurzelwerk.competences.linking.encoder import Encoder, TableError, shipped_encoder
from wurzelwerk.competences.linking.index import Concept, Index, StaleIndexError
from wurzelwerk.competences.linking.suggesting import Linker, Span, Suggestion
from wurzelwerk.competences.linking.windows import TEXT_LIMIT

__all__ = [
    "TEXT_LIMIT",
    "Alias",
    "Concept",
    "Encoder",
    "Index",
    "Linker",
    "Span",
    "StaleIndexError",
    "Suggestion",
    "TableError",
    "shipped_aliases",
    "shipped_encoder",
]
