"""The week's work as one command: harvest, tidy, index, check, publish, report."""
