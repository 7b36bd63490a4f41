import { errors, sketchTestFailed, unknownSketchQuestion } from '../../errors.ts';
import { makeDense } from '../../keyspace/hyperloglog/hyperloglog.ts';
import { denseRegister } from '../../keyspace/hyperloglog/hyperloglog-dense.ts';
import {
  encodingOf,
  HEADER_BYTES,
  REGISTERS,
  SPARSE,
} from '../../keyspace/hyperloglog/hyperloglog-layout.ts';
import { RunReader } from '../../keyspace/hyperloglog/hyperloglog-runs.ts';
import { testHyperLogLog } from '../../keyspace/hyperloglog/hyperloglog-self-test.ts';
import { StringBytes } from '../../keyspace/string/string-bytes.ts';
import type { Call, CommandGroup } from '../command.ts';
import { writableSketch } from './hyperloglog-access.ts';

const sketch = new StringBytes();
const runs = new RunReader();

const isSparse = (): boolean => encodingOf(sketch.bytes, sketch.start) === SPARSE;

/** Makes {@link sketch} dense. @returns false if it is so already. @throws errors.corruptHyperLogLog */
const densify = ({ keyspace }: Call): boolean => {
  if (!isSparse()) return false;
  if (!makeDense(sketch)) throw errors.corruptHyperLogLog;
  keyspace.statistics.changes++;
  return true;
};

const registers = (call: Call): void => {
  densify(call);
  call.reply.array(REGISTERS);
  const { bytes, start } = sketch;
  for (let i = 0; i < REGISTERS; i++) call.reply.integer(denseRegister(bytes, start + HEADER_BYTES, i));
};

const decode = ({ reply }: Call): void => {
  if (!isSparse()) throw errors.sketchNotSparse;
  const { bytes, start, length } = sketch;
  const words: string[] = [];
  runs.begin(bytes, start + HEADER_BYTES, start + length);
  while (runs.next()) {
    if (runs.value > 0) words.push(`v:${runs.value},${runs.length}`);
    else words.push(`${runs.opcodeBytes === 1 ? 'z' : 'Z'}:${runs.length}`);
  }
  reply.text(words.join(' '));
};

const encoding = ({ reply }: Call): void => reply.status(isSparse() ? 'sparse' : 'dense');

const toDense = (call: Call): void => call.reply.integer(densify(call) ? 1 : 0);

const QUESTIONS: Readonly<Record<string, (call: Call) => void>> = {
  GETREG: registers,
  DECODE: decode,
  ENCODING: encoding,
  TODENSE: toDense,
};

const pfdebug = (call: Call): void => {
  const { args, database } = call;
  const entry = writableSketch(call, 2);
  if (entry === 0) throw errors.noSketch;
  sketch.open(database, entry);
  const word = args.latin1(1);
  const run = QUESTIONS[word.toUpperCase()];
  if (run === undefined) throw unknownSketchQuestion(word);
  run(call);
};

const pfselftest = ({ keyspace, reply, settings }: Call): void => {
  const fault = testHyperLogLog(keyspace.random, settings.values.hllSparseMaxBytes);
  if (fault !== undefined) throw sketchTestFailed(fault);
  reply.ok();
};

/** Commands for those who look into HyperLogLogs. */
export const hyperLogLogDebugging = {
  pfdebug: {
    arity: 3,
    flags: ['write', 'denyoom', 'admin'],
    traits: ['internal'],
    keys: [{ first: 2, last: 2, step: 1, flags: 'RW access' }],
    syntax: 'subcommand key',
    since: '2.8.9',
    complexity: 'N/A',
    summary: 'Shows the registers of a HyperLogLog, or how they are kept.',
    run: pfdebug,
  },
  pfselftest: {
    arity: 1,
    flags: ['admin'],
    traits: ['internal'],
    since: '2.8.9',
    complexity: 'N/A',
    summary: 'Tests registers and estimates of HyperLogLogs, which takes seconds.',
    run: pfselftest,
  },
} satisfies CommandGroup;
