"""The pages of the journal, one module per part."""
