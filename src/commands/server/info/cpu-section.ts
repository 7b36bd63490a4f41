import { inSeconds } from '../../../metrics/microseconds.ts';
import type { Section } from './section.ts';

/** INFO cpu: seconds that the keyspace and all workers have used; the main thread is the keyspace's. */
export const cpuSection: Section = ({ instance }) => {
  const { system, user } = process.cpuUsage();
  const { cpuSystem, cpuUser } = instance.traffic;
  return [
    ['used_cpu_sys', seconds(system + cpuSystem)],
    ['used_cpu_user', seconds(user + cpuUser)],
    ['used_cpu_sys_children', '0.000000'],
    ['used_cpu_user_children', '0.000000'],
    ['used_cpu_sys_main_thread', seconds(system)],
    ['used_cpu_user_main_thread', seconds(user)],
  ];
};

const seconds = (microseconds: number): string => inSeconds(microseconds).toFixed(6);
