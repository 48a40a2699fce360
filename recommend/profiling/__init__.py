"""Making role profiles: by questions, from official downloads, from a text; and checking them."""
