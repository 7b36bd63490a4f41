import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { createServer, type Server } from '../../src/index.ts';
import { splitCommandLine } from '../rows/command-line.ts';

const PROMPT = '127.0.0.1:6379> ';
const run = promisify(execFile);

interface Exchange {
  readonly line: string;
  readonly output: string;
}

const project = path.resolve(import.meta.dirname, '../..');

/** The README's first block of code in that language. */
const block = (language: string): string => {
  const readme = readFileSync(path.join(project, 'README.md'), 'utf8');
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
};

/** The exchanges of the README's transcript. */
const transcript = (): Exchange[] => {
  return block('console')
    .split(PROMPT)
    .slice(1)
    .map((exchange) => {
      const [line = '', ...output] = exchange.trimEnd().split('\n');
      return { line, output: output.join('\n') };
    });
};

const hasRedisCli = await run('redis-cli', ['--version']).then(
  () => true,
  () => false,
);

let server: Server;
before(async () => {
  // The clock stands still: on a busy machine a second of the key with a time to live would be over before it is asked.
  server = await createServer({ port: 0, clock: { now: () => 1_700_000_000_000 } });
});
after(() => server.close());

test('README has a transcript', () => {
  assert.ok(transcript().length > 5);
});

test('README transcript is what redis-cli shows', {
  skip: hasRedisCli ? false : 'redis-cli is missing: install redis-tools',
}, async () => {
  for (const { line, output } of transcript()) {
    const words = splitCommandLine(line).map((word) => Buffer.from(word).toString('latin1'));
    const { stdout } = await run('redis-cli', ['--no-raw', '-p', String(server.port), ...words]);
    assert.equal(stdout.trimEnd(), output, line);
  }
});

test('README test file runs when it is pasted', async () => {
  const folder = mkdtempSync(path.join(project, 'dist', 'readme-'));
  try {
    const file = path.join(folder, 'pasted.test.ts');
    writeFileSync(file, block('ts'));
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--test', file], {
      cwd: project,
      env,
    });
    assert.match(stdout, /^# pass 1$/m);
    assert.match(stdout, /^# fail 0$/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
