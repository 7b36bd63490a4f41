import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../memory/seeded-random.ts';
import { besideRedis } from '../rows/beside-redis.ts';
import { realRedisMissing } from '../rows/real-redis.ts';
import { StreamStage } from './stream-stage.ts';

const missing = realRedisMissing();
const redis = besideRedis('--rdbcompression', 'no');

if (missing !== undefined) console.error(`NOT COMPARED with a real redis-server: ${missing}`);

const FIELDS = ['f', 'g', '', 'a field of some length'];
const VALUES = [
  '',
  'v',
  '7',
  '-300',
  '70000',
  '12345678901',
  '-9223372036854775808',
  'x'.repeat(70),
  'y'.repeat(5000),
];

/** One entry after the other, most with the fields of the one before. */
function* entries(random: () => number): Generator<readonly [id: string, fields: readonly string[]]> {
  const any = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)]!;
  let ms = 1_700_000_000_000;
  let fields = [any(FIELDS)];
  for (let i = 0; i < 1000; i++) {
    if (random() < 0.3) ms += Math.floor(random() * 10 ** Math.floor(random() * 12));
    if (random() < 0.1) fields = Array.from({ length: 1 + Math.floor(random() * 3) }, () => any(FIELDS));
    yield [`${ms}-${i + 1}`, fields.flatMap((field) => [field, any(VALUES)])];
  }
}

test('the nodes of a stream are byte for byte those of a real redis-server', {
  skip: missing ?? false,
}, async () => {
  const random = seededRandom(7);
  const stage = new StreamStage();
  const ids: string[] = [];
  for (const [id, fields] of entries(random)) {
    stage.add({ id, fields });
    await redis.call('XADD', 's', id, ...fields);
    ids.push(id);
  }
  for (const id of ids.filter(() => random() < 0.2)) {
    stage.delete(id);
    await redis.call('XDEL', 's', id);
  }
  const dump = Buffer.from(await redis.call('DUMP', 's'), 'latin1');
  const count = stage.streams.nodes(stage.entry);
  assert.ok(count > 10);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at = dump.indexOf(stage.streams.nodeAt(stage.entry, i).listpack, at);
    assert.notEqual(at, -1, `node ${i} of ${count}`);
  }
});
