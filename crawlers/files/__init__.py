"""A company's own academy from a file: tables, exports and packages, never learners' data."""
