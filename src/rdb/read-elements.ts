import { parseDouble } from '../resp/number.ts';
import { check } from './bad-payload.ts';
import type { RdbReader } from './rdb-reader.ts';
import { RdbText, type TextSource } from './rdb-text.ts';
import type { ValueSink } from './value-sink.ts';

const first = new RdbText();
const second = new RdbText();
const third = new RdbText();

/** Elements of a list; there may be none. @returns how many there were */
export const readElements = (source: TextSource, sink: ValueSink): number => {
  let count = 0;
  for (; source.next(first); count++) sink.element(first);
  return count;
};

/** Members of a set. */
export const readMembers = (source: TextSource, sink: ValueSink): void => {
  check(source.next(first));
  do check(sink.member(first));
  while (source.next(first));
};

/** Members of a sorted set, each followed by its score as text. */
export const readScoredTexts = (source: TextSource, sink: ValueSink): void => {
  check(source.next(first));
  do {
    check(source.next(second));
    const score = parseDouble(second.latin1());
    check(!Number.isNaN(score) && sink.scoredMember(first, score));
  } while (source.next(first));
};

/** Members of a sorted set, each followed by its score, which `readScore` reads. */
export const readScoredMembers = (reader: RdbReader, sink: ValueSink, readScore: () => number): void => {
  const count = reader.count(2);
  check(count > 0);
  sink.scoredMembers(count);
  for (let left = count; left > 0; left--) {
    reader.text(first);
    const score = readScore();
    check(!Number.isNaN(score) && sink.scoredMember(first, score));
  }
};

/** Fields of a hash, each followed by its value. */
export const readFields = (source: TextSource, sink: ValueSink): void => {
  check(source.next(first));
  do {
    check(source.next(second));
    check(sink.field(first, second, 0));
  } while (source.next(first));
};

/** Fields of a hash, each followed by its value and its expiry: Unix milliseconds, or 0. */
export const readExpiringFields = (source: TextSource, sink: ValueSink): void => {
  check(source.next(first));
  do {
    check(source.next(second) && source.next(third));
    const expiry = Number(third.latin1());
    check(isExpiry(expiry) && sink.field(first, second, expiry));
  } while (source.next(first));
};

/** Fields of a hash, each behind its expiry: 0, or the milliseconds since `earliest` and 1. */
export const readFieldsSince = (reader: RdbReader, sink: ValueSink, earliest: number): void => {
  check(isExpiry(earliest));
  const count = reader.count(3);
  check(count > 0);
  for (let left = count; left > 0; left--) {
    const told = reader.length();
    const expiry = told === 0 ? 0 : earliest + told - 1;
    reader.text(first);
    reader.text(second);
    check(isExpiry(expiry) && sink.field(first, second, expiry));
  }
};

/** The latest time at which a field can expire, in Unix milliseconds. */
const LATEST_EXPIRY = 2 ** 46 - 2;

const isExpiry = (at: number): boolean => Number.isInteger(at) && at >= 0 && at <= LATEST_EXPIRY;
