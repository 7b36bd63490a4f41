import { OwnBytes } from '../string/growable-bytes.ts';
import { countElements, EMPTY_BYTES, raiseRegister, writeEmpty } from './hyperloglog.ts';
import { denseRegister, setDenseRegister } from './hyperloglog-dense.ts';
import { INDEX_BITS, observe } from './hyperloglog-hash.ts';
import {
  DENSE,
  DENSE_BYTES,
  encodingOf,
  HEADER_BYTES,
  REGISTER_MAX,
  REGISTERS,
  SPARSE,
  writeHeader,
} from './hyperloglog-layout.ts';

const ROUNDS = 1000;
const ELEMENTS = 10_000_000;
const STANDARD_ERROR = 1.04 / Math.sqrt(REGISTERS);
/** An estimate that misses by more than so many standard errors is no bad luck. */
const TOLERATED_ERRORS = 6;

/**
 * Tests registers and estimates, for some seconds.
 * @param random yields numbers in [0, 1).
 * @param maxBytes length up to which sparse registers may grow.
 * @returns what is wrong; undefined if nothing is.
 */
export const testHyperLogLog = (random: () => number, maxBytes: number): string | undefined =>
  testRegisters(random) ?? testEstimates(random, maxBytes);

/** Every register keeps what it is given, whatever its neighbours are given. */
const testRegisters = (random: () => number): string | undefined => {
  const bytes = new Uint8Array(DENSE_BYTES);
  const expected = new Uint8Array(REGISTERS);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < REGISTERS; i++) {
      expected[i] = random() * (REGISTER_MAX + 1);
      setDenseRegister(bytes, HEADER_BYTES, i, expected[i]!);
    }
    for (let i = 0; i < REGISTERS; i++) {
      const value = denseRegister(bytes, HEADER_BYTES, i);
      if (value !== expected[i]) return `Register ${i} should be ${expected[i]} but is ${value}`;
    }
  }
  return undefined;
};

/** Sparse and dense registers agree, and the estimates are close at every power of ten. */
const testEstimates = (random: () => number, maxBytes: number): string | undefined => {
  const dense = new OwnBytes(new Uint8Array(DENSE_BYTES));
  writeHeader(dense.bytes, 0, DENSE);
  const sparse = new OwnBytes(new Uint8Array(EMPTY_BYTES));
  writeEmpty(sparse.bytes, 0);
  const element = new Uint32Array([0, random() * 2 ** 32]);
  const seed = random() * 2 ** 32;
  const elementBytes = new Uint8Array(element.buffer);
  let checkpoint = 1;
  for (let i = 1; i <= ELEMENTS; i++) {
    element[0] = i ^ seed;
    const seen = observe(elementBytes, 0, elementBytes.length);
    raiseRegister(dense, seen & (REGISTERS - 1), seen >>> INDEX_BITS, maxBytes);
    raiseRegister(sparse, seen & (REGISTERS - 1), seen >>> INDEX_BITS, maxBytes);
    if (i !== checkpoint) continue;
    const fault = testEstimate(dense, sparse, i, maxBytes);
    if (fault !== undefined) return fault;
    checkpoint *= 10;
  }
  return undefined;
};

const testEstimate = (
  dense: OwnBytes,
  sparse: OwnBytes,
  elements: number,
  maxBytes: number,
): string | undefined => {
  if (elements < Math.floor(maxBytes / 2) && encodingOf(sparse.bytes, 0) !== SPARSE)
    return 'sparse encoding not used';
  const estimated = countElements(dense);
  if (estimated !== countElements(sparse)) return 'dense/sparse disagree';
  const error = Math.abs(elements - estimated);
  // Of ten elements two may well meet in one register.
  const tolerated = elements === 10 ? 1 : Math.ceil(STANDARD_ERROR * TOLERATED_ERRORS * elements);
  return error > tolerated ? `Too big error. card:${elements} abserr:${error}` : undefined;
};
