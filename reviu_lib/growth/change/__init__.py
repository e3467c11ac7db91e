"""Change of prevalence: difference, rate of reduction, trend, cohort, and small places."""
