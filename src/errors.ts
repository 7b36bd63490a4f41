/**
 * An error that the client caused and is told about: its message is the reply, code first ("ERR syntax error").
 * Anything else that is thrown is a bug of ours.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The client broke the protocol: it is answered `-ERR Protocol error: <message>` and the connection is closed. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/**
 * Errors whose text never varies, made once: throwing them costs no stack trace.
 * Every wording is Redis's own, because clients match on it.
 */
export const errors = {
  syntax: new CommandError('ERR syntax error'),
  wrongType: new CommandError('WRONGTYPE Operation against a key holding the wrong kind of value'),
  notInteger: new CommandError('ERR value is not an integer or out of range'),
  outOfRange: new CommandError('ERR value is out of range'),
  notPositive: new CommandError('ERR value is out of range, must be positive'),
  notFloat: new CommandError('ERR value is not a valid float'),
  incrementOverflow: new CommandError('ERR increment or decrement would overflow'),
  decrementOverflow: new CommandError('ERR decrement would overflow'),
  incrementNotFinite: new CommandError('ERR increment would produce NaN or Infinity'),
  offsetOutOfRange: new CommandError('ERR offset is out of range'),
  stringTooLong: new CommandError('ERR string exceeds maximum allowed size (proto-max-bulk-len)'),
  noSuchKey: new CommandError('ERR no such key'),
  sameObject: new CommandError('ERR source and destination objects are the same'),
  invalidCursor: new CommandError('ERR invalid cursor'),
  indexOutOfRange: new CommandError('ERR index out of range'),
  dbIndexOutOfRange: new CommandError('ERR DB index is out of range'),
  invalidDbIndex: new CommandError('ERR invalid DB index'),
  outOfMemory: new CommandError("OOM command not allowed when used memory > 'maxmemory'."),
  noAuth: new CommandError('NOAUTH Authentication required.'),
  wrongPass: new CommandError('WRONGPASS invalid username-password pair or user is disabled.'),
  loading: new CommandError('LOADING Redis is loading the dataset in memory'),
  execAbort: new CommandError('EXECABORT Transaction discarded because of previous errors.'),
  internal: new CommandError('ERR internal error'),
} as const;

/** `ERR invalid expire time in '<command>' command` */
export const invalidExpireTime = (command: string) =>
  new CommandError(`ERR invalid expire time in '${command}' command`);

/** `ERR wrong number of arguments for '<command>' command` */
export const wrongArity = (command: string) =>
  new CommandError(`ERR wrong number of arguments for '${command}' command`);
