"""Makes ``python -m migrator`` the same program as ``vapid-to-rest``."""

from migrator.cli import main

main()
