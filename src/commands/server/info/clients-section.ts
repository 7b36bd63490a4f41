import { GATE_SUSPENDED } from '../../../instance/session.ts';
import type { Section } from './section.ts';

/** INFO clients. */
export const clientsSection: Section = ({ instance, values }) => {
  let inputMax = 0;
  let outputMax = 0;
  let blocked = 0;
  for (const { facts, gate } of instance.sessions) {
    inputMax = Math.max(inputMax, facts.queryBuffer);
    outputMax = Math.max(outputMax, facts.outputBuffer);
    if ((gate & GATE_SUSPENDED) !== 0) blocked++;
  }
  return [
    ['connected_clients', instance.sessions.size],
    ['cluster_connections', 0],
    ['maxclients', values.maxclients],
    ['client_recent_max_input_buffer', inputMax],
    ['client_recent_max_output_buffer', outputMax],
    ['blocked_clients', blocked],
    ['tracking_clients', 0],
    ['clients_in_timeout_table', 0],
  ];
};
