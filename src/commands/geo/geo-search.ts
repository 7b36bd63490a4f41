import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import { GeoCover } from '../../keyspace/geo/geo-cover.ts';
import { GeoHits } from '../../keyspace/geo/geo-hits.ts';
import { locate, type Position } from '../../keyspace/geo/geohash.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import { storeCollection } from '../collection-access.ts';
import { type Call, type CommandGroup, type Handler, type KeySpec, oneKey } from '../command.ts';
import { readSortedSet } from '../sorted-set/sorted-set-access.ts';
import { replyDistance, replyPlace } from './geo.ts';
import {
  type SearchForm,
  SearchOptions,
  WITH_DISTANCE,
  WITH_HASH,
  WITH_PLACE,
} from './geo-search-options.ts';

const options = new SearchOptions();
const cover = new GeoCover();
const hits = new GeoHits();
const place: Position = { longitude: 0, latitude: 0 };

/** A search whose arguments are of the form. */
const search =
  (form: SearchForm): Handler =>
  (call) => {
    const members = readSortedSet(call, form.source);
    options.read(call, form, members);
    hits.clear();
    if (members !== undefined) collect(members);
    const wanted = options.count === 0 ? hits.count : Math.min(hits.count, options.count);
    if (options.order !== undefined) hits.sort(options.order === 'ascending', wanted);
    if (options.storeAt === 0) replyHits(call, wanted);
    else storeHits(call, wanted);
  };

/** Adds to {@link hits} the members in the area asked for. */
const collect = (members: SortedSetForm): void => {
  options.area.prepare();
  cover.cover(options.area);
  for (let box = 0; box < cover.count && !isEnough(); box++) {
    const rank = members.rankOfScore(cover.from[box]!, false);
    if (rank < members.count) collectFrom(members, rank, cover.to[box]!);
  }
};

const isEnough = (): boolean => options.enough > 0 && hits.count >= options.enough;

/** Adds to {@link hits} the members in the area from a rank on, as far as their geohashes are below `end`. */
const collectFrom = (members: SortedSetForm, rank: number, end: number): void => {
  members.seek(rank);
  do {
    const { score } = members;
    if (score >= end) return;
    locate(score, place);
    const distance = options.area.distanceInside(place.longitude, place.latitude);
    if (distance < 0) continue;
    const { bytes, start, length } = members.member;
    hits.add(bytes, start, length, score, distance);
    if (isEnough()) return;
  } while (members.next());
};

const replyHits = ({ reply }: Call, count: number): void => {
  const { facts } = options;
  reply.array(count);
  for (let i = 0; i < count; i++) {
    const hit = hits.order[i]!;
    if (facts > 0) reply.array(facts + 1);
    reply.bulk(hits.bytes, hits.starts[hit]!, hits.lengths[hit]!);
    if (options.has(WITH_DISTANCE)) replyDistance(reply, hits.distances[hit]! / options.unit);
    if (options.has(WITH_HASH)) reply.integer(integerOf(hits.scores[hit]!));
    if (!options.has(WITH_PLACE)) continue;
    locate(hits.scores[hit]!, place);
    replyPlace(reply, place);
  }
};

/** A score as the 64-bit integer that C makes of it on x86. */
const integerOf = (score: number): number | bigint => {
  const whole = Math.trunc(score);
  if (Number.isSafeInteger(whole)) return whole;
  return Math.abs(whole) < 2 ** 63 ? BigInt(whole) : -(2n ** 63n);
};

const storeHits = (call: Call, count: number): void => {
  const { sortedSets } = call.keyspace;
  const { storeAt, storesDistances, unit } = options;
  const stored = storeCollection(call, storeAt, TYPE_SORTED_SET, (entry) => {
    for (let i = 0; i < count; i++) {
      const hit = hits.order[i]!;
      const score = storesDistances ? hits.distances[hit]! / unit : hits.scores[hit]!;
      sortedSets.put(entry, hits.bytes, hits.starts[hit]!, hits.lengths[hit]!, score);
    }
  });
  call.reply.integer(stored);
};

