"""Search: text analysis for German and English, the index of non-personal content, and the page."""
