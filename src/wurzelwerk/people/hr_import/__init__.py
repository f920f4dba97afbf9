"""The import of the people file: reading, checking, comparing, applying and taking back."""
