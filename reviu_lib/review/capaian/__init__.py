"""Stage one: plan against realisation in output, budget, time, coverage, and outcome."""
