import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { whenWeAreGone } from '../process/guardian.ts';
import { ROOT } from '../process/server-process.ts';

const BOUND_MS = 240_000;
/** What a user has not: it comes with an installation and a build, or is not part of the project. */
const NOT_COPIED = /^(node_modules|dist.*|\.git|\.env)$/;

/*
 * A network of its own, where the default ports are free, and a space of processes of its own: whatever the guide starts
 * ends with the first process in it, and that one with unshare.
 */
const STAGE = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
const UNSHARE = process.getuid?.() === 0 ? STAGE : ['--map-root-user', ...STAGE];
/** iproute2 may be missing, perl never is where Debian is: SIOCSIFFLAGS with IFF_UP and IFF_RUNNING. */
const LOOPBACK_UP =
  "ip link set lo up 2>/dev/null || perl -e 'socket(S,2,2,0); ioctl(S,0x8914,pack(q(a16sx14),q(lo),0x41)) or die $!'";

function whyNot(): string | false {
  const tools: Array<[program: string, from: string]> = [
    ['prometheus', 'prometheus'],
    ['promtool', 'prometheus'],
    ['redis-cli', 'redis-tools'],
    ['curl', 'curl'],
    ['bash', 'bash'],
    ['unshare', 'util-linux'],
  ];
  const missing = tools.find(([program]) => spawnSync(program, ['--version']).error);
  if (missing !== undefined) return `${missing[0]} is missing: install ${missing[1]}`;
  const { status, stderr } = spawnSync('unshare', [...UNSHARE, 'sh', '-c', LOOPBACK_UP], {
    encoding: 'utf8',
  });
  return status === 0 ? false : `no network of its own to be had: ${stderr.trim()}`;
}

test('every block of the guide runs as written', { skip: whyNot() }, async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cs-'));
  const copy = path.join(folder, 'corespond');
  try {
    copyProject(copy);
    for (const name of ['home', 'tmp']) mkdirSync(path.join(folder, name));
    const { code, output } = await play(folder, copy);
    assert.equal(code, 0, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function copyProject(to: string): void {
  const filter = (file: string) => !NOT_COPIED.test(path.relative(ROOT, file));
  cpSync(ROOT, to, { recursive: true, filter });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(to, 'node_modules'));
}

/** Plays the story of the guide on its stage. */
function play(
  folder: string,
  cwd: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const story = path.join(import.meta.dirname, 'operations-story.ts');
  // The shell stays, and collects whoever is left without a parent.
  const script = `${LOOPBACK_UP}; "$@"; exit $?`;
  const program = [process.execPath, '--import', 'tsx', '--test-reporter=spec', story];
  const stage = spawn('unshare', [...UNSHARE, 'sh', '-c', script, 'sh', ...program], {
    cwd,
    env: { PATH: process.env.PATH, HOME: path.join(folder, 'home'), TMPDIR: path.join(folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: BOUND_MS,
    killSignal: 'SIGKILL',
  });
  const callOff = whenWeAreGone(`kill -KILL ${stage.pid}; rm -rf ${folder}`);
  let output = '';
  for (const stream of [stage.stdout, stage.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    stage.once('close', (code) => {
      callOff();
      resolve({ code, output });
    });
  });
}
