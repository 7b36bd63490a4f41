import { errors } from '../../errors.ts';
import {
  countElements,
  countMerged,
  EMPTY_BYTES,
  mergeRegisters,
  raiseRegister,
  storeDense,
  writeEmpty,
} from '../../keyspace/hyperloglog/hyperloglog.ts';
import { INDEX_BITS, observe } from '../../keyspace/hyperloglog/hyperloglog-hash.ts';
import {
  cardinalityOf,
  DENSE,
  encodingOf,
  forgetCardinality,
  knowsCardinality,
  REGISTERS,
  readCardinality,
  writeCardinality,
} from '../../keyspace/hyperloglog/hyperloglog-layout.ts';
import { CORRUPT, RAISED } from '../../keyspace/hyperloglog/hyperloglog-sparse.ts';
import { StringBytes } from '../../keyspace/string/string-bytes.ts';
import { type Call, type CommandGroup, oneKey } from '../command.ts';
import { readSketch, writableSketch } from './hyperloglog-access.ts';

const INDEX_MASK = REGISTERS - 1;
const sketch = new StringBytes();
/** The registers of several sketches together. */
const merged = new Uint8Array(REGISTERS);

/** Makes an empty sketch of key argument 1, which the look-up just made has not found. @returns its entry. */
const createSketch = ({ args, database, keyspace }: Call): number => {
  const { strings } = keyspace;
  const entry = strings.createBlank(args.buffer, args.start(1), args.length(1), EMPTY_BYTES);
  const { bytes, start } = strings.view(entry);
  writeEmpty(bytes, start);
  database.put(0, entry);
  return entry;
};

const pfadd = (call: Call): void => {
  const { database, keyspace, reply } = call;
  const old = writableSketch(call, 1);
  sketch.open(database, old === 0 ? createSketch(call) : old);
  const raised = observeArguments(call);
  if (old === 0) {
    keyspace.statistics.changes += raised;
  } else if (raised > 0) {
    database.modified(sketch.entry);
    keyspace.statistics.changes += raised - 1;
  }
  if (old === 0 || raised > 0) forgetCardinality(sketch.bytes, sketch.start);
  reply.integer(old === 0 || raised > 0 ? 1 : 0);
};

/** Shows the elements to {@link sketch}. @returns how many changed it. @throws errors.corruptHyperLogLog */
const observeArguments = ({ args, settings }: Call): number => {
  const { hllSparseMaxBytes } = settings.values;
  let raised = 0;
  for (let i = 2; i < args.count; i++) {
    const seen = observe(args.buffer, args.start(i), args.length(i));
    const outcome = raiseRegister(sketch, seen & INDEX_MASK, seen >>> INDEX_BITS, hllSparseMaxBytes);
    if (outcome === CORRUPT) throw errors.corruptHyperLogLog;
    if (outcome === RAISED) raised++;
  }
  return raised;
};

const pfcount = (call: Call): void => {
  const { args, database, reply } = call;
  if (args.count > 2) return countUnion(call);
  const entry = readSketch(call, 1);
  if (entry === 0) return reply.integer(0);
  const { bytes, start } = sketch.open(database, entry);
  if (!knowsCardinality(bytes, start)) {
    const elements = countElements(sketch);
    if (Number.isNaN(elements)) throw errors.corruptHyperLogLog;
    writeCardinality(bytes, start, elements);
    database.modified(entry);
  }
  reply.integer(readCardinality(bytes, start));
};

const countUnion = (call: Call): void => {
  mergeArguments(call);
  call.reply.integer(cardinalityOf(countMerged(merged)));
};

/**
 * Fills {@link merged} with the registers of the sketches at all key arguments.
 * @returns true if one of them is dense.
 * @throws errors.wrongType, errors.notHyperLogLog or errors.corruptHyperLogLog
 */
const mergeArguments = (call: Call): boolean => {
  const { strings } = call.keyspace;
  let dense = false;
  merged.fill(0);
  for (let i = 1; i < call.args.count; i++) {
    const entry = readSketch(call, i);
    if (entry === 0) continue;
    const view = strings.view(entry);
    if (encodingOf(view.bytes, view.start) === DENSE) dense = true;
    if (!mergeRegisters(view, merged)) throw errors.corruptHyperLogLog;
  }
  return dense;
};

const pfmerge = (call: Call): void => {
  const { database, reply } = call;
  const dense = mergeArguments(call);
  const old = writableSketch(call, 1);
  sketch.open(database, old === 0 ? createSketch(call) : old);
  if (dense) storeDense(sketch, merged);
  else raiseToMerged(call.settings.values.hllSparseMaxBytes);
  forgetCardinality(sketch.bytes, sketch.start);
  if (old !== 0) database.modified(sketch.entry);
  reply.ok();
};

/** Raises the registers of {@link sketch} one by one, as Redis does, so that its bytes become those of Redis. */
const raiseToMerged = (maxBytes: number): void => {
  for (let index = 0; index < REGISTERS; index++) {
    const count = merged[index]!;
    if (count > 0) raiseRegister(sketch, index, count, maxBytes);
  }
};

/** Commands on sketches that estimate how many different elements they have seen. */
export const hyperLogLogs = {
  pfadd: {
    arity: -2,
    flags: ['write', 'denyoom', 'fast'],
    keys: oneKey('RW insert'),
    syntax: 'key [element [element ...]]',
    since: '2.8.9',
    complexity: 'O(1) for each element',
    summary: 'Shows elements to a HyperLogLog, which is made if there is none.',
    run: pfadd,
  },
  pfcount: {
    arity: -2,
    flags: ['readonly'],
    traits: ['brief'],
    keys: [
      {
        first: 1,
        last: -1,
        step: 1,
        flags: 'RW access',
        notes: 'RW because it may change the internal representation of the key, and propagate to replicas',
      },
    ],
    syntax: 'key [key ...]',
    since: '2.8.9',
    complexity:
      'O(1) for one key, mostly from what was counted before; O(N) with a large constant for N keys',
    summary: 'Estimates how many different elements HyperLogLogs have seen together.',
    run: pfcount,
  },
  pfmerge: {
    arity: -2,
    flags: ['write', 'denyoom'],
    keys: [
      { first: 1, last: 1, step: 1, flags: 'RW access insert' },
      { first: 2, last: -1, step: 1, flags: 'RO access' },
    ],
    syntax: 'destkey sourcekey [sourcekey ...]',
    since: '2.8.9',
    complexity: 'O(N) with a large constant, when N is the number of HyperLogLogs',
    summary: 'Makes a HyperLogLog that has seen what others have.',
    run: pfmerge,
  },
} satisfies CommandGroup;
