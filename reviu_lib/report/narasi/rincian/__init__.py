"""Stage one in finer grain, in words: unit costs, semesters, and denominators."""
