import path from 'node:path';
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.ts';
import { TYPES } from './collection.ts';
import { GROUPS, PIPELINES } from './rows.ts';
import type { Mode } from './server.ts';

export const SUBJECTS = ['compare', 'memory', 'collections', 'complexity', 'stalls', 'engine'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What the command line asks for. */
export interface Options {
  readonly subject: Subject;
  readonly help: boolean;
  readonly quick: boolean;
  readonly rounds: number;
  /** Modes of our server, in the order to measure them. */
  readonly modes: readonly Mode[];
  readonly groups: readonly string[];
  readonly pipelines: readonly number[];
  /** Types of collections, as TYPE answers. */
  readonly types: readonly string[];
  /** Keys to fill; undefined: as many as the subject is about. */
  readonly keys: number | undefined;
  /** Folder of the build to measure. */
  readonly dist: string;
}

export const USAGE = `npm run bench -- [subject] [flags]

compare      requests per second and CPU per operation beside redis-server, under redis-benchmark (the default)
memory       bytes per key beside redis-server
collections  bytes per element of large lists, hashes, sets, sorted sets and streams beside redis-server
complexity   CPU per operation on collections of a thousand and of a million elements beside redis-server
stalls       the longest time a client waits while millions of keys and elements come and go
engine       nanoseconds per command without sockets; for node --cpu-prof

--rounds n         runs per figure (compare, complexity; 5, with --quick 2)
--quick            fewer requests and keys, to see that it works
--only solo,1,2,4  modes of our server: solo or a number of workers
--rows get,churn   of ${GROUPS.join(', ')}
--pipelines 1,16   of ${PIPELINES.join(', ')}
--types list,set   of ${TYPES.join(', ')} (collections, complexity, stalls)
--keys n           keys to fill (memory 3000000, stalls 10000000) or elements (collections 1000000)
--dist folder      another build of the server than dist`;

const FLAGS = {
  help: { type: 'boolean', short: 'h', default: false },
  quick: { type: 'boolean', default: false },
  rounds: { type: 'string' },
  only: { type: 'string' },
  rows: { type: 'string', default: GROUPS.join(',') },
  pipelines: { type: 'string', default: PIPELINES.join(',') },
  types: { type: 'string', default: TYPES.join(',') },
  keys: { type: 'string' },
  dist: { type: 'string', default: path.resolve(import.meta.dirname, '..', 'dist') },
} as const;

/** Modes measured where `--only` does not say. */
const MODES: Readonly<Record<Subject, string>> = {
  compare: 'solo,1,2,4',
  memory: 'solo,2',
  collections: 'solo,2',
  complexity: 'solo',
  stalls: 'solo,2',
  engine: 'solo',
};

/** Reads the words behind `npm run bench --`. @throws BenchError for what it does not know. */
export function parseOptions(argv: readonly string[]): Options {
  const { values, positionals } = parsed(argv);
  const [word = 'compare', ...more] = positionals;
  const subject = oneOf('subject', SUBJECTS)(word);
  if (more.length > 0) throw new BenchError(`${more.join(' ')} is one word too many, see --help`);
  const { rounds = values.quick ? '2' : '5', only = MODES[subject] } = values;
  return {
    subject,
    help: values.help,
    quick: values.quick,
    rounds: count('--rounds', rounds),
    modes: list(only, mode),
    groups: list(values.rows, oneOf('--rows', GROUPS)),
    pipelines: list(values.pipelines, oneOf('--pipelines', PIPELINES.map(String))).map(Number),
    types: list(values.types, oneOf('--types', TYPES)),
    keys: values.keys === undefined ? undefined : count('--keys', values.keys),
    dist: path.resolve(values.dist),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: FLAGS, allowPositionals: true });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new BenchError(`${reason} (see --help)`);
  }
}

const list = <T>(text: string, read: (word: string) => T): T[] => text.toLowerCase().split(',').map(read);

const oneOf =
  <T extends string>(flag: string, allowed: readonly T[]) =>
  (word: string): T => {
    const found = allowed.find((candidate) => candidate === word);
    if (found === undefined) throw new BenchError(`${flag}: ${word} is not one of ${allowed.join(', ')}`);
    return found;
  };

function count(flag: string, word: string): number {
  const value = Number(word);
  if (Number.isInteger(value) && value > 0) return value;
  throw new BenchError(`${flag}: ${word} is not a number from 1`);
}

function mode(word: string): Mode {
  if (word === 'solo') return 0;
  const workers = Number(word);
  if (Number.isInteger(workers) && workers > 0 && workers <= 64) return workers;
  throw new BenchError(`--only: ${word} is neither solo nor a number of workers`);
}
