import { createHash } from 'node:crypto';
import os from 'node:os';
import { REDIS_VERSION, VERSION } from '../../../config/version.ts';
import type { Section } from './section.ts';

const BUILD_ID = createHash('sha256').update(VERSION).digest('hex').slice(0, 16);
/** What the event loop waits with, by operating system. */
const POLLERS: Readonly<Record<string, string>> = { linux: 'epoll', darwin: 'kqueue', freebsd: 'kqueue' };
const SECONDS_PER_DAY = 86400;

/** INFO server. What a program in C alone has is answered as by a Redis built without it. */
export const serverSection: Section = ({ instance, values, now }) => {
  const uptime = Math.max(0, Math.floor((now - instance.startedAt) / 1000));
  return [
    ['redis_version', REDIS_VERSION],
    ['redis_git_sha1', '00000000'],
    ['redis_git_dirty', 0],
    ['redis_build_id', BUILD_ID],
    ['redis_mode', 'standalone'],
    ['os', `${os.type()} ${os.release()} ${os.machine()}`],
    ['arch_bits', /64|s390x/.test(process.arch) ? 64 : 32],
    ['monotonic_clock', 'process.hrtime'],
    ['multiplexing_api', POLLERS[process.platform] ?? 'libuv'],
    ['atomicvar_api', 'none'],
    ['gcc_version', '0.0.0'],
    ['process_id', process.pid],
    ['process_supervised', 'no'],
    ['run_id', instance.runId],
    ['tcp_port', instance.port],
    ['server_time_usec', Math.floor(now * 1000)],
    ['uptime_in_seconds', uptime],
    ['uptime_in_days', Math.floor(uptime / SECONDS_PER_DAY)],
    ['hz', values.hz],
    ['configured_hz', values.hz],
    ['lru_clock', Math.floor(now / 1000) & 0xffffff],
    ['executable', process.execPath],
    ['config_file', ''],
    ['io_threads_active', 0],
    ['corespond_version', VERSION],
    ['node_version', process.versions.node],
  ];
};
