import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { MAIN, ServerProcess, unsupported } from '../process/server-process.ts';
import { WireConnection } from '../rows/wire.ts';

const top = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [MAIN, 'top', ...args], { timeout: 20_000 })).stdout;

describe('corespond top of a real instance', { skip: unsupported, concurrency: 2 }, () => {
  for (const workers of [0, 2]) {
    test(`shows its processes and commands, workers=${workers}`, async (t) => {
      const server = await ServerProcess.start(t, { settings: { workers, 'slowlog-log-slower-than': 0 } });
      const client = await WireConnection.open(server.port);
      await client.call('SET', 'a', '1');
      await client.call('LPUSH', 'a', 'x');
      const text = await top(`127.0.0.1:${server.metricsPort}`, '--count', '3');
      const blocks = text.split('\n\n');
      assert.equal(blocks.length, 3);
      const last = blocks.at(-1) ?? '';
      assert.match(last, /^All is well$/m);
      assert.match(last, /^ +worker 0 +up /m);
      assert.match(last, /^ +keyspace +up /m);
      assert.match(last, /^ +LPUSH\b.* 1$/m);
      assert.match(last, /^clients 1 of 10,000/m);
      client.close();
    });
  }
});
