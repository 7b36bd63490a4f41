import fc from 'fast-check';
import { element, smallInteger } from './elements.ts';
import { type Form, intact, together } from './form.ts';
import { place } from './forms/places.ts';
import { score } from './forms/scores.ts';
import type { Kind } from './keys.ts';
import { value } from './values.ts';
import { type Command, type Piece, words } from './words.ts';

const many = (piece: Piece) =>
  fc.array(words(piece), { minLength: 1, maxLength: 12 }).map((parts) => parts.flat());

const placed = words(place, fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'));
const entry = intact('XADD', 'x1', '1-*', 'a', element);

/** Values to begin with, so that commands find something: on either side of the thresholds. */
const VALUES: Readonly<Record<Kind, readonly Form[]>> = {
  strings: [intact('SET', 'a', value), intact('SET', 'b', value)],
  lists: [intact('RPUSH', 'l1', many(element)), intact('RPUSH', 'l2', many(smallInteger))],
  hashes: [intact('HSET', 'h1', many(words(element, element))), intact('HSET', 'h2', 'a', '5', '1', '4')],
  sets: [intact('SADD', 't1', many(element)), intact('SADD', 't2', many(smallInteger))],
  sortedSets: [
    intact('ZADD', 'z1', many(words(score, element))),
    intact('ZADD', 'z2', many(words('1', element))),
  ],
  streams: [
    together(entry, entry, entry, entry, entry, entry, entry),
    intact('XGROUP', 'CREATE', 'x1', 'g', fc.constantFrom('0', '1-3', '$'), 'MKSTREAM'),
    intact('XREADGROUP', 'GROUP', 'g', 'c', 'COUNT', '2', 'STREAMS', 'x1', '>'),
    intact('XREADGROUP', 'GROUP', 'g', 'd', 'COUNT', '3', 'STREAMS', 'x1', '>'),
    intact('XGROUP', 'CREATE', 'x2', 'g', '0', 'MKSTREAM'),
  ],
  hyperLogLogs: [
    intact('PFADD', 'p1', many(value)),
    intact('PFADD', 'p2', many(fc.integer({ min: 0, max: 400 }).map(String))),
  ],
  geo: [intact('GEOADD', 'g1', many(placed)), intact('GEOADD', 'g2', many(placed))],
};

/** Commands that give values to some keys of these kinds. @param missing names of commands that are not to be sent. */
export function prologueOf(
  kinds: readonly Kind[],
  missing: ReadonlySet<string>,
): fc.Arbitrary<readonly Command[]> {
  const forms = kinds.flatMap((kind) => VALUES[kind]);
  const possible = forms.filter(({ names }) => names.every((name) => !missing.has(name)));
  const parts = possible.map(({ commands }) => fc.option(commands, { freq: 6, nil: [] }));
  return fc.tuple(...parts).map((all) => all.flat());
}
