import { BenchError } from './bench-error.ts';
import { EngineBench } from './engine-bench.ts';
import type { Options } from './options.ts';
import { encode, keyOf } from './requests.ts';
import { spreadOf } from './statistics.ts';
import { Table } from './table.ts';
import { ThreadTime } from './thread-time.ts';

const KEYS = 100_000;
const PIPELINE = 100;
/** Different batches of one kind, so that keys are met in no order a cache could like. */
const BATCHES = 500;
const ROUND_MS = 400;

interface Kind {
  readonly name: string;
  readonly command: () => Buffer;
}

const anyKey = (): string => keyOf(Math.floor(Math.random() * KEYS));
const anyCounter = (): string => anyKey().replace('key:', 'num:');
const TEN = Array.from({ length: 10 });

const KINDS: readonly Kind[] = [
  { name: 'PING', command: () => encode('PING') },
  { name: 'SET', command: () => encode('SET', anyKey(), 'xxx') },
  { name: 'GET', command: () => encode('GET', anyKey()) },
  { name: 'INCR', command: () => encode('INCR', anyCounter()) },
  { name: 'MSET', command: () => encode('MSET', ...TEN.flatMap(() => [anyKey(), 'xxx'])) },
];

/** How long the engine takes for a command when a hundred come at once, without sockets. */
export async function measureEngine({ dist, rounds, quick }: Options): Promise<void> {
  const engine = await EngineBench.load(dist);
  for (let n = 0; n < KEYS; n++) engine.run(encode('SET', keyOf(n), 'xxx'));
  console.log(
    `${engine.keys} keys, ${PIPELINE} commands at once; CPU of the thread for parsing, running and answering\n`,
  );
  const table = new Table([
    { title: 'command', width: 8, left: true },
    { title: 'ns/op', width: 7 },
    { title: 'min..max', width: 12 },
  ]);
  for (const kind of KINDS) measureKind(engine, kind, rounds, quick ? ROUND_MS / 4 : ROUND_MS, table);
  engine.stop();
}

function measureKind(engine: EngineBench, kind: Kind, rounds: number, roundMs: number, table: Table): void {
  const batches = Array.from({ length: BATCHES }, () =>
    Buffer.concat(Array.from({ length: PIPELINE }, kind.command)),
  );
  const reply = engine.answer(kind.command());
  if (reply.startsWith('-')) throw new BenchError(`${kind.name} is answered ${reply}`);
  timeBatches(engine, batches, roundMs);
  const rates = Array.from({ length: rounds }, () => timeBatches(engine, batches, roundMs));
  const { median, min, max } = spreadOf(rates);
  table.row([kind.name, median.toFixed(0), `${min.toFixed(0)}..${max.toFixed(0)}`]);
}

/** Runs all batches again and again for about so many milliseconds. @returns nanoseconds of CPU per command. */
function timeBatches(engine: EngineBench, batches: readonly Buffer[], milliseconds: number): number {
  const thread = new ThreadTime();
  const startedAt = thread.milliseconds();
  let used = 0;
  let commands = 0;
  for (; used < milliseconds; used = thread.milliseconds() - startedAt) {
    for (const batch of batches) engine.run(batch);
    commands += batches.length * PIPELINE;
  }
  thread.close();
  return (used * 1e6) / commands;
}
