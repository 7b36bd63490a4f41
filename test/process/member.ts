import type { Member } from '../../src/process/control-server.ts';

/** A worker that serves, but for what is known of it, and that takes no orders. */
export const member = (known: Partial<Member>): Member => ({
  role: 'worker',
  slot: 0,
  pid: 1,
  startedAt: 0,
  ready: true,
  keyspace: null,
  draining: false,
  lastHeard: 0,
  send: () => {},
  offer: () => true,
  ...known,
});
