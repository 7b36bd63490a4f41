import type { TrafficFigures } from '../instance/traffic.ts';
import type { Member } from './control-server.ts';

/** For so long, in milliseconds, news of several workers is gathered. */
const GATHERING = 100;

export interface TrafficRelayOptions {
  /** What all workers have counted up to now. */
  readonly traffic: () => TrafficFigures;
  /** Those who are told. */
  readonly keyspaces: () => readonly Pick<Member, 'send'>[];
}

/** Tells the keyspace the traffic of all workers. INFO and /metrics come from the same books so, and cannot differ. */
export class TrafficRelay {
  readonly #options: TrafficRelayOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: TrafficRelayOptions) {
    this.#options = options;
  }

  /** A worker has counted something: the keyspace learns of it soon. */
  announce(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.tell(this.#options.keyspaces());
    }, GATHERING);
  }

  /** Tells them at once. */
  tell(keyspaces: readonly Pick<Member, 'send'>[]): void {
    const traffic = this.#options.traffic();
    for (const keyspace of keyspaces) keyspace.send({ type: 'traffic', traffic });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
