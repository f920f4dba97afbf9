"""Acknowledged data survives a killed process and a lost power supply."""
