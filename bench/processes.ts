import { readdirSync, readFileSync } from 'node:fs';

/** What a process of a server does; `server` does all of it. */
export type Role = 'server' | 'supervisor' | 'worker' | 'keyspace';

export interface ServerProcess {
  readonly pid: number;
  readonly role: Role;
}

/** A process and all that it forked, with their roles. Empty if it is gone. */
export function processesOf(root: number): ServerProcess[] {
  const children = childrenOf(root);
  const own: ServerProcess = { pid: root, role: children.length === 0 ? 'server' : 'supervisor' };
  return [own, ...children.map((pid) => ({ pid, role: roleOf(pid) }))];
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').trim();
      return text === '' ? [] : text.split(' ').map(Number);
    });
  } catch {
    return [];
  }
}

function roleOf(pid: number): Role {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0');
  return words.includes('keyspace') ? 'keyspace' : 'worker';
}
