import fc from 'fast-check';
import { count } from '../elements.ts';
import { type Form, form } from '../form.ts';
import { keyOf } from '../keys.ts';
import { among, maybe, some, upTo, words } from '../words.ts';
import { entryId, idBound } from './stream-ids.ts';
import { keysAndIds } from './streams.ts';

const key = fc.oneof(fc.constant('x1'), keyOf('streams'));
const group = among('g', 'g', 'g', 'g', 'g', 'h', 'no');
const consumer = among('c', 'd', 'e');
const groupId = fc.oneof(among('0', '0', '$'), entryId);
const entriesRead = maybe('ENTRIESREAD', among('0', '1', '3', '9', '-1', '-2', 'x'));

/** Milliseconds that entries have been idle: none, or longer than a test runs. */
const idle = among('0', '0', '0', '0', '0', '0', '5500000', '-1', 'x', '9223372036854775807');
const claimOption = fc.oneof(
  words('IDLE', among('0', '10500000')),
  words('TIME', among('1500000000000', '0', 'x')),
  words('RETRYCOUNT', among('0', '7', '-1', 'x')),
  words('LASTID', entryId),
  among('FORCE', 'FORCE', 'JUSTID', 'FOO').map((word) => [word]),
);
const readOption = fc.oneof(words('COUNT', count), words('NOACK'));
const newOrOwn = fc.oneof({ weight: 4, arbitrary: fc.constant('>') }, among('0', '0', '$'), entryId);

export const consumerGroups: readonly Form[] = [
  form('XGROUP', 'CREATE', key, group, groupId, maybe('MKSTREAM'), entriesRead),
  form('XGROUP', 'CREATE', key, group, '0', 'MKSTREAM'),
  form('XGROUP', 'CREATE', key, group, '0'),
  form('XGROUP', 'SETID', key, group, groupId, entriesRead),
  form('XGROUP', 'DESTROY', key, group),
  form('XGROUP', 'CREATECONSUMER', key, group, consumer),
  form('XGROUP', 'DELCONSUMER', key, group, consumer),
  form('XREADGROUP', 'GROUP', group, consumer, 'STREAMS', key, '>'),
  form('XREADGROUP', 'GROUP', group, consumer, 'COUNT', '1', 'STREAMS', key, '>'),
  form('XREADGROUP', 'GROUP', group, consumer, upTo(2, readOption), 'STREAMS', keysAndIds(newOrOwn)),
  form('XREADGROUP', 'GROUP', group, consumer, 'BLOCK', '1', 'STREAMS', keysAndIds(newOrOwn)),
  form('XACK', key, group, some(3, entryId)),
  form('XPENDING', key, group),
  form('XPENDING', key, group, maybe('IDLE', idle), idBound, idBound, count, maybe(consumer)),
  form('XCLAIM', key, group, consumer, idle, some(3, entryId), upTo(2, claimOption)),
  form('XAUTOCLAIM', key, group, consumer, idle, idBound, maybe('COUNT', count), maybe('JUSTID')),
  form('XINFO', 'GROUPS', key),
  form('XINFO', 'CONSUMERS', key, group),
];
