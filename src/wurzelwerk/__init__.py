"""Wurzelwerk: a corporate learning ecosystem that a company installs itself."""

__version__ = "0.1.0"
