import { array, bulk, int, map, type Reply, type Wire } from '../rows/reply.ts';

/** An entry of a stream: its id, then field, value, field, value … */
export function entry(id: string, ...fields: readonly string[]): Reply {
  return array(bulk(id), array(...fields.map(bulk)));
}

/** What XREAD answers: pairs of a key and its entries; in RESP2 an array of pairs, in RESP3 a map. */
export function readFrom(...streams: readonly (readonly [Wire, Reply])[]): Reply {
  const pairs = array(...streams.map(([key, entries]) => array(key, entries)));
  return { resp2: pairs.resp2, resp3: map(...streams).resp3 };
}

/** What XINFO GROUPS says of one group. */
export function groupInfo(
  name: string,
  consumers: number,
  pending: number,
  lastDelivered: string,
  entriesRead: Wire | Reply,
  lag: Wire | Reply,
): Reply {
  return map(
    [bulk('name'), bulk(name)],
    [bulk('consumers'), int(consumers)],
    [bulk('pending'), int(pending)],
    [bulk('last-delivered-id'), bulk(lastDelivered)],
    [bulk('entries-read'), entriesRead],
    [bulk('lag'), lag],
  );
}
