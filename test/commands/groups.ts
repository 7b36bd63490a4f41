import type { Group } from '../rows/row.ts';
import { bitsBitfield } from './bitfield.rows.ts';
import { bits } from './bits.rows.ts';
import { connectionClient } from './client.rows.ts';
import { serverCommand } from './command.rows.ts';
import { serverConfig } from './config.rows.ts';
import { connection } from './connection.rows.ts';
import { serverDiagnostics } from './diagnostics.rows.ts';
import { dump } from './dump.rows.ts';
import { dumpEncodings } from './dump-encodings.rows.ts';
import { keysExpiry } from './expiry.rows.ts';
import { geo } from './geo.rows.ts';
import { geoRadius } from './geo-radius.rows.ts';
import { geoSearch } from './geo-search.rows.ts';
import { hashes } from './hashes.rows.ts';
import { hashesEncodings } from './hashes-encodings.rows.ts';
import { hashesFieldExpiry } from './hashes-field-expiry.rows.ts';
import { hashesNumbers } from './hashes-numbers.rows.ts';
import { hashesRandom } from './hashes-random.rows.ts';
import { hashesScan } from './hashes-scan.rows.ts';
import { hyperLogLogs } from './hyperloglog.rows.ts';
import { keys } from './keys.rows.ts';
import { serverLimits } from './limits.rows.ts';
import { listBlocking } from './list-blocking.rows.ts';
import { lists } from './lists.rows.ts';
import { protocol } from './protocol.rows.ts';
import { protocolLimits } from './protocol-limits.rows.ts';
import { server } from './server.rows.ts';
import { sets } from './sets.rows.ts';
import { setsAlgebra } from './sets-algebra.rows.ts';
import { setsEncodings } from './sets-encodings.rows.ts';
import { sorting } from './sort.rows.ts';
import { sortedSetsAdd } from './sorted-sets-add.rows.ts';
import { sortedSetsAlgebra } from './sorted-sets-algebra.rows.ts';
import { sortedSetsEncodings } from './sorted-sets-encodings.rows.ts';
import { sortedSetsRangeCommands } from './sorted-sets-range-commands.rows.ts';
import { sortedSetsRangeStore } from './sorted-sets-range-store.rows.ts';
import { sortedSetsRanges } from './sorted-sets-ranges.rows.ts';
import { sortedSetsRanks } from './sorted-sets-ranks.rows.ts';
import { sortedSetsRemovals } from './sorted-sets-removals.rows.ts';
import { sortedSetsScan } from './sorted-sets-scan.rows.ts';
import { sortedSetsScores } from './sorted-sets-scores.rows.ts';
import { serverStandalone } from './standalone.rows.ts';
import { streamsAdding } from './streams-add.rows.ts';
import { streamsClaims } from './streams-claims.rows.ts';
import { streamsGroupReads } from './streams-group-reads.rows.ts';
import { streamsGroups } from './streams-groups.rows.ts';
import { streamsInfo } from './streams-info.rows.ts';
import { streamsInfoGroups } from './streams-info-groups.rows.ts';
import { streamsKeys } from './streams-keys.rows.ts';
import { streamsPending } from './streams-pending.rows.ts';
import { streamsRanges } from './streams-ranges.rows.ts';
import { streamsReading } from './streams-read.rows.ts';
import { streamsTrimming } from './streams-trim.rows.ts';
import { stringsEncodings } from './strings-encodings.rows.ts';
import { stringsNumbers } from './strings-numbers.rows.ts';
import { stringsRanges } from './strings-ranges.rows.ts';
import { stringsSetAndGet } from './strings-set.rows.ts';
import { transactions } from './transactions.rows.ts';
import { transactionsWatch } from './watch.rows.ts';

/** Every group of rows, played to ours and to a real redis-server. */
export const groups: readonly Group[] = [
  protocol,
  protocolLimits,
  connection,
  connectionClient,
  server,
  serverDiagnostics,
  serverConfig,
  serverCommand,
  serverLimits,
  serverStandalone,
  keys,
  keysExpiry,
  dump,
  dumpEncodings,
  stringsSetAndGet,
  stringsRanges,
  stringsNumbers,
  stringsEncodings,
  sets,
  setsAlgebra,
  setsEncodings,
  sortedSetsAdd,
  sortedSetsScores,
  sortedSetsRanks,
  sortedSetsRanges,
  sortedSetsRangeCommands,
  sortedSetsRangeStore,
  sortedSetsRemovals,
  sortedSetsAlgebra,
  sortedSetsScan,
  sortedSetsEncodings,
  bits,
  bitsBitfield,
  geo,
  geoRadius,
  geoSearch,
  hyperLogLogs,
  lists,
  listBlocking,
  hashes,
  hashesNumbers,
  hashesRandom,
  hashesScan,
  hashesEncodings,
  hashesFieldExpiry,
  streamsAdding,
  streamsClaims,
  streamsGroupReads,
  streamsGroups,
  streamsInfoGroups,
  streamsInfo,
  streamsKeys,
  streamsPending,
  streamsRanges,
  streamsReading,
  streamsTrimming,
  sorting,
  transactions,
  transactionsWatch,
];
