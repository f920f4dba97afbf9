"""What the pages of this room draw: frozen rows with their words, made from queries."""
