"""``python -m techprio`` is the program, too."""

from techprio.cli.main import main

main()
