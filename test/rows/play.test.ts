import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { openTarget, play, type Target, testName } from './play.ts';
import { bulk, like, nil, ok, simple } from './reply.ts';
import { closes, differs, group, on, raw, receives, type Scenario, scenario, sends } from './row.ts';

/** A server that answers every command with +PONG, but FLUSHALL with +OK, and closes after QUIT. */
const server = net.createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const text = chunk.toString();
    socket.write(text.includes('FLUSHALL') ? '+OK\r\n' : '+PONG\r\n'.repeat(text.split('*').length - 1));
    if (text.includes('QUIT')) socket.end();
  });
});

let real: Target;
let ours: Target;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  real = await openTarget(address.port, true);
  ours = await openTarget(address.port, false);
});

after(() => {
  for (const target of [real, ours]) target.control.close();
  server.close();
});

const pong = simple('PONG');
const labels = (mismatches: string[]) => mismatches.map((text) => text.split('\n')[0]);

test('play: rows that are answered as they say yield nothing', async () => {
  const good: Scenario = scenario('good', [
    ['PING', pong],
    on('b', ['PING a', like(/^\+PONG\r\n$/, 'a pattern')]),
    sends('PING'),
    receives(pong),
    raw('*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n', pong, pong),
    closes(['QUIT', pong]),
    on('b', ['PING', pong]),
  ]);
  assert.deepEqual(await play(good, ours, 2), []);
  assert.deepEqual(await play(good, ours, 3), []);
});

test('play: every row that is answered otherwise is named', async () => {
  const bad = scenario('bad', [
    ['PING', ok],
    ['PING b', pong],
    ['PING c', pong, nil],
    on('b', ['PING d', like(/^:\d/, 'a pattern')]),
    raw('*1\r\n$4\r\nPING\r\n', bulk('x')),
  ]);
  assert.deepEqual(labels(await play(bad, ours, 2)), ['PING', 'b> PING d', '"*1\\r\\n$4\\r\\nPING\\r\\n"']);
  assert.equal((await play(bad, ours, 3)).length, 4);
});

test('play: bytes before the end of a connection that should send none are reported', async () => {
  const noisy = scenario('noisy', [closes(raw('*1\r\n$4\r\nQUIT\r\n'))]);
  assert.equal((await play(noisy, ours, 2)).length, 1);
});

test('play: a reply that does not come is an error', async () => {
  await assert.rejects(play(scenario('gone', [closes(['QUIT', pong]), ['PING', pong]]), ours, 2), /PING/);
});

test('play: differs holds for ours, and must differ for a real redis-server', async () => {
  const marked = scenario('marked', [differs('why', ['PING', pong])]);
  assert.deepEqual(await play(marked, ours, 2), []);
  assert.equal((await play(marked, real, 2)).length, 1);
  const rightly = scenario('rightly', [differs('why', ['PING', ok])]);
  assert.equal((await play(rightly, ours, 2)).length, 1);
  assert.deepEqual(await play(rightly, real, 2), []);
});

test('play: after is played even when a row fails', async () => {
  const seen: string[] = [];
  const listen = (socket: net.Socket) => socket.on('data', (chunk) => seen.push(chunk.toString()));
  server.on('connection', listen);
  const control = await openTarget(ours.port, false);
  server.off('connection', listen);
  await play(scenario('cleans up', [['PING', ok]], { after: ['CLEAN up'] }), control, 2);
  control.control.close();
  assert.ok(
    seen.some((text) => text.includes('CLEAN')),
    JSON.stringify(seen),
  );
});

test('testName: group, scenario, protocol and the command lines', () => {
  const named = scenario('two', [['GET k', nil], on('b', ['SET k v', ok])]);
  assert.equal(testName(group('strings', [named]), named, 3), 'strings: two [RESP3]: GET k | b> SET k v');
});
