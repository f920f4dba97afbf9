"""Text analysis for search, free of Django: words, folding, word forms, compounds, spelling, highlights.

The same tokens feed FTS5 on SQLite and the `simple` configuration on PostgreSQL, so that both
databases find the same documents.
"""
