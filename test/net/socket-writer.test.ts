import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { SocketWriter } from '../../src/net/socket-writer.ts';
import { until } from '../process/until.ts';

const MB = 1024 * 1024;

/** Both ends of a connection over loopback. */
async function connection(): Promise<{ ours: Socket; theirs: Socket; close: () => void }> {
  const server = createServer({ allowHalfOpen: true });
  const accepted = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const theirs = connect(address.port, '127.0.0.1');
  const [ours] = (await accepted) as [Socket];
  server.close();
  const close = () => {
    theirs.destroy();
    ours.destroy();
  };
  return { ours, theirs, close };
}

/** All that arrives at an end of a connection. */
function heard(socket: Socket): () => string {
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  return () => Buffer.concat(pieces).toString('latin1');
}

/** Writes until the system takes no more. @returns what was written. */
function fill(writer: SocketWriter): string {
  let written = '';
  for (let i = 0; writer.writableLength === 0; i++) {
    const text = String(i % 10).repeat(50_000);
    writer.write(Buffer.from(text));
    written += text;
  }
  return written;
}

describe('SocketWriter', () => {
  test('short and long writes arrive as they were, in order', async () => {
    const { ours, theirs, close } = await connection();
    const arrived = heard(theirs);
    const writer = new SocketWriter(ours);
    let sent = '';
    for (const length of [1, 5, 127, 128, 129, 300, 60_000, 2, 70_000, 3]) {
      const text = String.fromCharCode(97 + (length % 26)).repeat(length);
      const memory = Buffer.from(`<<${text}>>`);
      const kept = writer.writeShared(memory, 2, 2 + length);
      if (!kept) memory.fill('!');
      sent += text;
    }
    await until('everything has arrived', () => arrived().length === sent.length);
    assert.equal(arrived(), sent);
    close();
  });

  test('an empty socket takes a write at once, past the stream', async () => {
    const { ours, theirs, close } = await connection();
    const arrived = heard(theirs);
    const writer = new SocketWriter(ours);
    writer.write(Buffer.from('Node shows how. '));
    await until('the first write has arrived', () => arrived().length === 16);
    const { bytesWritten } = ours;
    ours.write = () => assert.fail('the stream was asked');
    for (let i = 0; i < 10; i++) writer.write(Buffer.from(String(i)));
    assert.equal(writer.writableLength, 0);
    assert.equal(ours.bytesWritten, bytesWritten + 10);
    await until('the others have arrived', () => arrived() === 'Node shows how. 0123456789');
    close();
  });

  test('what the system does not take at once it takes later, what follows waits, memory is not given back', async () => {
    const { ours, theirs, close } = await connection();
    const writer = new SocketWriter(ours);
    let sent = fill(writer);
    const waiting = writer.writableLength;
    assert.ok(waiting > 0);
    for (const text of ['short', 'x'.repeat(1000), 'y'.repeat(MB)]) {
      const memory = Buffer.from(text);
      assert.equal(writer.writeShared(memory, 0, memory.length), false, 'it is copied');
      memory.fill('!');
      sent += text;
    }
    assert.ok(writer.writableLength >= waiting + MB);
    const arrived = heard(theirs);
    await until('everything has arrived', () => arrived().length === sent.length);
    assert.equal(arrived(), sent);
    await until('nothing waits any more', () => writer.writableLength === 0);
    writer.write(Buffer.from('and on'));
    await until('it goes on', () => arrived().length === sent.length + 6);
    close();
  });

  test('a short write that is not taken at once keeps its bytes whatever others write', async () => {
    const { ours, theirs, close } = await connection();
    const other = await connection();
    const otherHeard = heard(other.theirs);
    const writer = new SocketWriter(ours);
    const otherWriter = new SocketWriter(other.ours);
    otherWriter.write(Buffer.from('.'));
    const memory = Buffer.from('0123456789'.repeat(12));
    let sent = 0;
    for (; writer.writableLength === 0; sent++) writer.writeShared(memory, 0, memory.length);
    for (let i = 0; i < 100; i++) otherWriter.writeShared(Buffer.from('other'), 0, 5);
    await until('the other has its bytes', () => otherHeard() === `.${'other'.repeat(100)}`);
    const arrived = heard(theirs);
    const expected = memory.toString().repeat(sent);
    await until('everything has arrived', () => arrived().length === expected.length);
    assert.equal(arrived(), expected);
    other.close();
    close();
  });

  test('many short writes wait in few blocks, between long ones too, and arrive in order', async () => {
    const { ours, theirs, close } = await connection();
    const writer = new SocketWriter(ours);
    let sent = fill(writer);
    const before = writer.writableLength;
    const { write } = ours;
    let streamed = 0;
    ours.write = ((...args: Parameters<typeof write>) => {
      streamed++;
      return write.apply(ours, args);
    }) as typeof write;
    let added = 0;
    for (let i = 0; i < 30_000; i++) {
      const text = i % 10_000 === 5000 ? 'x'.repeat(20_000) : `:${i}\r\n`;
      assert.equal(writer.writeShared(Buffer.from(text), 0, text.length), false);
      sent += text;
      added += text.length;
    }
    assert.equal(writer.writableLength, before + added);
    assert.ok(streamed < 30, `${streamed} pieces for ${added} bytes`);
    writer.end();
    const arrived = heard(theirs);
    await once(theirs, 'end');
    assert.equal(arrived(), sent);
    close();
  });

  test('FIN comes behind what the system has not taken yet', async () => {
    const { ours, theirs, close } = await connection();
    const writer = new SocketWriter(ours);
    const sent = fill(writer);
    ours.end();
    const arrived = heard(theirs);
    await once(theirs, 'end');
    assert.equal(arrived().length, sent.length);
    close();
  });

  test('corked, it holds back; uncorked, it goes past the stream again', async () => {
    const { ours, theirs, close } = await connection();
    const arrived = heard(theirs);
    const writer = new SocketWriter(ours);
    writer.write(Buffer.from('a'));
    writer.cork();
    writer.write(Buffer.from('b'));
    assert.equal(writer.writableLength, 1);
    writer.uncork();
    await until('both have arrived', () => arrived() === 'ab' && writer.writableLength === 0);
    const { bytesWritten } = ours;
    ours.write = () => assert.fail('the stream was asked');
    writer.write(Buffer.from('c'));
    assert.equal(ours.bytesWritten, bytesWritten + 1);
    close();
  });

  test('a peer that is gone ends the socket with the error of the system, and writing on does no harm', async () => {
    const { ours, theirs, close } = await connection();
    const writer = new SocketWriter(ours);
    const errors: unknown[] = [];
    ours.on('error', (error) => errors.push(error));
    ours.resume();
    writer.write(Buffer.from('a'));
    fill(writer);
    theirs.resetAndDestroy();
    await until('it is closed', () => ours.closed);
    assert.match(String(errors[0]), /ECONNRESET|EPIPE/);
    writer.write(Buffer.from('b'));
    writer.writeShared(Buffer.from('c'), 0, 1);
    assert.equal(errors.length, 1);
    close();
  });
});
