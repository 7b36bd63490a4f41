/** What a worker counts of its connections since its start, and the CPU that they have cost it. */
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
  /** CPU of the worker's process in µs; 0 where it is the keyspace's own. */
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

/** Traffic of the whole instance: the latest figures of each worker and what the departed ones had. */
export class Traffic {
  readonly #live = new Set<TrafficFigures>();
  readonly #departed = noTraffic();

  /** Figures that their owner keeps up to date until {@link remove}. */
  add(figures: TrafficFigures): void {
    this.#live.add(figures);
  }

  /** The owner is gone; its figures stay counted. */
  remove(figures: TrafficFigures): void {
    if (this.#live.delete(figures)) addTo(this.#departed, figures);
  }

  total(): TrafficFigures {
    const total = { ...this.#departed };
    for (const figures of this.#live) addTo(total, figures);
    return total;
  }
}

const addTo = (sum: TrafficFigures, more: TrafficFigures): void => {
  for (const name of Object.keys(sum) as Array<keyof TrafficFigures>) sum[name] += more[name];
};
