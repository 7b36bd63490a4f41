/** What workers have counted of their connections, and the CPU that these have cost them. */
export interface TrafficFigures {
  received: number;
  rejected: number;
  bytesIn: number;
  bytesOut: number;
  /** Reads from sockets and writes to them. */
  reads: number;
  writes: number;
  queryBufferLimitCloses: number;
  outputLimitCloses: number;
  /** CPU of the workers' processes in µs; 0 where it is the keyspace's own. */
  cpuUser: number;
  cpuSystem: number;
}

export const noTraffic = (): TrafficFigures => ({
  received: 0,
  rejected: 0,
  bytesIn: 0,
  bytesOut: 0,
  reads: 0,
  writes: 0,
  queryBufferLimitCloses: 0,
  outputLimitCloses: 0,
  cpuUser: 0,
  cpuSystem: 0,
});
