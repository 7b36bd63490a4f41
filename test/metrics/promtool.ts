import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Why promtool cannot be asked, or undefined. */
export function promtoolMissing(): string | undefined {
  const { error } = spawnSync('promtool', ['--version']);
  return error && 'promtool is not installed (Debian: apt-get install prometheus)';
}

/** What promtool has to say about metrics in the text format: `[0, '']` if they are in order. */
export function checkMetrics(input: string): [status: number | null, findings: string] {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
  return [status, stdout + stderr];
}

/** The same about queries. */
export function checkQueries(queries: readonly string[]): [status: number | null, findings: string] {
  const rules = queries.map((expr, i) => ({ record: `test:query${i}`, expr }));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'corespond-promtool-'));
  try {
    // JSON is YAML too.
    const file = path.join(folder, 'rules.yml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'test', rules }] }));
    const { status, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    return [status, stderr];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
