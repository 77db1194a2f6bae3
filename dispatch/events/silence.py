"""Callers of whom nothing is heard, and the questions that a recorded voice asks them."""

from __future__ import annotations

from dispatch.events.base import Event


class SilenceNoted(Event):
    """Nothing was heard from the caller for `seconds`; `heard` is true when sound comes again. `never`: nothing at all
    since the line is up."""

    call: str
    seconds: float
    heard: bool = False
    never: bool = False


class CallerPrompted(Event):
    """A caller who waits and is silent is asked to press 5: the `times`th time. `again`: when we look whether they are
    to be asked again, seconds since 1970."""

    call: str
    times: int
    again: float = 0.0


class PromptsUnanswered(Event):
    """Asked often enough, and nothing came. `let_go`: when the line may be ended by the setting `hang_up_silent`,
    seconds since 1970; 0 never."""

    call: str
    times: int
    let_go: float = 0.0


class SilentLetGo(Event):
    """The line of a caller of whom nothing ever came is being ended, by the setting `hang_up_silent`, after `seconds`;
    its number is on the callback list."""

    call: str
    seconds: float
    prompts: int
