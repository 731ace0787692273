"""OR-tools on instances of the matching: filled slots and largest workload.

Reads one instance a line from standard input, {"teams": [size of each visit's team], "capacity": [of each inspector],
"eligible": [[inspectors of each visit]]}, and answers each with one line. The first argument says how:

oracle    maximum flow, then the smallest cap with the same flow by binary search
mincost   one minimum cost flow: the k-th visit of an inspector costs k
"""

import json
import sys
import time

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

# Workloads below this are told apart by their cost, what lies above costs the same: few levels keep the graph small,
# and where everybody has to work more than that, the largest workload is the capacity anyway.
LEVELS = 4


class Network:
    """Source 0, then the visits, then the inspectors, then the sink."""

    def __init__(self, instance):
        self.teams = np.array(instance["teams"], dtype=np.int64)
        self.capacity = np.minimum(np.array(instance["capacity"], dtype=np.int64), len(self.teams))
        visits, people = len(self.teams), len(self.capacity)
        self.first_person = 1 + visits
        self.sink = self.first_person + people
        lengths = [len(row) for row in instance["eligible"]]
        self.from_visit = np.repeat(np.arange(1, 1 + visits), lengths)
        self.to_person = self.first_person + np.array(
            [one for row in instance["eligible"] for one in row], dtype=np.int64
        )
        self.visits = np.arange(1, 1 + visits)
        self.people = np.arange(self.first_person, self.sink)

    def flow(self, cap):
        """Filled slots when nobody takes more than `cap` visits, and the seconds that the solver took."""
        solver = max_flow.SimpleMaxFlow()
        solver.add_arcs_with_capacity(np.zeros_like(self.visits), self.visits, self.teams)
        solver.add_arcs_with_capacity(self.from_visit, self.to_person, np.ones_like(self.from_visit))
        solver.add_arcs_with_capacity(
            self.people, np.full_like(self.people, self.sink), np.minimum(self.capacity, cap)
        )
        began = time.perf_counter()
        status = solver.solve(0, self.sink)
        seconds = time.perf_counter() - began
        assert status == solver.OPTIMAL, status
        return solver.optimal_flow(), seconds

    def oracle(self):
        filled, seconds = self.flow(len(self.teams))
        low, high = (0, 0) if filled == 0 else (1, max(1, int(self.capacity.max())))
        while low < high:
            middle = (low + high) // 2
            flow, took = self.flow(middle)
            seconds += took
            if flow == filled:
                high = middle
            else:
                low = middle + 1
        return {"filled": int(filled), "largest": int(low), "seconds": seconds}

    def mincost(self):
        solver = min_cost_flow.SimpleMinCostFlow()
        add = solver.add_arcs_with_capacity_and_unit_cost
        add(np.zeros_like(self.visits), self.visits, self.teams, np.zeros_like(self.visits))
        one = np.ones_like(self.from_visit)
        placing = add(self.from_visit, self.to_person, one, 0 * one)
        most = int(self.capacity.max())
        for level in range(1, min(LEVELS, most) + 1):
            last = level == LEVELS
            room = np.maximum(self.capacity - (level - 1), 0)
            room = room if last else np.minimum(room, 1)
            able = self.people[room > 0]
            add(able, np.full_like(able, self.sink), room[room > 0], np.full_like(able, level))
        slots = int(self.teams.sum())
        solver.set_nodes_supplies(np.array([0, self.sink]), np.array([slots, -slots]))
        began = time.perf_counter()
        status = solver.solve_max_flow_with_min_cost()
        seconds = time.perf_counter() - began
        assert status == solver.OPTIMAL, status
        used = solver.flows(placing)
        loads = np.bincount(self.to_person[used > 0], minlength=self.sink)
        return {"filled": int(solver.maximum_flow()), "largest": int(loads.max()), "seconds": seconds}


def main():
    solve = {"oracle": Network.oracle, "mincost": Network.mincost}[sys.argv[1]]
    network = None
    for line in sys.stdin:
        # An empty line asks for the last instance once more.
        if line.strip():
            network = Network(json.loads(line))
        print(json.dumps(solve(network)), flush=True)


main()
