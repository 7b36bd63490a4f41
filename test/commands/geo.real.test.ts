import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';
import { realRedisMissing } from '../rows/real-redis.ts';
import { type Command, ServerPair } from '../rows/server-pair.ts';

const missing = realRedisMissing();
const skip = { skip: missing ?? false };

let servers: ServerPair;
before(async () => {
  if (missing === undefined) servers = await ServerPair.start();
});
after(() => servers?.stop());

const both = (...command: Command): Promise<string> => servers.both(...command);

const EDGE = 85.05112878;
const decimal = (max: number) =>
  fc.double({ min: -max, max, noNaN: true, noDefaultInfinity: true }).map((value) => String(value));

/** Anywhere, in one town, or at the edges of the map and of its boxes. */
const longitude = fc.oneof(
  { weight: 4, arbitrary: decimal(180) },
  { weight: 4, arbitrary: fc.nat(1000).map((step) => String(15 + step / 7000)) },
  { weight: 2, arbitrary: fc.constantFrom('180', '-180', '179.99', '0', '-0.001', '90', '-135') },
);
const latitude = fc.oneof(
  { weight: 4, arbitrary: decimal(EDGE) },
  { weight: 4, arbitrary: fc.nat(1000).map((step) => String(37 + step / 7000)) },
  { weight: 2, arbitrary: fc.constantFrom(String(EDGE), String(-EDGE), '85', '0', '66.5', '-80.1', '42.52') },
);
const place = fc.tuple(longitude, latitude);
const unit = fc.constantFrom('m', 'km', 'ft', 'mi', 'KM');
const size = fc.oneof(
  fc.constantFrom('0', '1', '100', '3000', '200000', '1e7', '3e7'),
  fc.double({ min: 0, max: 30_000, noNaN: true }).map(String),
);
const shown = fc.subarray(['WITHDIST', 'WITHCOORD', 'WITHHASH']);
const order = fc.constantFrom([], ['ASC'], ['DESC']);
const count = fc.oneof(
  fc.constant([]),
  fc.integer({ min: 1, max: 60 }).map((most) => ['COUNT', String(most)]),
  fc.integer({ min: 1, max: 30 }).map((most) => ['COUNT', String(most), 'ANY']),
);
const area = fc.oneof(
  fc.tuple(size, unit).map(([radius, of]) => ['BYRADIUS', radius, of]),
  fc.tuple(size, size, unit).map(([width, height, of]) => ['BYBOX', width, height, of]),
);
const middle = fc.oneof(
  place.map(([x, y]) => ['FROMLONLAT', x, y]),
  fc.nat(40).map((member) => ['FROMMEMBER', `m${member}`]),
);

test('places are kept and shown as redis-server does', skip, async () => {
  const property = fc.asyncProperty(fc.array(place, { minLength: 2, maxLength: 40 }), async (places) => {
    await both('FLUSHALL');
    await both('GEOADD', 'k', ...places.flatMap(([x, y], i) => [x, y, `m${i}`]));
    await both('ZRANGE', 'k', '0', '-1', 'WITHSCORES');
    const members = places.map((_, i) => `m${i}`);
    await both('GEOPOS', 'k', ...members);
    await both('GEOHASH', 'k', ...members);
    for (let i = 1; i < members.length; i++) await both('GEODIST', 'k', members[i - 1]!, members[i]!, 'km');
  });
  await fc.assert(property, { ...fuzzSettings(60), includeErrorInReport: true });
});

test('searches find the same members in the same order', skip, async () => {
  const search = fc.tuple(middle, area, order, count, shown);
  const property = fc.asyncProperty(
    fc.array(place, { minLength: 41, maxLength: 300 }),
    fc.array(search, { minLength: 1, maxLength: 30 }),
    async (places, searches) => {
      await both('FLUSHALL');
      await both('GEOADD', 'k', ...places.flatMap(([x, y], i) => [x, y, `m${i}`]));
      for (const [from, by, sorted, most, facts] of searches) {
        await both('GEOSEARCH', 'k', ...from, ...by, ...sorted, ...most, ...facts);
        await both('GEOSEARCHSTORE', 'to', 'k', ...from, ...by, ...sorted, ...most);
        await both('ZRANGE', 'to', '0', '-1', 'WITHSCORES');
      }
    },
  );
  await fc.assert(property, { ...fuzzSettings(25), includeErrorInReport: true });
});

test('scores that are no geohashes are taken for some place', skip, async () => {
  const score = fc.oneof(
    fc.double({ noNaN: true }).map((value) => String(value).replace('Infinity', 'inf')),
    fc.maxSafeInteger().map(String),
    fc.constantFrom(
      'inf',
      '-inf',
      '-1',
      '0.5',
      '-0.5',
      '9223372036854775808',
      '18446744073709551615',
      '1e19',
    ),
    fc.constantFrom('-9223372036854775808', '-9223372036854777856', '4503599627370496', '9007199254740994'),
  );
  const property = fc.asyncProperty(fc.array(score, { minLength: 1, maxLength: 20 }), async (scores) => {
    await both('FLUSHALL');
    await both('ZADD', 'k', ...scores.flatMap((value, i) => [value, `m${i}`]));
    const members = scores.map((_, i) => `m${i}`);
    await both('GEOPOS', 'k', ...members);
    await both('GEOHASH', 'k', ...members);
    await both('GEORADIUS', 'k', '0', '0', '30000', 'km', 'WITHHASH', 'WITHCOORD');
    await both('GEOSEARCH', 'k', 'FROMMEMBER', 'm0', 'BYRADIUS', '30000', 'km', 'WITHHASH');
  });
  await fc.assert(property, { ...fuzzSettings(100), includeErrorInReport: true });
});
