"""One engine per kind of site: how to walk it, and a pure `read` from its answers to a Course."""
