import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Outbox, type Recipient } from '../../src/net/outbox.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Notes what it is given; it may claim the memory, and do something more when it is given something. */
class Notes implements Recipient {
  readonly delivered: string[] = [];
  readonly memories: Uint8Array[] = [];
  keeps = false;
  onDelivery: () => void = () => {};

  deliver(bytes: Uint8Array, start: number, end: number): boolean {
    this.delivered.push(Buffer.from(bytes.subarray(start, end)).toString());
    this.memories.push(bytes.subarray(start, end));
    this.onDelivery();
    return this.keeps;
  }
}

const post = (outbox: Outbox, recipient: Recipient, text: string): void =>
  outbox.add(recipient, Buffer.from(`${text} and what is behind it`), text.length);

describe('Outbox', () => {
  test('keeps everything to the end of the turn, and delivers what follows for the same recipient as one', async () => {
    const outbox = new Outbox();
    const [a, b] = [new Notes(), new Notes()];
    for (const text of ['one ', 'two']) post(outbox, a, text);
    post(outbox, b, 'three');
    post(outbox, a, 'four');
    assert.deepEqual([a.delivered, b.delivered], [[], []]);
    await turn();
    assert.deepEqual([a.delivered, b.delivered], [['one two', 'four'], ['three']]);
    await turn();
    post(outbox, b, 'five');
    await turn();
    assert.deepEqual([a.delivered.length, b.delivered], [2, ['three', 'five']]);
  });

  test('delivers at once when it is told, or full', async () => {
    const outbox = new Outbox();
    const a = new Notes();
    post(outbox, a, 'one');
    outbox.flush();
    assert.deepEqual(a.delivered, ['one']);
    const large = 'x'.repeat(16 * 1024);
    for (let i = 0; i < 20; i++) post(outbox, a, large);
    assert.ok(a.delivered.length > 1, 'a part has left');
    await turn();
    assert.equal(a.delivered.join(''), `one${large.repeat(20)}`);
  });

  test('writes nothing more to memory that somebody keeps', async () => {
    const outbox = new Outbox();
    const [a, b] = [new Notes(), new Notes()];
    a.keeps = true;
    post(outbox, a, 'kept');
    post(outbox, b, 'not kept');
    await turn();
    for (const recipient of [b, a]) post(outbox, recipient, 'something else');
    await turn();
    assert.equal(Buffer.from(a.memories[0]!).toString(), 'kept');
  });

  test('takes what arises while it delivers', async () => {
    const outbox = new Outbox();
    const [a, b] = [new Notes(), new Notes()];
    a.onDelivery = () => {
      outbox.flush();
      if (a.delivered.length === 1) post(outbox, b, 'an answer');
    };
    post(outbox, a, 'a question');
    await turn();
    assert.deepEqual([a.delivered, b.delivered], [['a question'], ['an answer']]);
  });
});
