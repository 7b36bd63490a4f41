import type { InstanceBooks } from '../metrics/books.ts';
import type { TrafficStatus } from '../view/status-document.ts';
import { callsOf, errorsOf } from './calls.ts';
import { slowClientsOf, sumOfCounter } from './counters.ts';
import type { Moment } from './moment.ts';

/**
 * Rates of the last second, and what was counted since the start.
 * @param newest what the charts show last: figures that are there and here are the same.
 */
export const trafficOf = ({ workers, keyspace }: InstanceBooks, newest: Moment): TrafficStatus => {
  const sum = (family: string) => workers.reduce((all, { totals }) => all + sumOfCounter(totals, family), 0);
  const commands = keyspace.totals.allCommands();
  return {
    commandsPerSecond: callsIn(newest),
    commands: callsOf(commands),
    errorsPerSecond: newest.errors,
    errors: errorsOf(commands),
    connectionsPerSecond: newest.connections,
    connections: sum('connections_received_total'),
    rejectedConnections: sum('rejected_connections_total'),
    slowClients: workers.reduce((all, { totals }) => all + slowClientsOf(totals), 0),
    bytesInPerSecond: newest.bytesIn,
    bytesOutPerSecond: newest.bytesOut,
    p50: newest.p50,
    p99: newest.p99,
  };
};

const callsIn = ({ commands }: Moment): number | null => {
  if (commands === null) return null;
  let sum = 0;
  for (const rate of commands.values()) sum += rate;
  return sum;
};
