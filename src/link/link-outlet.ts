import type { ConnectionFacts, EndReason, Outlet, Session } from '../instance/session.ts';
import type { KeyspaceLink } from './keyspace-link.ts';

/** A session's way back to its client at the other end of the link. */
export class LinkOutlet implements Outlet {
  readonly link: KeyspaceLink;
  /** The session's number on the link. */
  readonly id: number;
  /** As the worker last reported them. */
  facts: ConnectionFacts = { queryBuffer: 0, outputBuffer: 0 };

  constructor(link: KeyspaceLink, id: number) {
    this.link = link;
    this.id = id;
  }

  push(session: Session, bytes: Uint8Array): void {
    this.link.push(this.id, session, bytes);
  }

  close(_session: Session, reason: EndReason, immediately: boolean): void {
    this.link.kill(this.id, reason, immediately);
  }
}
