import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServer, type Server, type ServerOptions } from '../../src/index.ts';
import { WireConnection } from '../rows/wire.ts';

/** Runs what a test does on a server and a connection of its own. */
async function onServer(
  options: ServerOptions,
  body: (client: WireConnection, server: Server) => Promise<void>,
): Promise<void> {
  const server = await createServer({ port: 0, ...options });
  const client = await WireConnection.open(server.port);
  try {
    await body(client, server);
  } finally {
    client.close();
    await server.close();
  }
}

const NOT_ALLOWED =
  '-ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a local ' +
  'connection, otherwise you need to set this option in the configuration file, and then restart the server.\r\n';

test('DEBUG is refused unless enable-debug-command allows it', async () => {
  await onServer({}, async (client) => {
    assert.equal(await client.call('DEBUG', 'SLEEP', '0'), NOT_ALLOWED);
  });
  await onServer({ enableDebugCommand: 'local' }, async (client) => {
    assert.equal(await client.call('DEBUG', 'SLEEP', '0'), '+OK\r\n');
  });
});

test('DEBUG SLEEP holds the keyspace for so long', async () => {
  await onServer({ enableDebugCommand: 'yes' }, async (client) => {
    const begun = performance.now();
    await client.call('DEBUG', 'SLEEP', '0.05');
    assert.ok(performance.now() - begun >= 49);
  });
});

test('SHUTDOWN closes the connection without a reply and ends the server', async () => {
  await onServer({}, async (client, server) => {
    client.send(Buffer.from('SHUTDOWN NOSAVE\r\n'));
    assert.equal(await client.ended(), '');
    await assert.rejects(WireConnection.open(server.port));
  });
});

test('SHUTDOWN SAVE is refused, as nothing can be saved', async () => {
  await onServer({}, async (client) => {
    assert.equal(await client.call('SHUTDOWN', 'SAVE'), '-ERR Errors trying to SHUTDOWN. Check logs.\r\n');
    assert.equal(await client.call('PING'), '+PONG\r\n');
  });
});

test('CONFIG SET requirepass shows no password in SLOWLOG', async () => {
  await onServer({ slowlogLogSlowerThan: 0 }, async (client) => {
    assert.equal(await client.call('CONFIG', 'SET', 'timeout', '0', 'RequirePass', 'hunter2'), '+OK\r\n');
    const log = await client.call('SLOWLOG', 'GET');
    assert.match(log, /RequirePass\r\n\$10\r\n\(redacted\)/);
    assert.doesNotMatch(log, /hunter2/);
  });
});

test('CONFIG RESETSTAT lets INFO start from zero', async () => {
  await onServer({}, async (client) => {
    await client.call('GET', 'missing');
    await client.call('NOSUCH');
    await client.call('CONFIG', 'RESETSTAT');
    const text = await client.call('INFO', 'everything');
    assert.match(text, /\r\nkeyspace_misses:0\r\n/);
    assert.match(text, /\r\ntotal_error_replies:0\r\n/);
    assert.match(text, /\r\ntotal_connections_received:0\r\n/);
    assert.doesNotMatch(text, /cmdstat_get|errorstat_/);
  });
});

test('FLUSHALL SYNC gives the memory back before it answers', async () => {
  await onServer({}, async (client) => {
    for (let i = 0; i < 100; i++) await client.call('SET', `key:${i}`, 'x'.repeat(2000));
    assert.equal(await client.call('FLUSHALL', 'SYNC'), '+OK\r\n');
    const text = await client.call('INFO', 'memory');
    assert.match(text, /\r\nlazyfree_pending_objects:0\r\n/);
    assert.match(text, /\r\nused_memory_dataset:0\r\n/);
  });
});

test('MEMORY USAGE grows with the value and counts the expiry', async () => {
  await onServer({}, async (client) => {
    const usage = async (key: string) => Number((await client.call('MEMORY', 'USAGE', key)).slice(1));
    await client.call('SET', 'small', 'x');
    await client.call('SET', 'large', 'x'.repeat(10_000));
    const before = await usage('small');
    assert.ok(before > 24 && before < 100);
    assert.ok((await usage('large')) > 10_000);
    await client.call('EXPIRE', 'small', '100');
    assert.ok((await usage('small')) > before);
  });
});
