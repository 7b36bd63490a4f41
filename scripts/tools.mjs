// The programs from Debian that some tests need: found, installed where we may, or named for the user.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE_OF = {
  'redis-server': 'redis-server',
  'redis-cli': 'redis-tools',
  'redis-benchmark': 'redis-tools',
  prometheus: 'prometheus',
  promtool: 'prometheus',
  'prometheus-redis-exporter': 'prometheus-redis-exporter',
  chromium: 'chromium',
};
const POLICY = '/usr/sbin/policy-rc.d';

function isThere(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function missingPackages() {
  const programs = Object.keys(PACKAGE_OF).filter((program) => !isThere(program));
  return [...new Set(programs.map((program) => PACKAGE_OF[program]))];
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=60', ...args];
  return spawnSync('apt-get', options, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** Installs packages, whose services must not start: they would take the ports of the server under test. */
function install(packages) {
  const ownPolicy = !existsSync(POLICY);
  try {
    if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    aptGet(['update']);
    aptGet(['install', '-y', '--no-install-recommends', ...packages]);
  } catch (error) {
    console.error(`corespond: ${error.message}`);
  } finally {
    if (ownPolicy) rmSync(POLICY, { force: true });
  }
}

export function ensureTools() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && isThere('apt-get')) {
    console.error(`corespond: installing ${missing.join(', ')} for the tests`);
    install(missing);
  }
  const left = missingPackages();
  if (left.length > 0) {
    console.error(
      `corespond: tests that need them are SKIPPED. To run them: sudo apt-get install ${left.join(' ')}`,
    );
  }
}
