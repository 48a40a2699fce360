"""One file per site: a few declarations on top of an engine."""
