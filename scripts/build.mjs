// Compiles src into dist. `--if-stale`: only if dist is older.
import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesBelow, ROOT, runNode } from './project.mjs';

const DIST = path.join(ROOT, 'dist');
const MAIN = path.join(DIST, 'main.js');

/** True if there is no dist, or a newer source. A package without sources is never stale. */
export function isStale() {
  const sources = ['src', 'tsconfig.json', 'tsconfig.build.json'].flatMap(filesBelow);
  if (!existsSync(path.join(ROOT, 'src'))) return false;
  if (!existsSync(MAIN)) return true;
  const built = statSync(MAIN).mtimeMs;
  return sources.some((file) => statSync(file).mtimeMs > built);
}

/** Builds beside the old dist and swaps at the end, so that a failed build leaves the old one. */
export function build() {
  const fresh = path.join(ROOT, `dist.${process.pid}`);
  process.once('exit', () => rmSync(fresh, { recursive: true, force: true }));
  runNode(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', fresh]);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(fresh, DIST);
  if (existsSync(MAIN)) chmodSync(MAIN, 0o755);
}

export function ensureBuilt() {
  if (!isStale()) return;
  console.error('corespond: building');
  build();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--if-stale')) ensureBuilt();
  else build();
}
