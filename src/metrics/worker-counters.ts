import {
  CLOSE_REASONS,
  type CloseReason,
  type EndReason,
  REJECT_REASONS,
  type RejectReason,
} from '../instance/session.ts';
import type { TrafficFigures } from '../instance/traffic.ts';

/** What a worker counts of its connections: plain fields, because they are touched on every read and write. */
export class WorkerCounters {
  /** Those that were refused included. */
  connectionsReceived = 0;
  readonly closedBy: Record<CloseReason, number> = zeros(CLOSE_REASONS);
  readonly rejectedBy: Record<RejectReason, number> = zeros(REJECT_REASONS);
  bytesIn = 0;
  bytesOut = 0;
  /** Reads from sockets and writes to them. */
  reads = 0;
  writes = 0;
  /** Requests taken from clients, whoever answers them. */
  commands = 0;
  /** Those of them that the worker answered by itself. */
  localCommands = 0;
  /** Bytes of replies that clients have not taken yet: of all, and of the worst. */
  outputBufferBytes = 0;
  outputBufferMax = 0;
  /** Slow clients that were closed for an unfinished request and not for replies they did not read. */
  queryBufferLimitCloses = 0;

  /** What INFO shows of it, always up to date; fit for JSON. */
  readonly traffic: TrafficFigures = liveTraffic(this);

  #accepted = 0;

  /**
   * Connections that were not refused. One that does not know yet whether it will be counts already; should it be refused,
   * the next that is not takes its place: a total that falls would look like a restart.
   */
  get connectionsAccepted(): number {
    this.#accepted = Math.max(this.#accepted, this.connectionsReceived - rejections(this));
    return this.#accepted;
  }

  connectionEnded(reason: EndReason): void {
    if (isRejection(reason)) this.rejectedBy[reason]++;
    else this.closedBy[reason]++;
  }
}

const liveTraffic = (counters: WorkerCounters): TrafficFigures => ({
  get received() {
    return counters.connectionsAccepted;
  },
  get rejected() {
    return rejections(counters);
  },
  get bytesIn() {
    return counters.bytesIn;
  },
  get bytesOut() {
    return counters.bytesOut;
  },
  get reads() {
    return counters.reads;
  },
  get writes() {
    return counters.writes;
  },
  get queryBufferLimitCloses() {
    return counters.queryBufferLimitCloses;
  },
  get outputLimitCloses() {
    return counters.closedBy.slow_client - counters.queryBufferLimitCloses;
  },
  cpuUser: 0,
  cpuSystem: 0,
});

const rejections = ({ rejectedBy }: WorkerCounters): number =>
  REJECT_REASONS.reduce((sum, reason) => sum + rejectedBy[reason], 0);

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

const REJECTIONS: ReadonlySet<string> = new Set(REJECT_REASONS);

const isRejection = (reason: EndReason): reason is RejectReason => REJECTIONS.has(reason);
