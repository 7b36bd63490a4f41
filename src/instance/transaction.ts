import type { WatchRegistry } from '../keyspace/watch.ts';
import { GATE_MULTI, type Session } from './session.ts';

/** MULTI: from now on commands are queued. */
export const beginTransaction = (session: Session): void => {
  session.queue = [];
  session.shut(GATE_MULTI);
};

/** Ends the session's transaction, if there is one, and forgets the keys it watches. */
export const discardTransaction = (session: Session, watch: WatchRegistry): void => {
  session.queue = undefined;
  session.queueFailed = false;
  session.open(GATE_MULTI);
  unwatch(session, watch);
};

/** Forgets the keys that the session watches, and whether any of them was changed. */
export const unwatch = (session: Session, watch: WatchRegistry): void => {
  watch.remove(session);
  session.watching = 0;
  session.watchBroken = false;
};
