"""The kernel room: what every other room stands on."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel's checks and its own job kinds."""

    name = "wurzelwerk.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Load the system checks and the job kinds."""
        from wurzelwerk.kernel import checks, housekeeping  # noqa: F401, PLC0415 - registration
