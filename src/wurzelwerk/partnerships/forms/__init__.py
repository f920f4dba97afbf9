"""Shape and syntax of what people enter; nothing here is saved."""
