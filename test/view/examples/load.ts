/*
 * Figures of a server under load that moves, by the second of Unix time: the same for the same second.
 */
import type { Scenario } from './scenario.ts';

const SHARES = [0.46, 0.2, 0.12, 0.09, 0.06, 0.04];

/** A number between 0 and 1 that looks like chance. */
const hash = (value: number): number => {
  let bits = Math.imul(value ^ 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
};

/** Something between 0 and 1 that moves slowly. */
export const wave = (seconds: number, seed: number): number => {
  const slow =
    Math.sin(seconds / (97 + seed * 13) + seed) + Math.sin(seconds / (41 + seed * 5) + seed * 2) * 0.5;
  const noise = hash(seconds * 31 + seed) * 0.05 + hash(Math.floor(seconds / 7) * 17 + seed) * 0.05;
  return Math.min(1, Math.max(0, 0.45 + slow * 0.22 + noise));
};

const load = (scenario: Scenario): number => (scenario === 'idle' ? 0 : scenario === 'critical' ? 0.35 : 1);

/** Calls a second of a command, known by its place among them. */
export const rateAt = (seconds: number, index: number, scenario: Scenario): number =>
  Math.round(84_000 * load(scenario) * (SHARES[index] ?? 0.03) * (0.5 + wave(seconds, index + 1)));

/** Connected clients. */
export const clientsAt = (seconds: number, scenario: Scenario): number =>
  Math.round(
    (scenario === 'warning' || scenario === 'critical' ? 9100 : 1240) * (0.94 + wave(seconds, 7) * 0.08),
  );

/** Share of the time that a process is busy, known by its place among them. */
export const busyAt = (seconds: number, index: number, scenario: Scenario): number => {
  if (scenario === 'idle') return 0.004;
  if (scenario === 'warning' && index === 2) return 0.93 + wave(seconds, 3) * 0.06;
  return Math.min(1, (0.28 + (index % 5) * 0.07) * (0.6 + wave(seconds, index + 2) * 0.7));
};
