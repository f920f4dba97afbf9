"""The command line: starts and keeps an installation; imports what rooms bring."""
