import type { Section } from './section.ts';

const NO_ID = '0'.repeat(40);

/** INFO replication: a master without replicas. */
export const replicationSection: Section = ({ instance }) => [
  ['role', 'master'],
  ['connected_slaves', 0],
  ['master_failover_state', 'no-failover'],
  ['master_replid', instance.runId],
  ['master_replid2', NO_ID],
  ['master_repl_offset', 0],
  ['second_repl_offset', -1],
  ['repl_backlog_active', 0],
  ['repl_backlog_size', 1048576],
  ['repl_backlog_first_byte_offset', 0],
  ['repl_backlog_histlen', 0],
];
