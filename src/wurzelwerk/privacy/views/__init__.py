"""The pages of one's own data, and the control that opens and closes a thing where it stands."""
