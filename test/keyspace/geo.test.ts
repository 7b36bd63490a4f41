import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GeoArea } from '../../src/keyspace/geo/geo-area.ts';
import { GeoCover } from '../../src/keyspace/geo/geo-cover.ts';
import { distanceBetween } from '../../src/keyspace/geo/geo-distance.ts';
import { GeoHits } from '../../src/keyspace/geo/geo-hits.ts';
import { geohashOf, geohashText, interleave, LATITUDE_MAX, locate } from '../../src/keyspace/geo/geohash.ts';
import { fuzzSettings } from '../fuzz/fuzz-settings.ts';

const coordinate = (max: number) => fc.double({ min: -max, max, noNaN: true });
const place = fc.record({ longitude: coordinate(180), latitude: coordinate(LATITUDE_MAX) });

test('interleave() takes bits by turns, the longitude first', () => {
  const property = fc.property(fc.nat(2 ** 26 - 1), fc.nat(2 ** 26 - 1), (longitude, latitude) => {
    let expected = 0n;
    for (let bit = 25n; bit >= 0n; bit--) {
      expected =
        (expected << 2n) | (((BigInt(longitude) >> bit) & 1n) << 1n) | ((BigInt(latitude) >> bit) & 1n);
    }
    assert.equal(interleave(longitude, latitude), Number(expected));
    assert.equal(interleave(longitude, latitude, 1), Number(expected + 1n));
  });
  fc.assert(property, fuzzSettings(500));
});

test('a geohash leads back to within half a metre, and to itself', () => {
  const found = { longitude: 0, latitude: 0 };
  const property = fc.property(place, ({ longitude, latitude }) => {
    const geohash = geohashOf(longitude, latitude);
    locate(geohash, found);
    assert.ok(distanceBetween(longitude, latitude, found.longitude, found.latitude) < 0.5);
    if (geohash < 2 ** 52) assert.equal(geohashOf(found.longitude, found.latitude), geohash);
  });
  fc.assert(property, fuzzSettings(1000));
});

test('geohashText() is the standard geohash', () => {
  assert.equal(geohashText({ longitude: -5.6, latitude: 42.6 }), 'ezs42e44yx0');
  assert.equal(geohashText({ longitude: 0, latitude: 0 }), 's0000000000');
});

test('distanceBetween() is the great circle on a sphere', () => {
  const quarter = (Math.PI / 2) * 6372797.560856;
  assert.ok(Math.abs(distanceBetween(0, 0, 90, 0) - quarter) < 1e-6);
  assert.ok(Math.abs(distanceBetween(10, 0, 10, 45) - quarter / 2) < 1e-6);
  assert.equal(distanceBetween(12, 34, 12, 34), 0);
});

test('GeoArea: what is inside is what the distances say, however large the area and wherever it is', () => {
  const area = new GeoArea();
  const size = fc.oneof(
    fc.double({ min: 0, max: 3e7, noNaN: true }),
    fc.double({ min: 0, max: 1e5, noNaN: true }),
  );
  const near = fc.tuple(
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
  );
  const property = fc.property(
    place,
    size,
    size,
    fc.array(place),
    fc.array(near),
    (middle, width, height, far, nears) => {
      const { longitude, latitude } = middle;
      Object.assign(area, middle);
      const close = nears.map(([east, north]) => ({
        longitude: Math.max(-180, Math.min(180, longitude + east)),
        latitude: Math.max(-LATITUDE_MAX, Math.min(LATITUDE_MAX, latitude + north)),
      }));
      for (const there of [...far, ...close]) {
        const distance = distanceBetween(longitude, latitude, there.longitude, there.latitude);
        area.makeCircle(width, 1);
        area.prepare();
        assert.equal(area.distanceInside(there.longitude, there.latitude), distance > width ? -1 : distance);
        area.makeBox(width, height, 1);
        area.prepare();
        const east = distanceBetween(there.longitude, there.latitude, longitude, there.latitude);
        const north = distanceBetween(there.longitude, there.latitude, there.longitude, latitude);
        const isOutside = east > width / 2 || north > height / 2;
        assert.equal(area.distanceInside(there.longitude, there.latitude), isOutside ? -1 : distance);
      }
    },
  );
  fc.assert(property, fuzzSettings(500));
});

test('no more than nine boxes cover an area of up to a few hundred kilometres', () => {
  const area = new GeoArea();
  const cover = new GeoCover();
  const middle = fc.record({ longitude: coordinate(170), latitude: coordinate(70) });
  const property = fc.property(
    middle,
    fc.double({ min: 1, max: 300_000, noNaN: true }),
    fc.boolean(),
    fc.array(fc.tuple(coordinate(1), coordinate(1)), { minLength: 20, maxLength: 20 }),
    ({ longitude, latitude }, reach, isBox, offsets) => {
      Object.assign(area, { longitude, latitude });
      if (isBox) area.makeBox(reach * 2, reach, 1);
      else area.makeCircle(reach, 1);
      area.prepare();
      cover.cover(area);
      assert.ok(cover.count >= 1 && cover.count <= 9);
      for (const [east, north] of offsets) {
        const there = {
          longitude: longitude + (east * reach) / 50_000,
          latitude: latitude + (north * reach) / 110_000,
        };
        const distance = area.distanceInside(there.longitude, there.latitude);
        if (distance < 0) continue;
        assert.equal(distance, distanceBetween(longitude, latitude, there.longitude, there.latitude));
        const geohash = geohashOf(there.longitude, there.latitude);
        const boxes = Array.from(
          { length: cover.count },
          (_, box) => [cover.from[box]!, cover.to[box]!] as const,
        );
        assert.ok(boxes.some(([from, to]) => from <= geohash && geohash < to));
      }
    },
  );
  fc.assert(property, fuzzSettings(300));
});

test('a search on a street looks into a small part of the map', () => {
  const area = new GeoArea();
  const cover = new GeoCover();
  Object.assign(area, { longitude: 13.4, latitude: 52.5 });
  area.makeCircle(100, 1);
  cover.cover(area);
  let covered = 0;
  for (let box = 0; box < cover.count; box++) covered += cover.to[box]! - cover.from[box]!;
  assert.ok(covered < 2 ** 52 / 1e9);
});

test('GeoHits keeps members and sorts them by distance, however many', () => {
  const hits = new GeoHits();
  for (const count of [0, 1, 63, 64, 65, 5000, 100_000, 10]) {
    hits.clear();
    for (let i = 0; i < count; i++) {
      const member = Buffer.from(`..member ${i}`);
      hits.add(member, 2, member.length - 2, i, (i * 7919) % count);
    }
    assert.equal(hits.count, count);
    for (const ascending of [true, false]) {
      for (const wanted of [count, Math.min(count, 7)]) {
        hits.sort(ascending, wanted);
        for (let i = 0; i < wanted; i++) {
          const hit = hits.order[i]!;
          const start = hits.starts[hit]!;
          const member = Buffer.from(hits.bytes.subarray(start, start + hits.lengths[hit]!)).toString();
          assert.equal(member, `member ${hits.scores[hit]}`);
          if (i === 0) continue;
          const step = hits.distances[hit]! - hits.distances[hits.order[i - 1]!]!;
          assert.ok(ascending ? step >= 0 : step <= 0);
        }
      }
    }
  }
});
