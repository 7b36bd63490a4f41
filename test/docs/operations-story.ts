/*
 * Runs docs/operations.md, block by block, in the working folder, which is a copy of the project, and looks whether all
 * is as the guide says. It is started by operations.long.test.ts on a stage where the default ports are free.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import type { StatusDocument } from '../../src/view/status-document.ts';
import { alertRules } from '../grafana/alert-rules.ts';
import { until } from '../process/until.ts';
import { type Block, blocksOf, isShown } from './guide.ts';

const BOUND_MS = 120_000;

/** What is looked at beside the output of a block: it begins before. @returns what is to be done after. */
type Watch = () => Check | Promise<Check>;
type Check = () => void | Promise<void>;

/** What we read of answers; who gives them is tested elsewhere. */
interface Targets {
  readonly data: { readonly activeTargets: ReadonlyArray<{ labels: { job: string }; health: string }> };
}
interface Rules {
  readonly data: { readonly groups: ReadonlyArray<{ rules: ReadonlyArray<{ name: string }> }> };
}

const json = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
const PROMETHEUS = 'http://127.0.0.1:9090/api/v1';

function passwordInUse(): string {
  return /^CORESPOND_REQUIREPASS=(.*)$/m.exec(readFileSync('.env', 'utf8'))?.[1] ?? '';
}

function isRefused(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, host, () => resolve(false)).once('error', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
}

/** Clients that count, each in a key of its own, while others do something. @returns what stops and checks them. */
async function counting(): Promise<Check> {
  const faults: string[] = [];
  const clients = Array.from({ length: 6 }, () => new Redis({ password: passwordInUse() }));
  for (const client of clients) client.on('error', (error) => faults.push(error.message));
  let running = true;
  const counts = clients.map(async (client, i) => {
    let count = 0;
    for (; running; count++) {
      const reply = await client.incr(`counter${i}`);
      if (reply !== count + 1) faults.push(`client ${i} is answered ${reply} instead of ${count + 1}`);
    }
    return count;
  });
  await until('all clients are served', async () => {
    const values = await Promise.all(clients.map((client, i) => client.get(`counter${i}`)));
    return values.every((value) => Number(value) > 10);
  });
  return async () => {
    running = false;
    await Promise.all(counts);
    for (const client of clients) client.disconnect();
    assert.deepEqual(faults, [], 'no connection is refused, no reply lost');
  };
}

/** A value that is to be there afterwards. */
async function keeping(): Promise<Check> {
  const client = new Redis({ password: passwordInUse() });
  await client.set('kept', 'yes');
  client.disconnect();
  return async () => {
    const later = new Redis({ password: passwordInUse() });
    assert.equal(await later.get('kept'), 'yes', 'the data stays');
    later.disconnect();
  };
}

/** Command lines of everything that runs on this stage. */
function runningPrograms(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' '));
}

/** What the guide has started: pm2's daemon, its command, our processes, Prometheus. No folder is called like that. */
const OURS = /^PM2 v|\/pm2 |main\.js|prometheus --/;

/** By the heading above the block, and its number there. */
const WATCHES: Readonly<Record<string, Watch>> = {
  'Other machines 1': keeping,
  'Other machines 2': () => async () => assert.ok(await isRefused('127.0.0.2', 6379)),
  'Scraped 2': () => async () => {
    const { data } = await json<Targets>(`${PROMETHEUS}/targets?state=active`);
    assert.deepEqual(
      data.activeTargets.map(({ labels, health }) => [labels.job, health]),
      [['corespond', 'up']],
    );
  },
  'Alerted 1': () => async () => {
    const { data } = await json<Rules>(`${PROMETHEUS}/rules?type=alert`);
    const loaded = data.groups.flatMap(({ rules }) => rules.map(({ name }) => name));
    assert.deepEqual(
      loaded.sort(),
      alertRules()
        .map(({ alert }) => alert)
        .sort(),
    );
  },
  'Upgrade with no downtime 1': counting,
  'Changing the number of workers 1': () => async () => {
    await until('two workers are up', async () => {
      const { server } = await json<StatusDocument>('http://127.0.0.1:9121/status.json');
      return server.workers.up === 2 && server.workers.expected === 2;
    });
  },
  'Trouble 1': keeping,
  'Taking it down 1': () => async () => {
    await until('nothing runs any more', () => !runningPrograms().some((line) => OURS.test(line)));
  },
};

/** Runs a block as written. @returns what it printed. @throws with that if a command fails. */
function run(commands: string): Promise<string> {
  const shell = spawn('bash', ['-e', '-c', commands], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: BOUND_MS,
  });
  let printed = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  return new Promise((resolve, reject) => {
    shell.once('close', (code, signal) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`ended with ${signal ?? code}:\n${commands}\n${printed}`));
    });
  });
}

/** Each line that is shown was printed, in this order. */
function checkOutput({ output }: Block, printed: string): void {
  const lines = printed.split('\n');
  let next = 0;
  for (const shown of output) {
    const found = lines.findIndex((line, i) => i >= next && isShown(shown, line));
    assert.notEqual(found, -1, `${shown} was not printed:\n${printed}`);
    next = found + 1;
  }
}

const unmet = new Set(Object.keys(WATCHES));
const counts = new Map<string, number>();
/** What comes after a block that has failed says nothing. */
let hasFailed = false;
for (const block of blocksOf(readFileSync('docs/operations.md', 'utf8'))) {
  if (block.mark !== '') continue;
  const number = (counts.get(block.heading) ?? 0) + 1;
  counts.set(block.heading, number);
  const name = `${block.heading} ${number}`;
  unmet.delete(name);
  test(name, async (t) => {
    if (hasFailed) return t.skip('a block before has failed');
    hasFailed = true;
    const finish = await WATCHES[name]?.();
    checkOutput(block, await run(block.commands));
    await finish?.();
    hasFailed = false;
  });
}
test('every block that is watched is there', () => assert.deepEqual([...unmet], []));
