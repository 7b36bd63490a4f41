import type { Section } from './section.ts';

/** INFO cpu: seconds that the process with the keyspace has used. */
export const cpuSection: Section = () => {
  const { system, user } = process.cpuUsage();
  const [systemSeconds, userSeconds] = [(system / 1e6).toFixed(6), (user / 1e6).toFixed(6)];
  return [
    ['used_cpu_sys', systemSeconds],
    ['used_cpu_user', userSeconds],
    ['used_cpu_sys_children', '0.000000'],
    ['used_cpu_user_children', '0.000000'],
    ['used_cpu_sys_main_thread', systemSeconds],
    ['used_cpu_user_main_thread', userSeconds],
  ];
};
