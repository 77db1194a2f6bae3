"""What if others had been sent: a recorded period, dispatched again by another rule (docs/counterfactual.md)."""

POLICIES = ("closest", "road", "coverage")
"""The rules that can be compared, as `siaga replay --policy` names them."""
