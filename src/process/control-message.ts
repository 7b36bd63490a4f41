import type { Config } from '../config/config.ts';
import type { TrafficFigures } from '../instance/traffic.ts';
import type { InterimReport, ProcessReport, ProcessRole } from '../metrics/snapshot.ts';

/** What a worker or the keyspace tells the supervisor. */
export type UpwardMessage =
  | {
      readonly type: 'hello';
      readonly role: ProcessRole;
      readonly slot: number;
      readonly pid: number;
      /** Unix milliseconds. */
      readonly startedAt: number;
    }
  /** It serves now. */
  | { readonly type: 'ready' }
  /** The keyspace to which a worker is linked, by its pid; null while its clients are answered `LOADING`. */
  | { readonly type: 'link'; readonly keyspace: number | null }
  /** It says goodbye to its clients and will end. */
  | { readonly type: 'draining' }
  /** A client has changed settings by which the supervisor goes: how long workers may take to end, in seconds. */
  | {
      readonly type: 'settings';
      readonly shutdownTimeout: number;
      readonly logLevel: Config['logLevel'];
    }
  /** Its figures, once a second: also its sign of life. */
  | { readonly type: 'report'; readonly report: ProcessReport }
  /** What a worker tells between two reports, while there is something new: see {@link InterimReport}. */
  | { readonly type: 'update'; readonly figures: InterimReport }
  /** A client has sent SHUTDOWN. */
  | { readonly type: 'shutdown' };

/** What the supervisor tells a process. */
export type DownwardMessage =
  | { readonly type: 'stop' }
  /** What all workers that there ever were have counted, for the keyspace. */
  | { readonly type: 'traffic'; readonly traffic: TrafficFigures };
