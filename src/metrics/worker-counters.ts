import { CLOSE_REASONS, type CloseReason, type EndReason, REJECT_REASONS, type RejectReason } from '../instance/session.ts';
import { noTraffic, type TrafficFigures } from '../instance/traffic.ts';

/** What a worker counts of its connections: plain fields, because they are touched on every read and write. */
export class WorkerCounters {
  connectionsReceived = 0;
  readonly closedBy: Record<CloseReason, number> = zeros(CLOSE_REASONS);
  readonly rejectedBy: Record<RejectReason, number> = zeros(REJECT_REASONS);
  protocolErrors = 0;
  bytesIn = 0;
  bytesOut = 0;
  /** Requests taken from clients, whoever answers them. */
  commands = 0;
  /** Those of them that the worker answered by itself. */
  localCommands = 0;
  /** Bytes of replies that clients have not taken yet: of all, and of the worst. */
  outputBufferBytes = 0;
  outputBufferMax = 0;

  connectionEnded(reason: EndReason): void {
    if (isRejection(reason)) this.rejectedBy[reason]++;
    else this.closedBy[reason]++;
  }

  /** What INFO shows of it. */
  get traffic(): TrafficFigures {
    return { ...noTraffic(), received: this.connectionsReceived, bytesIn: this.bytesIn, bytesOut: this.bytesOut };
  }
}

const isRejection = (reason: EndReason): reason is RejectReason => reason in zeros(REJECT_REASONS);

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
