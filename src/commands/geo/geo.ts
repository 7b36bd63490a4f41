import { errors } from '../../errors.ts';
import { TYPE_SORTED_SET } from '../../keyspace/entry.ts';
import { distanceBetween } from '../../keyspace/geo/geo-distance.ts';
import { geohashOf, geohashText, type Position } from '../../keyspace/geo/geohash.ts';
import { formatDecimal, formatFixed } from '../../resp/fixed-point.ts';
import type { ReplyWriter } from '../../resp/reply-writer.ts';
import { ensureCollection, writableCollection } from '../collection-access.ts';
import { type CommandGroup, type Handler, oneKey } from '../command.ts';
import { readSortedSet } from '../sorted-set/sorted-set-access.ts';
import { addMember } from '../sorted-set/sorted-set-add.ts';
import { AddOptions } from '../sorted-set/sorted-set-add-options.ts';
import { locateMember, readPlace, unitAt } from './geo-arguments.ts';

/** Digits behind the point of a distance. */
const DISTANCE_DIGITS = 4;

const options = new AddOptions();
const place: Position = { longitude: 0, latitude: 0 };
const otherPlace: Position = { longitude: 0, latitude: 0 };
/** The geohashes of the places that GEOADD is given. */
const scores: number[] = [];

/** Replies with a distance, in metres or another unit. */
export const replyDistance = (reply: ReplyWriter, distance: number): void =>
  reply.text(formatFixed(distance, DISTANCE_DIGITS));

/** Replies with longitude and latitude. */
export const replyPlace = (reply: ReplyWriter, { longitude, latitude }: Position): void => {
  reply.array(2);
  reply.decimal(formatDecimal(longitude));
  reply.decimal(formatDecimal(latitude));
};

const geoadd: Handler = (call) => {
  const { args, database, reply } = call;
  const first = options.readForPlaces(args);
  scores.length = 0;
  for (let i = first; i < args.count; i += 3) {
    readPlace(args, i, place);
    scores.push(geohashOf(place.longitude, place.latitude));
  }
  const entry = options.onlyChanges
    ? writableCollection(call, 1, TYPE_SORTED_SET)
    : ensureCollection(call, 1, TYPE_SORTED_SET);
  if (entry === 0) return reply.integer(0);
  let added = 0;
  let changed = 0;
  for (let i = 0; i < scores.length; i++) {
    const outcome = addMember(call, entry, first + i * 3 + 2, scores[i]!, options);
    if (outcome === 'added') added++;
    else if (outcome === 'changed') changed++;
  }
  if (added + changed > 0) database.modified(entry);
  reply.integer(options.countsChanges ? added + changed : added);
};

const geodist: Handler = (call) => {
  const { args, reply } = call;
  if (args.count > 5) throw errors.syntax;
  const unit = args.count === 5 ? unitAt(args, 4) : 1;
  const members = readSortedSet(call, 1);
  const areThere =
    members !== undefined &&
    locateMember(call, members, 2, place) &&
    locateMember(call, members, 3, otherPlace);
  if (!areThere) return reply.null();
  const { longitude, latitude } = place;
  replyDistance(
    reply,
    distanceBetween(longitude, latitude, otherPlace.longitude, otherPlace.latitude) / unit,
  );
};

/** Replies with an array of what there is to say of each member's place, or of its being missing. */
const ofMembers =
  (found: (reply: ReplyWriter) => void, missing: (reply: ReplyWriter) => void): Handler =>
  (call) => {
    const { args, reply } = call;
    const members = readSortedSet(call, 1);
    reply.array(args.count - 2);
    for (let i = 2; i < args.count; i++) {
      if (members !== undefined && locateMember(call, members, i, place)) found(reply);
      else missing(reply);
    }
  };

const geohash = ofMembers(
  (reply) => reply.text(geohashText(place)),
  (reply) => reply.null(),
);

const geopos = ofMembers(
  (reply) => replyPlace(reply, place),
  (reply) => reply.nullArray(),
);

/** Commands on the places of members of a sorted set whose scores are geohashes. */
export const geo = {
  geoadd: {
    arity: -5,
    flags: ['write', 'denyoom'],
    traits: ['brief'],
    keys: oneKey('RW update'),
    syntax: 'key [NX | XX] [CH] longitude latitude member [longitude latitude member ...]',
    since: '3.2.0',
    complexity: 'O(log(N)) for each member, when N is the number of members of the set',
    summary: 'Adds members with their places to a sorted set, or moves them.',
    run: geoadd,
  },
  geodist: {
    arity: -4,
    flags: ['readonly'],
    traits: ['brief'],
    keys: oneKey('RO access'),
    syntax: 'key member1 member2 [M | KM | FT | MI]',
    since: '3.2.0',
    complexity: 'O(log(N))',
    summary: 'Returns the distance between the places of two members.',
    run: geodist,
  },
  geohash: {
    arity: -2,
    flags: ['readonly'],
    traits: ['brief'],
    keys: oneKey('RO access'),
    syntax: 'key member [member ...]',
    since: '3.2.0',
    complexity: 'O(log(N)) for each member, when N is the number of members of the set',
    summary: 'Returns the standard geohashes of the places of members.',
    run: geohash,
  },
  geopos: {
    arity: -2,
    flags: ['readonly'],
    traits: ['brief'],
    keys: oneKey('RO access'),
    syntax: 'key member [member ...]',
    since: '3.2.0',
    complexity: 'O(N), when N is the number of members asked for',
    summary: 'Returns the places of members, longitude before latitude.',
    run: geopos,
  },
} satisfies CommandGroup;
