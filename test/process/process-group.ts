import { readdirSync, readFileSync } from 'node:fs';

/** A process of a group, by what its command line says. */
export interface GroupMember {
  readonly pid: number;
  /** `worker`, `keyspace`, or the empty string for the supervisor. */
  readonly role: string;
  /** -1 where there is none. */
  readonly slot: number;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

/** The group of a process that lives; undefined for one that is gone or only waits to be collected. */
function groupOf(pid: string): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const [state, , group] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined || state === 'Z' || state === 'X' ? undefined : Number(group);
}

/** The processes of a group that run one of our binaries, those of the same role by slot and age. */
export function membersOf(group: number): GroupMember[] {
  const members: GroupMember[] = [];
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || groupOf(pid) !== group) continue;
    const line = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
    const word = line[line.findIndex((part) => part.endsWith('main.js')) + 1] ?? '';
    const slot = line.includes('--slot') ? Number(line[line.indexOf('--slot') + 1]) : -1;
    members.push({ pid: Number(pid), role: word.startsWith('-') ? '' : word, slot });
  }
  return members.sort((a, b) => a.slot - b.slot || a.pid - b.pid);
}

export function isAlive(pid: number): boolean {
  return groupOf(String(pid)) !== undefined;
}

/** Sends a signal to a process, or with a negative number to a group. @returns false if there is none. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
