import { acl } from './acl.ts';
import { bitfields } from './bitfield.ts';
import { bitOperations } from './bitop.ts';
import { bits } from './bits.ts';
import { client } from './client.ts';
import { commandIntrospection } from './command-introspection.ts';
import { config } from './config.ts';
import { connection } from './connection.ts';
import { debugging } from './debug.ts';
import { dumping } from './dump.ts';
import { geo } from './geo.ts';
import { geoSearch } from './geo-search.ts';
import { hashFieldExpiry } from './hash-field-expiry.ts';
import { hashNumbers } from './hash-numbers.ts';
import { hashRandom } from './hash-random.ts';
import { hashScan } from './hash-scan.ts';
import { hashWalks } from './hash-walks.ts';
import { hashes } from './hashes.ts';
import { hyperLogLogs } from './hyperloglog.ts';
import { hyperLogLogDebugging } from './hyperloglog-debug.ts';
import { information } from './info.ts';
import { keyExpiry } from './key-expiry.ts';
import { keyMoves } from './key-moves.ts';
import { keyScan } from './key-scan.ts';
import { keys } from './keys.ts';
import { latency } from './latency.ts';
import { longestSubsequence } from './lcs.ts';
import { listMoves } from './list-moves.ts';
import { listPops } from './list-pops.ts';
import { listPosition } from './list-position.ts';
import { listRanges } from './list-ranges.ts';
import { lists } from './lists.ts';
import { manyStrings } from './many-strings.ts';
import { memory } from './memory.ts';
import { monitor } from './monitor.ts';
import { object } from './object.ts';
import { persistence } from './persistence.ts';
import { replication, replicationGeneric } from './replication.ts';
import { server } from './server.ts';
import { setAlgebra } from './set-algebra.ts';
import { setRandom } from './set-random.ts';
import { setScan } from './set-scan.ts';
import { sets } from './sets.ts';
import { slowLog } from './slow-log.ts';
import { sorting } from './sort.ts';
import { sortedSetAlgebra } from './sorted-set-algebra.ts';
import { sortedSetFirstPops } from './sorted-set-first-pops.ts';
import { sortedSetPops } from './sorted-set-pops.ts';
import { sortedSetRandom } from './sorted-set-random.ts';
import { sortedSetRanges } from './sorted-set-ranges.ts';
import { sortedSetRanks } from './sorted-set-ranks.ts';
import { sortedSetRemovals } from './sorted-set-removals.ts';
import { sortedSetScan } from './sorted-set-scan.ts';
import { sortedSets } from './sorted-sets.ts';
import { streamAutoclaim } from './stream-autoclaim.ts';
import { streamClaims } from './stream-claims.ts';
import { streamGroupReads } from './stream-group-reads.ts';
import { streamGroups } from './stream-groups.ts';
import { streamInfo } from './stream-info.ts';
import { streamPending } from './stream-pending.ts';
import { streamRanges } from './stream-ranges.ts';
import { streamReads } from './stream-reads.ts';
import { streamSetId } from './stream-set-id.ts';
import { streams } from './streams.ts';
import { stringNumbers } from './string-numbers.ts';
import { stringRanges } from './string-ranges.ts';
import { strings } from './strings.ts';
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
