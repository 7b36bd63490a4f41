import { Connection } from './connection.ts';

/** Reads one figure of INFO memory. NaN if the server does not tell it. */
export async function memoryFigure(port: number, name: string): Promise<number> {
  const connection = await Connection.open(port);
  try {
    const info = await connection.bulk('INFO memory');
    return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? Number.NaN);
  } finally {
    connection.close();
  }
}
