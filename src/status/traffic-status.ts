import type { InstanceBooks } from '../metrics/books.ts';
import type { TrafficStatus } from '../view/status-document.ts';
import { callsOf, errorsOf, latenciesOf } from './calls.ts';
import { slowClientsOf, sumOfCounter } from './counters.ts';
import type { LastSecond } from './last-second.ts';
import { allCommandsIn, rateOf } from './span.ts';

/** Rates of the last second, and what was counted since the start. */
export const trafficOf = (books: InstanceBooks, lastSecond: LastSecond): TrafficStatus => {
  const { now, workers, keyspace } = books;
  const commandSpans = lastSecond.spansOf(keyspace, now).map(allCommandsIn);
  const workerSpans = workers.flatMap((place) => lastSecond.spansOf(place, now));
  const sum = (family: string) => workers.reduce((all, { totals }) => all + sumOfCounter(totals, family), 0);
  const rate = (family: string) => rateOf(workerSpans, (counted) => sumOfCounter(counted, family));
  const commands = keyspace.totals.allCommands();
  return {
    commandsPerSecond: rateOf(commandSpans, callsOf),
    commands: callsOf(commands),
    errorsPerSecond: rateOf(commandSpans, errorsOf),
    errors: errorsOf(commands),
    connectionsPerSecond: rate('connections_received_total'),
    connections: sum('connections_received_total'),
    rejectedConnections: sum('rejected_connections_total'),
    slowClients: workers.reduce((all, { totals }) => all + slowClientsOf(totals), 0),
    bytesInPerSecond: rate('net_input_bytes_total'),
    bytesOutPerSecond: rate('net_output_bytes_total'),
    ...latenciesOf(commandSpans.at(-1)?.counted),
  };
};
