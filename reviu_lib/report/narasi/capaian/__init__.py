"""Stage one of the review in words: outcome, services, activities, and budget."""