const UNITS = '<M | KM | FT | MI>';
const COUNT = '[COUNT count [ANY]]';
const ORDER = '[ASC | DESC]';
const SHOWN = '[WITHCOORD] [WITHDIST] [WITHHASH]';
const STORE = '[STORE key] [STOREDIST key]';
const AREA =
  `<FROMMEMBER member | FROMLONLAT longitude latitude> ` +
  `<BYRADIUS radius ${UNITS} | BYBOX width height ${UNITS}>`;
const COMPLEXITY =
  'O(N+log(M)), when N is the number of members in the boxes around the area and M that of all members';

/** The key to search in, and those to store at; the options begin at argument `from`. */
const keysOfRadius = (from: number): readonly KeySpec[] => [
  ...oneKey('RO access'),
  { word: 'STORE', from, keys: 'one', flags: 'OW update' },
  { word: 'STOREDIST', from, keys: 'one', flags: 'OW update' },
];

/** Commands that look for the members of a sorted set that lie in an area. */
export const geoSearch = {
  georadius: {
    arity: -6,
    flags: ['write', 'denyoom', 'movablekeys'],
    keys: keysOfRadius(6),
    syntax: `key longitude latitude radius ${UNITS} ${SHOWN} ${COUNT} ${ORDER} ${STORE}`,
    since: '3.2.0',
    deprecated: { since: '6.2.0', use: '`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument' },
    complexity: COMPLEXITY,
    summary: 'Returns or stores the members within a distance of a place.',
    run: search({ source: 1, middle: 'place', options: 6, store: 'option' }),
  },
  georadius_ro: {
    arity: -6,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: `key longitude latitude radius ${UNITS} ${SHOWN} ${COUNT} ${ORDER}`,
    since: '3.2.10',
    deprecated: { since: '6.2.0', use: '`GEOSEARCH` with the `BYRADIUS` argument' },
    complexity: COMPLEXITY,
    summary: 'Returns the members within a distance of a place.',
    run: search({ source: 1, middle: 'place', options: 6 }),
  },
  georadiusbymember: {
    arity: -5,
    flags: ['write', 'denyoom', 'movablekeys'],
    keys: keysOfRadius(5),
    syntax: `key member radius ${UNITS} ${SHOWN} ${COUNT} ${ORDER} ${STORE}`,
    since: '3.2.0',
    deprecated: {
      since: '6.2.0',
      use: '`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments',
    },
    complexity: COMPLEXITY,
    summary: 'Returns or stores the members within a distance of one of them.',
    run: search({ source: 1, middle: 'member', options: 5, store: 'option' }),
  },
  georadiusbymember_ro: {
    arity: -5,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: `key member radius ${UNITS} ${SHOWN} ${COUNT} ${ORDER}`,
    since: '3.2.10',
    deprecated: {
      since: '6.2.0',
      use: '`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments',
    },
    complexity: COMPLEXITY,
    summary: 'Returns the members within a distance of one of them.',
    run: search({ source: 1, middle: 'member', options: 5 }),
  },
  geosearch: {
    arity: -7,
    flags: ['readonly'],
    keys: oneKey('RO access'),
    syntax: `key ${AREA} ${ORDER} ${COUNT} ${SHOWN}`,
    since: '6.2.0',
    complexity: COMPLEXITY,
    summary: 'Returns the members in a circle or a box.',
    run: search({ source: 1, middle: 'option', options: 2 }),
  },
  geosearchstore: {
    arity: -8,
    flags: ['write', 'denyoom'],
    keys: [
      { first: 1, last: 1, step: 1, flags: 'OW update' },
      { first: 2, last: 2, step: 1, flags: 'RO access' },
    ],
    syntax: `destination source ${AREA} ${ORDER} ${COUNT} [STOREDIST]`,
    since: '6.2.0',
    complexity: COMPLEXITY,
    summary: 'Stores the members in a circle or a box as another sorted set.',
    run: search({ source: 2, middle: 'option', options: 3, store: 'always' }),
  },
} satisfies CommandGroup;
