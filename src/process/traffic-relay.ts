import type { TrafficFigures } from '../instance/traffic.ts';
import type { Member } from './control-server.ts';

/** For so long, in milliseconds, news of several workers is gathered. */
const GATHERING = 100;

export interface TrafficRelayOptions {
  /** What all workers have counted up to now. */
  readonly traffic: () => TrafficFigures;
  /** Those who are told. */
  readonly keyspaces: () => readonly Pick<Member, 'offer'>[];
}

/** Tells the keyspace the traffic of all workers, so that INFO and /metrics come from the same books. */
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

  /** Tells them at once, or later if one has not yet taken what it was told before. */
  tell(keyspaces: readonly Pick<Member, 'offer'>[]): void {
    const traffic = this.#options.traffic();
    const taken = keyspaces.map((keyspace) => keyspace.offer({ type: 'traffic', traffic }));
    if (taken.includes(false)) this.announce();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
