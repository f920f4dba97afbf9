"""The pages of the people room, one module per part of the house."""
