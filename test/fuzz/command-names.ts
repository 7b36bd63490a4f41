import { readReply } from '../rows/reply-tree.ts';
import { WireConnection } from '../rows/wire.ts';

/** The names of all commands of a server, in lower case. */
export async function commandNames(port: number): Promise<Set<string>> {
  const connection = await WireConnection.open(port);
  const list = readReply(Buffer.from(await connection.call('COMMAND', 'LIST'), 'latin1'), 0);
  connection.close();
  return new Set(list?.tree.items?.map(({ text }) => text ?? ''));
}
