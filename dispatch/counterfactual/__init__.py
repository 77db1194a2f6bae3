"""What if others had been sent: a recorded period, dispatched again by another rule (docs/counterfactual.md)."""
