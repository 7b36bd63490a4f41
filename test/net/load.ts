import assert from 'node:assert/strict';
import { encodeCommand } from '../rows/wire.ts';
import { WireClient } from './wire-client.ts';

/** Opens connections, some at a time. The ports of one address may not suffice, so they come from several. */
export async function openMany(port: number, count: number): Promise<WireClient[]> {
  const clients: WireClient[] = [];
  while (clients.length < count) {
    const from = `127.0.0.${2 + Math.floor(clients.length / 5000)}`;
    const some = Math.min(250, count - clients.length);
    const opened = Array.from({ length: some }, () => WireClient.open(port, '127.0.0.1', from));
    clients.push(...(await Promise.all(opened)));
  }
  return clients;
}

/** A figure of INFO. */
export const infoOf = async (client: WireClient, field: string): Promise<number> =>
  Number(new RegExp(`^${field}:(\\d+)\\r$`, 'm').exec(await client.bulk('INFO everything'))?.[1]);

/** Connections as INFO counts them. */
export const connectedClients = (client: WireClient) => infoOf(client, 'connected_clients');

/** Asks a few commands and measures. @returns the longest time that one took, in milliseconds. */
export async function slowestAnswer(client: WireClient, count: number): Promise<number> {
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    assert.equal(await client.ask(encodeCommand(['SET', 'key', String(i)]), '+OK\r\n'), '+OK\r\n');
    slowest = Math.max(slowest, performance.now() - startedAt);
  }
  return slowest;
}
