import { connection } from './connection.ts';
import { strings } from './strings.ts';
import { CommandTable } from './table.ts';

/** A new table of every command, by the groups of Redis's manual. */
export const createCommandTable = () =>
  new CommandTable({ connection, string: strings });
