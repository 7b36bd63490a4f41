import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type ServerOptions, ServerProcess } from './server-process.ts';

/** Runs the binary to its end. @returns exit code and what it has printed. */
export async function run(
  t: TestContext,
  options: ServerOptions,
): Promise<{ code: number | null; out: string; err: string }> {
  const server = ServerProcess.spawn(t, options);
  const { code } = await server.end(15_000);
  return { code, out: server.output, err: server.errors };
}

/** What a refused start looks like: one line, exit code 1. */
export async function refusal(t: TestContext, options: ServerOptions): Promise<string> {
  const { code, out, err } = await run(t, options);
  assert.equal(code, 1, `${out}${err}`);
  assert.match(err, /^corespond: [^\n]+\n$/);
  assert.equal(out, '');
  return err.slice('corespond: '.length, -1);
}
