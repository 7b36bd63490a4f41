import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BOUND_MS = 30_000;

/**
 * Says where it is, waits for a signal, and says which one came. It ends a moment later: npm passes on the signal that the
 * group has got already, and who is ending just then would die of it.
 */
const STUB = `
const wait = setInterval(() => {}, 1000);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => { console.log(signal); setTimeout(() => clearInterval(wait), 300); });
}
console.log('READY', JSON.stringify(process.argv.slice(1)));
`;

/** A project that is installed and built, with a stub for a server. */
function createProject(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'corespond-start-'));
  const { scripts, name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), { recursive: true });
  mkdirSync(path.join(folder, 'dist'));
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name, version, type: 'module', scripts }),
  );
  writeFileSync(path.join(folder, 'dist/main.js'), STUB);
  return folder;
}

/** Resolves with all output once it has `sign`. */
function waitFor(child: ChildProcess, sign: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const bound = setTimeout(() => reject(new Error(`no ${sign} in: ${output}`)), BOUND_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes(sign)) return;
      clearTimeout(bound);
      resolve(output);
    });
  });
}

function exitOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
}

describe('npm start', { skip: process.platform === 'win32' ? 'needs a POSIX shell' : false }, () => {
  let project: string;
  before(() => {
    project = createProject();
  });
  after(() => rmSync(project, { recursive: true }));

  const ways: Array<[title: string, signal: NodeJS.Signals, toGroup: boolean]> = [
    ['Ctrl-C, which reaches npm and the server', 'SIGINT', true],
    ['SIGINT to npm alone', 'SIGINT', false],
    ['SIGTERM to npm alone', 'SIGTERM', false],
  ];
  for (const [title, signal, toGroup] of ways) {
    test(`passes flags on, and ends with 0 after ${title}`, async () => {
      const args = ['start', '--', '--port', '7000', '--requirepass', 'a b'];
      const child = spawn('npm', args, { cwd: project, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
      const exited = exitOf(child);
      try {
        const output = await waitFor(child, 'READY');
        const main = path.join(project, 'dist/main.js');
        assert.ok(
          output.includes(`READY ${JSON.stringify([main, '--port', '7000', '--requirepass', 'a b'])}`),
        );
        const told = waitFor(child, signal);
        assert.ok(child.pid !== undefined);
        process.kill(toGroup ? -child.pid : child.pid, signal);
        await told;
        assert.equal(await exited, 0);
      } finally {
        child.kill('SIGKILL');
      }
    });
  }
});
