/** Dry runs are drawn by hashes that no draw can have: other words stand before their seeds and in their tickets. */
import { hash } from '../draw/hash';

/** Stands in every answer and on every page that shows a simulation. */
export const SIMULATION_MARKING = '模拟 SIMULATION：不是抽取，不产生检查对象名单，没有任何效力' as const;

/** The seed of run `run` (from 1) of a simulation with a made-up value. A draw's seed begins with `onevisit-seed/1`. */
export const simulationSeed = (campaign: string, value: string, run: number): string =>
  hash(`onevisit-simulation/1\n${campaign}\n${value}\n${run}`);

/** What is hashed before the entity's code. In a draw the middle line is `entity`: no seed whatever makes them meet. */
export const simulatedTicketPrefix = (seed: string): string => `${seed}\nsimulated\n`;

export const simulatedTicket = (seed: string, code: string): string =>
  hash(simulatedTicketPrefix(seed) + code);
