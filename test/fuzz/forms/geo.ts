import fc from 'fast-check';
import { count } from '../elements.ts';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, some, upTo, words } from '../words.ts';
import { place } from './places.ts';

const key = keyOf('geo');
const member = among('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const unit = fc.oneof({ weight: 16, arbitrary: among('m', 'km', 'km', 'ft', 'mi') }, among('KM', 'x', ''));

const distance = fc.oneof(
  { weight: 20, arbitrary: among('0', '1', '20', '60.5', '200', '1000', '30000') },
  { weight: 1, arbitrary: among('-1', 'x', 'nan', '1e400', 'inf') },
);
const centre = fc.oneof(words('FROMMEMBER', member), words('FROMLONLAT', place));
const area = fc.oneof(words('BYRADIUS', distance, unit), words('BYBOX', distance, distance, unit));
const order = maybe(among('ASC', 'DESC'));
const withOption = upTo(3, among('WITHCOORD', 'WITHDIST', 'WITHHASH'));
const limit = fc.oneof(maybe('COUNT', count), words('COUNT', count, 'ANY'));
const store = fc.oneof({ weight: 3, arbitrary: words() }, words('STORE', key));

/** Nothing stores distances: their last bit is that of the sine of either server's machine. */
export const geo: readonly Form[] = [
  form('GEOADD', key, some(5, words(place, member))),
  form('GEOADD', key, some(5, words(place, member))),
  form('GEOADD', key, upTo(2, among('NX', 'XX', 'CH', 'FOO')), some(3, words(place, member))),
  form('GEOPOS', key, upTo(3, member)),
  form('GEOHASH', key, upTo(3, member)),
  form('GEODIST', key, member, member, maybe(unit)),
  form('GEOSEARCH', key, centre, area, order, limit, withOption),
  form('GEOSEARCHSTORE', key, key, centre, area, order, maybe('COUNT', count)),
  form('GEORADIUS_RO', key, place, distance, unit, withOption, limit, order),
  form('GEORADIUSBYMEMBER_RO', key, member, distance, unit, withOption, limit, order),
  form('GEORADIUS', key, place, distance, unit, order, maybe('COUNT', count), maybe(withOption), store),
  form('GEORADIUSBYMEMBER', key, member, distance, unit, order, maybe('COUNT', count), store),
];
