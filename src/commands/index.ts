import { client } from './client.ts';
import { connection } from './connection.ts';
import { keyExpiry } from './key-expiry.ts';
import { keyMoves } from './key-moves.ts';
import { keyScan } from './key-scan.ts';
import { keys } from './keys.ts';
import { monitor } from './monitor.ts';
import { object } from './object.ts';
import { strings } from './strings.ts';
import { CommandTable } from './table.ts';
import { transactions } from './transactions.ts';

/** A new table of every command, by the groups of Redis's manual. */
export const createCommandTable = () =>
  new CommandTable({
    connection: { ...connection, ...client },
    generic: { ...keys, ...keyExpiry, ...keyMoves, ...keyScan, ...object },
    server: monitor,
    string: strings,
    transactions,
  });
