"""Stage one in finer grain: the cascade, unit costs, semesters, and denominators."""
