import { bitfields } from './bitmap/bitfield.ts';
import { bitOperations } from './bitmap/bitop.ts';
import { bits } from './bitmap/bits.ts';
import { client } from './connection/client.ts';
import { connection } from './connection/connection.ts';
import { geo } from './geo/geo.ts';
import { geoSearch } from './geo/geo-search.ts';
import { hashFieldExpiry } from './hash/hash-field-expiry.ts';
import { hashNumbers } from './hash/hash-numbers.ts';
import { hashRandom } from './hash/hash-random.ts';
import { hashScan } from './hash/hash-scan.ts';
import { hashWalks } from './hash/hash-walks.ts';
import { hashes } from './hash/hashes.ts';
import { hyperLogLogs } from './hyperloglog/hyperloglog.ts';
import { hyperLogLogDebugging } from './hyperloglog/hyperloglog-debug.ts';
import { dumping } from './key/dump.ts';
import { keyExpiry } from './key/key-expiry.ts';
import { keyMoves } from './key/key-moves.ts';
import { keyScan } from './key/key-scan.ts';
import { keys } from './key/keys.ts';
import { object } from './key/object.ts';
import { sorting } from './key/sort.ts';
import { listMoves } from './list/list-moves.ts';
import { listPops } from './list/list-pops.ts';
import { listPosition } from './list/list-position.ts';
import { listRanges } from './list/list-ranges.ts';
import { lists } from './list/lists.ts';
import { acl } from './server/acl.ts';
import { commandIntrospection } from './server/command-introspection.ts';
import { config } from './server/config.ts';
import { debugging } from './server/debug.ts';
import { information } from './server/info.ts';
import { latency } from './server/latency.ts';
import { memory } from './server/memory.ts';
import { monitor } from './server/monitor.ts';
import { persistence } from './server/persistence.ts';
import { replication, replicationGeneric } from './server/replication.ts';
import { server } from './server/server.ts';
import { slowLog } from './server/slow-log.ts';
import { setAlgebra } from './set/set-algebra.ts';
import { setRandom } from './set/set-random.ts';
import { setScan } from './set/set-scan.ts';
import { sets } from './set/sets.ts';
import { sortedSetAlgebra } from './sorted-set/sorted-set-algebra.ts';
import { sortedSetFirstPops } from './sorted-set/sorted-set-first-pops.ts';
import { sortedSetPops } from './sorted-set/sorted-set-pops.ts';
import { sortedSetRandom } from './sorted-set/sorted-set-random.ts';
import { sortedSetRanges } from './sorted-set/sorted-set-ranges.ts';
import { sortedSetRanks } from './sorted-set/sorted-set-ranks.ts';
import { sortedSetRemovals } from './sorted-set/sorted-set-removals.ts';
import { sortedSetScan } from './sorted-set/sorted-set-scan.ts';
import { sortedSets } from './sorted-set/sorted-sets.ts';
import { streamAutoclaim } from './stream/stream-autoclaim.ts';
import { streamClaims } from './stream/stream-claims.ts';
import { streamGroupReads } from './stream/stream-group-reads.ts';
import { streamGroups } from './stream/stream-groups.ts';
import { streamInfo } from './stream/stream-info.ts';
import { streamPending } from './stream/stream-pending.ts';
import { streamRanges } from './stream/stream-ranges.ts';
import { streamReads } from './stream/stream-reads.ts';
import { streamSetId } from './stream/stream-set-id.ts';
import { streams } from './stream/streams.ts';
import { longestSubsequence } from './string/lcs.ts';
import { manyStrings } from './string/many-strings.ts';
import { stringNumbers } from './string/string-numbers.ts';
import { stringRanges } from './string/string-ranges.ts';
import { strings } from './string/strings.ts';
import { CommandTable } from './table.ts';
import { transactions } from './transactions.ts';

/** A new table of every command, by the groups of Redis's manual. */
export const createCommandTable = () =>
  new CommandTable({
    bitmap: { ...bits, ...bitOperations, ...bitfields },
    connection: { ...connection, ...client },
    generic: {
      ...keys,
      ...keyExpiry,
      ...keyMoves,
      ...keyScan,
      ...dumping,
      ...object,
      ...replicationGeneric,
      ...sorting,
    },
    hash: { ...hashes, ...hashWalks, ...hashNumbers, ...hashRandom, ...hashScan, ...hashFieldExpiry },
    geo: { ...geo, ...geoSearch },
    hyperloglog: { ...hyperLogLogs, ...hyperLogLogDebugging },
    list: { ...lists, ...listPops, ...listMoves, ...listRanges, ...listPosition },
    server: {
      ...acl,
      ...commandIntrospection,
      ...config,
      ...debugging,
      ...information,
      ...latency,
      ...memory,
      ...monitor,
      ...persistence,
      ...replication,
      ...server,
      ...slowLog,
    },
    set: { ...sets, ...setRandom, ...setAlgebra, ...setScan },
    'sorted-set': {
      ...sortedSets,
      ...sortedSetRanks,
      ...sortedSetRanges,
      ...sortedSetRemovals,
      ...sortedSetPops,
      ...sortedSetFirstPops,
      ...sortedSetAlgebra,
      ...sortedSetRandom,
      ...sortedSetScan,
    },
    stream: {
      ...streams,
      ...streamRanges,
      ...streamReads,
      ...streamGroups,
      ...streamGroupReads,
      ...streamPending,
      ...streamClaims,
      ...streamAutoclaim,
      ...streamInfo,
      ...streamSetId,
    },
    string: { ...strings, ...manyStrings, ...stringNumbers, ...stringRanges, ...longestSubsequence },
    transactions,
  });
