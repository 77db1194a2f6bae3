"""Draws docs/states.md from the tables of dispatch/states.py.

.venv/bin/python deploy/states.py    after a state or a step was added there
"""

from __future__ import annotations

from pathlib import Path

from dispatch.states import TRANSITIONS

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "states.md"
_HEAD = """\
# States

What each thing may become. Drawn by `deploy/states.py` from `TRANSITIONS` in `dispatch/states.py`; which event leads
from one state to the next stands at the head of each policy (`dispatch/policy/`). The folds look at every step
(`dispatch/folds/transitions.py`): one that is not drawn here is a fault of ours, is noted as a discrepancy, and the
fact stays.
"""
_ABOUT = {
    "call": "A call that is accepted at once is one of ours. `transferred`: with a party, no call-taker.",
    "reference": "An address at which the network tells where a caller is: `due` when it will be asked again, `told`\n"
    "when it need not be, `given_up` when it gave nothing too often. Nobody asks for an ended call.",
    "location_link": "The page on a caller's telephone; sent anew it opens again.",
    "incident": "",
    "assignment": "A crew may leave steps out, and never goes back.",
    "unit": "What a crew says of itself; whether it has a job is its assignment's state.",
    "alert": "Of an incident, between two centres. One of ours never opens again after it was closed; of theirs we\n"
    "take what they say.",
    "notice": "On its way to a gateway; `failed` is tried again.",
}


def drawn() -> str:
    """The whole file."""
    parts = [_HEAD]
    for machine, table in TRANSITIONS.items():
        steps = [
            f"    {was or '[*]'} --> {later}"
            for was, others in table.items()
            for later in sorted(others, key=list(table).index)
        ]
        ends = [f"    {state} --> [*]" for state, others in table.items() if not others]
        about = [_ABOUT[machine], ""] if _ABOUT[machine] else []
        title = machine.replace("_", " ").capitalize()
        parts.append("\n".join([f"## {title}", *about, "```mermaid", "stateDiagram-v2", *steps, *ends, "```", ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    GUIDE.write_text(drawn(), "utf-8")
