"""The catalogue written out for other programs. Nothing here asks a clock: dates are the data's."""
