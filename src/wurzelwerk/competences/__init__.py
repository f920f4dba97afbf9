"""Competences: frameworks, target profiles, evidence, estimates and gaps."""
