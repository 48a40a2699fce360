"""What a course is, and where courses are kept. Knows neither spiders nor ranking."""
