"""Calls a second, INVITE -> 200, and processor time for each call: our switch and room beside the bare loop."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from bench import table
from bench.callers import Called, call_many
from bench.capture import can_capture
from bench.centre import Answerer, Centre, Journaled, bare_loop, centre, journaled, scratch
from tests.servers import wait_until

RATES = (50, 100, 200, 400)
_FURTHER = (500, 600, 700, 800)
_CPU_TARGET, _P99_TARGET, _RATE_TARGET = 0.002, 0.1, 400
_SETTLE = 6.0


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """`cpu`: seconds of processor time for each call, by process."""

    wanted: int
    called: Called
    cpu: dict[str, float]
    kept: Journaled | None = None

    @property
    def clean(self) -> bool:
        kept_all = self.kept is None or (self.kept.wrong == 0 and self.kept.calls == self.called.made)
        return self.called.failed == 0 and kept_all

    @property
    def total(self) -> float:
        return sum(self.cpu.values())


def measure(what: Answerer, rate: int, seconds: float, folder: Path) -> Run:
    """One rate. Processor time counts until all that the calls caused is done: journaled, and recordings sealed."""
    ours = isinstance(what, Centre)
    after = what.last_seq() if ours else 0
    before = what.loads()
    called = call_many(what.sip, rate, seconds, folder)
    if ours:
        _settled(what, after, called.made)
    else:
        time.sleep(0.5)
    cpu = {name: (load.cpu - before[name].cpu) / max(1, called.made) for name, load in what.loads().items()}
    kept = journaled(what.entries(after)) if ours else None
    return Run(wanted=rate, called=called, cpu=cpu, kept=kept)


def _settled(what: Centre, after: int, calls: int) -> None:
    def done() -> bool:
        return min(what.count("CallEnded", after), what.count("RecordingSealed", after)) >= calls

    try:
        wait_until(lambda: done() or time.sleep(0.3), _SETTLE)
    except AssertionError:
        pass  # a call that failed has no recording; the table tells how many


def run(quick: bool) -> None:
    seconds = 2.0 if quick else 10.0
    table.title("Calls: sipp calls, 1 s each; journaled and recorded by us, only answered by the bare pjsua2 loop")
    if not can_capture():
        print("  No packet capture (tcpdump as root): times are sipp's own, which step by about 4 ms.")
    with scratch() as folder, centre() as ours, bare_loop() as bare:
        measure(ours, 20, 1.0, folder)  # what is loaded at the first call only is not what a call costs
        measure(bare, 20, 1.0, folder)
        pairs = [(measure(ours, rate, seconds, folder), measure(bare, rate, seconds, folder)) for rate in RATES]
        _print(pairs)
        best = [max((r.wanted for r in column if r.clean), default=0) for column in zip(*pairs, strict=True)]
        if not quick:
            for n, (answerer, name) in enumerate(((ours, "ours"), (bare, "bare"))):
                if best[n] == RATES[-1]:
                    best[n] = _edge(answerer, name, best[n], folder)
    print(f"  without failure up to {best[0]} calls/s; bare loop {best[1]} calls/s (highest rate tried that was clean)")
    at = next(pair for pair in pairs if pair[0].wanted == _RATE_TARGET)
    table.target(f"{_RATE_TARGET} calls/s without failure", at[0].clean, f"{at[0].called.failed} failed")
    p99 = table.percentile(at[0].called.times, 0.99)
    table.target(f"p99 at {_RATE_TARGET}/s < {_P99_TARGET * 1000:.0f} ms", p99 < _P99_TARGET, table.ms(p99))
    ratio = at[0].total / max(at[1].total, 1e-9)
    figure = f"{table.ms(at[0].total)}, {ratio:.1f} × the bare loop's {table.ms(at[1].total)}"
    table.target(f"processor time a call at {_RATE_TARGET}/s <= {_CPU_TARGET * 1000} ms", at[0].total <= _CPU_TARGET,
                 figure)  # fmt: skip


def _edge(answerer: Answerer, name: str, best: int, folder: Path) -> int:
    """Goes up until a call fails; the last clean rate."""
    for rate in _FURTHER:
        run = measure(answerer, rate, 5.0, folder)
        if not run.clean:
            print(f"  {name}, {rate} calls/s: {run.called.failed} of {run.called.made} failed", flush=True)
            break
        best = rate
    return best


def _print(pairs: list[tuple[Run, Run]]) -> None:
    heads = ("calls/s", "", "reached", "failed", "repeats", "p50", "p99", "cpu/call", "switch", "room", "entries",
             "wrong", "cpu ratio", "p50 ratio")  # fmt: skip
    rows = []
    for ours, bare in pairs:
        for run, name in ((ours, "ours"), (bare, "bare")):
            called, parts = run.called, [table.ms(run.cpu[key]) if key in run.cpu else "" for key in ("switch", "room")]
            kept = (run.kept.entries, run.kept.wrong) if run.kept else ("", "")
            p50, p99 = table.median(called.times), table.percentile(called.times, 0.99)
            row = [run.wanted, name, f"{called.rate:.0f}", called.failed, called.repeats, table.ms(p50), table.ms(p99),
                   table.ms(run.total), *parts, *kept]  # fmt: skip
            if run is ours:
                p50_bare = table.median(bare.called.times)
                row += [f"{run.total / max(bare.total, 1e-9):.1f} ×", f"{p50 / max(p50_bare, 1e-9):.1f} ×"]
            else:
                row += ["", ""]
            rows.append(row)
    table.table(heads, rows)
