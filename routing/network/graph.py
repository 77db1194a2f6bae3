"""The graph behind the network: junctions aboard and on foot, what each arc costs whom, and where a place joins it.

Nodes 0 to n - 1 are the junctions aboard the crew's own vehicle. Then come the states of `turns`: aboard at a
junction, but having come in such a way that some turn is forbidden. Then the junctions again, on foot. The shape is
the same for all profiles, closures and conditions; those only change the seconds of its arcs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np

from routing.network.conditions import Conditions
from routing.network.engines import Arcs, Engine, Goals
from routing.network.streets import Edge
from routing.network.turns import Turn, states_of

WALK = 5 / 3.6
SAIL = 30 / 3.6
LEAVE_VEHICLE_S = 20.0


class Profile(msgspec.Struct, frozen=True):
    """How a kind of unit travels: factor on the speed of the street, classes of street that it cannot drive, and
    its tonnes, width and height in metres, which limits on signs are compared with."""

    factor: float
    barred: frozenset[str] = frozenset()
    weight: float = 0.0
    width: float = 0.0
    height: float = 0.0


PROFILES = {
    "car": Profile(1.0, frozenset({"lane", "path"}), 3.5, 2.1, 2.8),
    "motorcycle": Profile(1.1, frozenset({"path"}), 0.4, 0.9, 1.8),
    "engine": Profile(0.85, frozenset({"lane", "path"}), 15.0, 2.5, 3.3),
    "boat": Profile(0.0),
}
CARS = frozenset({"car", "engine"})
"""Profiles that a closure stops which lets motorcycles and people on foot pass."""


class Ends(msgspec.Struct, frozen=True):
    """Places on edges, as arrays: edge number, metres from its tail, metres off it, and whether aboard."""

    edge: np.ndarray
    along: np.ndarray
    off: np.ndarray
    aboard: np.ndarray


class NetworkShape:
    """Nodes and arcs of a network. Of each arc: `edge` (-1: leaving the vehicle), `against` the way it is drawn,
    whether it `is_aboard`; `move` is the number of the move in `states` that it is, else -1. `junction` is that of
    each node."""

    def __init__(self, edges: Sequence[Edge], tail: np.ndarray, head: np.ndarray, turns: Sequence[Turn]) -> None:
        self.edges, self.tail, self.head = edges, tail, head
        self.junctions = n = int(max(tail.max(), head.max())) + 1
        self.states = states_of(turns, tail.tolist(), head.tolist(), n)
        self.aboard = n + len(self.states.junction)
        self.count = self.aboard + n
        # The node that whoever has driven an edge as drawn, or against it, is at.
        self.forward_node, self.backward_node = head.copy(), tail.copy()
        for run, state in self.states.entered.items():
            (self.backward_node if run % 2 else self.forward_node)[run // 2] = state
        number, plain = np.arange(len(edges)), np.arange(n)
        moves = self.states.moves
        driven = np.array([move.run for move in moves], dtype=int)
        held = np.array(self.states.junction, dtype=int)
        parts: list[tuple[np.ndarray | int, ...]] = [
            (tail, self.forward_node, number, 0, 1, -1),
            (head, self.backward_node, number, 1, 1, -1),
            (tail + self.aboard, head + self.aboard, number, 0, 0, -1),
            (head + self.aboard, tail + self.aboard, number, 1, 0, -1),
            (plain, plain + self.aboard, plain * 0 - 1, 0, 1, -1),
            (np.arange(n, self.aboard), held + self.aboard, held * 0 - 1, 0, 1, -1),
            (
                np.array([move.start for move in moves], dtype=int),
                np.array([move.stop for move in moves], dtype=int),
                driven // 2, driven % 2, 1, np.arange(len(moves)),
            ),
        ]  # fmt: skip
        drawn = zip(*(np.broadcast_arrays(*part) for part in parts), strict=True)
        columns: list[np.ndarray] = [np.concatenate(column) for column in drawn]
        self.start, self.stop, self.edge, self.against, aboard, self.move = columns
        self.is_aboard = aboard == 1
        self.junction = np.concatenate([plain, held, plain])
        self._waiting: dict[int, list[int]] = defaultdict(list)
        for state, junction in enumerate(self.states.junction, n):
            self._waiting[junction].append(state)
        self._barred = {(move.start, move.run): move.barred for move in moves}
        self.boat = np.array([edge.kind == "boat" for edge in edges])
        self.one_way = np.array([edge.oneway for edge in edges])
        self.no_foot = np.array(["foot" in edge.bars for edge in edges])
        self.speed = np.array([max(edge.speed, 1.0) for edge in edges])
        self.tidal = [n for n, edge in enumerate(edges) if edge.tide_above is not None or edge.tide_below is not None]
        self._drivable: dict[str, np.ndarray] = {}

    def drivable(self, profile: str) -> np.ndarray:
        """Which edges a vehicle of `profile` may use, in one direction at least."""
        if profile not in self._drivable:
            self._drivable[profile] = np.array([drives(profile, edge) for edge in self.edges])
        return self._drivable[profile]

    def barred(self, profile: str) -> np.ndarray:
        """Which arcs are a turn that `profile` may not make."""
        flags = np.array([profile in move.barred for move in self.states.moves] + [False])
        barred: np.ndarray = flags[self.move]
        return barred

    def aboard_at(self, junction: int, run: int | None, profile: str) -> list[int]:
        """The nodes aboard at `junction` from which the directed edge `run` may be driven; None: all of them."""
        waiting = self._waiting.get(junction, [])
        if run is not None:
            waiting = [state for state in waiting if profile not in self._barred[state, run]]
        return [junction, *waiting]


class Costs(msgspec.Struct, frozen=True):
    """Seconds for one profile: `forward` and `backward` to run an edge aboard (infinite where not allowed), `foot` on
    foot, `arcs` for every arc of the shape; `off_speed` of each edge is that between it and a place beside it."""

    profile: str
    forward: np.ndarray
    backward: np.ndarray
    foot: np.ndarray
    arcs: np.ndarray
    off_speed: np.ndarray


def costs(
    shape: NetworkShape,
    metres: np.ndarray,
    profile: str,
    closed: frozenset[int],
    closed_aboard: frozenset[int],
    now: Conditions,
) -> Costs:
    """What the arcs of `shape` cost `profile` under the conditions `now`, without the `closed` edges and, aboard, those
    of `closed_aboard`."""
    edges, who, boat = shape.edges, PROFILES[profile], shape.boat
    leave = np.full(len(shape.edge), LEAVE_VEHICLE_S)
    walk = np.where(shape.no_foot, np.inf, metres / WALK)
    if profile == "boat":
        forward = backward = np.where(boat, metres / (SAIL * now.boat_factor), np.inf)
        foot = np.where(boat, np.inf, walk)
        landing = np.zeros(shape.junctions, dtype=bool)
        landing[shape.tail[boat]] = landing[shape.head[boat]] = True
        leave = np.where(landing[shape.junction[shape.start]], leave, np.inf)
    else:
        speed = shape.speed * (who.factor * now.road_factor / 3.6)
        forward = np.where(shape.drivable(profile), metres / speed, np.inf)
        backward = np.where(shape.one_way, np.inf, forward)
        foot = walk
        for number in np.flatnonzero(boat).tolist():
            minutes = edges[number].minutes / now.boat_factor + edges[number].boarding
            foot[number] = 60 * minutes if now.sails(edges[number]) else np.inf
    flooded = np.array([number for number in shape.tidal if now.shut(edges[number])], dtype=int)
    forward, backward, foot = forward.copy(), backward.copy(), foot.copy()
    forward[flooded] = backward[flooded] = foot[flooded] = np.inf
    # Who stands in a closed street can leave it, so only its arcs are shut; nobody leaves what is under water.
    shut, shut_aboard = np.zeros((2, len(edges)), dtype=bool)
    shut[np.array(sorted(closed), dtype=int)] = True
    shut_aboard[np.array(sorted(closed_aboard), dtype=int)] = True
    edge = np.maximum(shape.edge, 0)
    aboard = np.where(shape.against == 1, backward[edge], forward[edge])
    run = np.where(shape.is_aboard, aboard, foot[edge])
    run = np.where(np.where(shape.is_aboard, shut_aboard[edge], shut[edge]) | shape.barred(profile), np.inf, run)
    arcs = np.where(shape.edge < 0, leave, run)
    return Costs(profile, forward, backward, foot, arcs, np.where(boat, SAIL, WALK))


def drives(profile: str, edge: Edge) -> bool:
    """Whether a vehicle of `profile` may use `edge` at all, and fits."""
    who = PROFILES[profile]
    if edge.kind == "boat" or edge.kind in who.barred or profile in edge.bars:
        return False
    limits = ((edge.max_weight, who.weight), (edge.max_width, who.width), (edge.max_height, who.height))
    return all(not most or mine <= most for most, mine in limits)


class Graph:
    """A shape with what it costs one profile, and the engine that answers for both."""

    def __init__(self, shape: NetworkShape, metres: np.ndarray, cost: Costs, engine: Engine) -> None:
        self.shape, self.metres, self.cost, self.engine = shape, metres, cost, engine
        ferry = np.append(shape.boat, False).astype(float)
        self.values = np.stack([np.append(metres, 0.0)[shape.edge], ferry[shape.edge]])

    def run(self, ends: Ends) -> tuple[np.ndarray, np.ndarray]:
        """Seconds to run the whole edge of each place as drawn, and against it."""
        ahead = np.where(ends.aboard, self.cost.forward[ends.edge], self.cost.foot[ends.edge])
        return ahead, np.where(ends.aboard, self.cost.backward[ends.edge], self.cost.foot[ends.edge])

    def on_junction(self, ends: Ends) -> tuple[np.ndarray, np.ndarray]:
        """Whoever stands on a junction is there already, whichever way the street may be driven."""
        return ends.along < 1, self.metres[ends.edge] - ends.along < 1

    def first_nodes(self, start: Ends, how: int) -> np.ndarray:
        """The node at which each place enters the network when it begins `how` (1 by the tail, 2 by the head)."""
        shape = self.shape
        stands = self.on_junction(start)[how - 1]
        plain = (shape.tail if how == 1 else shape.head)[start.edge]
        driven = (shape.backward_node if how == 1 else shape.forward_node)[start.edge]
        nodes: np.ndarray = np.where(start.aboard, np.where(stands, plain, driven), plain + shape.aboard)
        return nodes


class Search:
    """Everything about the ways to one place, `end`."""

    def __init__(self, graph: Graph, end: Ends) -> None:
        self.graph, self.end = graph, end
        self.goals: Goals = {}
        self._by_tail: dict[int, bool] = {}
        shape, edge = graph.shape, int(end.edge[0])
        share = end.along[0] / graph.metres[edge]
        for aboard in (True, False):
            here = Ends(end.edge, end.along, end.off, np.array([aboard]))
            ahead, back = (float(seconds[0]) for seconds in graph.run(here))
            at_tail, at_head = (bool(stands[0]) for stands in graph.on_junction(here))
            for by_tail, junction, stands, cost, run in (
                (True, int(shape.tail[edge]), at_tail, _share(ahead, share), 2 * edge),
                (False, int(shape.head[edge]), at_head, _share(back, 1 - share), 2 * edge + 1),
            ):
                nodes = [junction + shape.aboard]
                if aboard:
                    nodes = shape.aboard_at(junction, None if stands else run, graph.cost.profile)
                for node in nodes:
                    self._add(node, 0.0 if stands else cost, by_tail)

    def _add(self, node: int, cost: float, by_tail: bool) -> None:
        if np.isfinite(cost) and cost < self.goals.get(node, np.inf):
            self.goals[node], self._by_tail[node] = cost, by_tail

    def arrives_by_tail(self, node: int) -> bool:
        """Whether a way whose last node is `node` enters the last edge at its tail."""
        return self._by_tail[node]


def reach_all(searches: Sequence[Search], start: Ends) -> tuple[np.ndarray, np.ndarray]:
    """Seconds to the end of each of `searches` (row) from each place (column), and how each way begins: 0 along the
    place's own edge, 1 by its tail, 2 by its head. All searches are of one graph."""
    graph = searches[0].graph
    ahead, back = graph.run(start)
    at_tail, at_head = graph.on_junction(start)
    share = start.along / graph.metres[start.edge]
    nodes = np.concatenate([graph.first_nodes(start, 1), graph.first_nodes(start, 2)])
    once, where = np.unique(nodes, return_inverse=True)
    tails, heads = np.split(where.ravel(), 2)
    found = graph.engine.table(once, [one.goals for one in searches])
    by_tail = found[:, tails] + np.where(at_tail, 0.0, _times(back, share))
    by_head = found[:, heads] + np.where(at_head, 0.0, _times(ahead, 1 - share))
    # Two edges that meet in a loop may tie; along its own edge comes before by the tail, every time.
    seconds, how = np.minimum(by_tail, by_head), np.where(by_head < by_tail, 2, 1)
    last = np.array([int(one.end.edge[0]) for one in searches])
    for row, column in zip(*np.nonzero(last[:, None] == start.edge[None, :]), strict=True):
        gap = (float(searches[row].end.along[0]) - start.along[column]) / graph.metres[last[row]]
        direct = _share(float(ahead[column]), gap) if gap >= 0 else _share(float(back[column]), -gap)
        if direct <= seconds[row, column]:
            seconds[row, column], how[row, column] = direct, 0
    off_speed = graph.cost.off_speed
    off = np.array([float(one.end.off[0]) for one in searches]) / off_speed[last]
    return seconds + off[:, None] + start.off / off_speed[start.edge], how


def arcs_of(shape: NetworkShape, cost: Costs) -> Arcs:
    return Arcs(shape.count, shape.start, shape.stop, cost.arcs)


def _share(seconds: float, share: float) -> float:
    return np.inf if np.isinf(seconds) else seconds * share


def _times(seconds: np.ndarray, share: np.ndarray) -> np.ndarray:
    """seconds x share, where an impossible way stays impossible even for a share of nothing."""
    return np.where(np.isinf(seconds), np.inf, np.where(np.isinf(seconds), 0.0, seconds) * share)
