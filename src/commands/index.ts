import { client } from './client.ts';
import { connection } from './connection.ts';
import { monitor } from './monitor.ts';
import { strings } from './strings.ts';
import { CommandTable } from './table.ts';
import { transactions } from './transactions.ts';

/** A new table of every command, by the groups of Redis's manual. */
export const createCommandTable = () =>
  new CommandTable({
    connection: { ...connection, ...client },
    server: monitor,
    string: strings,
    transactions,
  });
