"""From the model's meanings to what is published: metadata, saved queries, the data dictionary."""
