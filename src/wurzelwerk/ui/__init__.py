"""The design system: page skeleton, components, icons, styles, scripts and formats."""
