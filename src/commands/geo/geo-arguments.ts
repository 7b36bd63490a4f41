import { type CommandError, errors, invalidPlace } from '../../errors.ts';
import { LATITUDE_MAX, LONGITUDE_MAX, locate, type Position } from '../../keyspace/geo/geohash.ts';
import type { SortedSetForm } from '../../keyspace/sorted-set/sorted-set-form.ts';
import { formatFixed } from '../../resp/fixed-point.ts';
import type { Arguments } from '../arguments.ts';
import type { Call } from '../command.ts';
import { findMember } from '../sorted-set/sorted-set-access.ts';

/** Metres in each unit that clients may name. */
const UNITS = [
  { word: 'M', metres: 1 },
  { word: 'KM', metres: 1000 },
  { word: 'FT', metres: 0.3048 },
  { word: 'MI', metres: 1609.34 },
] as const;

/** Reads the longitude and the latitude that begin at argument `index`. @throws errors.notFloat, or what is wrong with them */
export const readPlace = (args: Arguments, index: number, place: Position): void => {
  const longitude = args.double(index);
  const latitude = args.double(index + 1);
  if (Math.abs(longitude) > LONGITUDE_MAX || Math.abs(latitude) > LATITUDE_MAX)
    throw invalidPlace(formatFixed(longitude, 6), formatFixed(latitude, 6));
  place.longitude = longitude;
  place.latitude = latitude;
};

/** Metres in the unit that argument `index` names. @throws errors.unknownUnit */
export const unitAt = (args: Arguments, index: number): number => {
  for (const { word, metres } of UNITS) if (args.is(index, word)) return metres;
  throw errors.unknownUnit;
};

/** The length that argument `index` is. @throws `notNumber`, or `negative` if it is less than 0 */
export const lengthAt = (
  args: Arguments,
  index: number,
  notNumber: CommandError,
  negative: CommandError,
): number => {
  const length = args.double(index, notNumber);
  if (length < 0) throw negative;
  return length;
};

/** Looks up where the member that argument `index` is lies. @returns false if there is no such member. */
export const locateMember = (call: Call, members: SortedSetForm, index: number, place: Position): boolean => {
  const score = findMember(call, members, index);
  if (Number.isNaN(score)) return false;
  locate(score, place);
  return true;
};
