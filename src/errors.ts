/**
 * An error that the client caused and is told about: its message is the reply, code first ("ERR syntax error").
 * Anything else that is thrown is a bug of ours.
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  /** Takes no stack trace: that would cost 9 µs, and a client's mistake has no place in our code. */
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The client broke the protocol: it is answered `-ERR Protocol error: <message>` and the connection is closed. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** The error reply to a client that broke the protocol. @param fault the message of the {@link ProtocolError} */
export const protocolFault = (fault: string): string => `ERR Protocol error: ${fault}`;

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
  notFinite: new CommandError('ERR value is NaN or Infinity'),
  hashValueNotInteger: new CommandError('ERR hash value is not an integer'),
  hashValueNotFloat: new CommandError('ERR hash value is not a float'),
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
  outOfMemory: new CommandError("OOM command not allowed when used memory > 'maxmemory'."),
  noAuth: new CommandError('NOAUTH Authentication required.'),
  wrongPass: new CommandError('WRONGPASS invalid username-password pair or user is disabled.'),
  loading: new CommandError('LOADING Redis is loading the dataset in memory'),
  execAbort: new CommandError('EXECABORT Transaction discarded because of previous errors.'),
  execWithoutMulti: new CommandError('ERR EXEC without MULTI'),
  discardWithoutMulti: new CommandError('ERR DISCARD without MULTI'),
  nestedMulti: new CommandError('ERR MULTI calls can not be nested'),
  watchInsideMulti: new CommandError('ERR WATCH inside MULTI is not allowed'),
  notInTransaction: new CommandError('ERR Command not allowed inside a transaction'),
  monitorInTransaction: new CommandError("ERR MONITOR isn't allowed for DENY BLOCKING client"),
  monitorTouchesKeys: new CommandError("ERR Replica can't interact with the keyspace"),
  noPassword: new CommandError(
    'ERR AUTH <password> called without any password configured for the default user. ' +
      'Are you sure your configuration is correct?',
  ),
  helloNeedsAuth: new CommandError(
    'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> ' +
      'option can be used to authenticate the client and select the RESP protocol version at the same time',
  ),
  protocolNotInteger: new CommandError('ERR Protocol version is not an integer or out of range'),
  noProtocol: new CommandError('NOPROTO unsupported protocol version'),
  clientName: new CommandError('ERR Client names cannot contain spaces, newlines or special characters.'),
  noSuchClient: new CommandError('ERR No such client'),
  invalidClientId: new CommandError('ERR Invalid client ID'),
  clientIdNotPositive: new CommandError('ERR client-id should be greater than 0'),
  timeoutNotFloat: new CommandError('ERR timeout is not a float or out of range'),
  timeoutNotInteger: new CommandError('ERR timeout is not an integer or out of range'),
  timeoutNegative: new CommandError('ERR timeout is negative'),
  timeoutOutOfRange: new CommandError('ERR timeout is out of range'),
  pauseMode: new CommandError('ERR CLIENT PAUSE mode must be WRITE or ALL'),
  unblocked: new CommandError('UNBLOCKED client unblocked via CLIENT UNBLOCK'),
  unblockReason: new CommandError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR'),
  notTracking: new CommandError(
    'ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled',
  ),
  /** Ours: client-side caching is not there. */
  noTracking: new CommandError('ERR CLIENT TRACKING is not supported by this server'),
  expireNxWithOthers: new CommandError('ERR NX and XX, GT or LT options at the same time are not compatible'),
  expireGtWithLt: new CommandError('ERR GT and LT options at the same time are not compatible'),
  fieldsMissing: new CommandError('ERR Mandatory argument FIELDS is missing or not at the right position'),
  fieldsNotPositive: new CommandError('ERR Parameter `numFields` should be greater than 0'),
  fieldCountNotPositive: new CommandError('ERR Number of fields must be a positive integer'),
  fieldsCount: new CommandError('ERR The `numfields` parameter must match the number of arguments'),
  fieldTimeNegative: new CommandError('ERR invalid expire time, must be >= 0'),
  frequencyNotTracked: new CommandError(
    'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching ' +
      'between policies at runtime LRU and LFU data will take some time to adjust.',
  ),
  idleTimeNotTracked: new CommandError(
    'ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between ' +
      'policies at runtime LRU and LFU data will take some time to adjust.',
  ),
  bitOffset: new CommandError('ERR bit offset is not an integer or out of range'),
  bitValue: new CommandError('ERR bit is not an integer or out of range'),
  bitArgument: new CommandError('ERR The bit argument must be 1 or 0.'),
  bitopNotOneKey: new CommandError('ERR BITOP NOT must be called with a single source key.'),
  bitfieldType: new CommandError(
    'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
  ),
  bitfieldOverflow: new CommandError('ERR Invalid OVERFLOW type specified'),
  bitfieldReadOnly: new CommandError('ERR BITFIELD_RO only supports the GET subcommand'),
  lcsNotStrings: new CommandError('ERR The specified keys must contain string values'),
  lcsLengthAndIndexes: new CommandError('ERR If you want both the length and indexes, please just use IDX.'),
  lcsMemory: new CommandError('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len'),
  notHyperLogLog: new CommandError('WRONGTYPE Key is not a valid HyperLogLog string value.'),
  corruptHyperLogLog: new CommandError('INVALIDOBJ Corrupted HLL object detected'),
  noSketch: new CommandError('ERR The specified key does not exist'),
  sketchNotSparse: new CommandError('ERR HLL encoding is not sparse'),
  replyTooLarge: new CommandError('ERR reply exceeds 3 GB'),
  numkeysNotPositive: new CommandError('ERR numkeys should be greater than 0'),
  moreKeysThanArguments: new CommandError("ERR Number of keys can't be greater than number of args"),
  badPayload: new CommandError('ERR DUMP payload version or checksum are wrong'),
  badFormat: new CommandError('ERR Bad data format'),
  busyKey: new CommandError('BUSYKEY Target key name already exists.'),
  invalidTtl: new CommandError('ERR Invalid TTL value, must be >= 0'),
  invalidIdleTime: new CommandError('ERR Invalid IDLETIME value, must be >= 0'),
  invalidFrequency: new CommandError('ERR Invalid FREQ value, must be >= 0 and <= 255'),
  negativeLimit: new CommandError("ERR LIMIT can't be negative"),
  streamId: new CommandError('ERR Invalid stream ID specified as stream command argument'),
  streamRangeStart: new CommandError('ERR invalid start ID for the interval'),
  streamRangeEnd: new CommandError('ERR invalid end ID for the interval'),
  streamIdLeast: new CommandError('ERR The ID specified in XADD must be greater than 0-0'),
  streamIdNotGreater: new CommandError(
    'ERR The ID specified in XADD is equal or smaller than the target stream top item',
  ),
  streamExhausted: new CommandError(
    'ERR The stream has exhausted the last possible ID, unable to add more items',
  ),
  streamEntryTooLarge: new CommandError('ERR Elements are too large to be stored'),
  streamMaxLength: new CommandError('ERR The MAXLEN argument must be >= 0.'),
  streamLimit: new CommandError('ERR The LIMIT argument must be >= 0.'),
  streamTwoStrategies: new CommandError(
    'ERR syntax error, MAXLEN and MINID options at the same time are not compatible',
  ),
  streamLimitAlone: new CommandError(
    'ERR syntax error, LIMIT cannot be used without specifying a trimming strategy',
  ),
  streamNoStrategy: new CommandError('ERR syntax error, XTRIM must be called with a trimming strategy'),
  streamLimitExact: new CommandError('ERR syntax error, LIMIT cannot be used without the special ~ option'),
  streamsUnbalanced: new CommandError(
    "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.",
  ),
  streamGroupMissing: new CommandError('ERR Missing GROUP option for XREADGROUP'),
  streamGroupOfXread: new CommandError(
    'ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.',
  ),
  streamNoAckOfXread: new CommandError(
    'ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.',
  ),
  streamNewOfXread: new CommandError(
    'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.',
  ),
  streamIdBelowDeleted: new CommandError(
    'ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id',
  ),
  streamIdBelowLast: new CommandError(
    'ERR The ID specified in XSETID is smaller than the target stream top item',
  ),
  streamAddedBelowLength: new CommandError(
    'ERR The entries_added specified in XSETID is smaller than the target stream length',
  ),
  streamAddedNegative: new CommandError('ERR entries_added must be positive'),
  streamEntriesRead: new CommandError('ERR value for ENTRIESREAD must be positive or -1'),
  streamMissing: new CommandError(
    'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM ' +
      'option to create an empty stream automatically.',
  ),
  groupExists: new CommandError('BUSYGROUP Consumer Group name already exists'),
  streamLastOfGroup: new CommandError(
    'ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by ' +
      'specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set.',
  ),
  streamLatestOfGroup: new CommandError(
    'ERR The + ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by ' +
      'specifying a proper ID, or use the > ID to get new messages. The + ID would just return an empty result set.',
  ),
  waitedForStream: new CommandError('UNBLOCKED the stream key no longer exists'),
  waitedForGroup: new CommandError('NOGROUP the consumer group this client was blocked on no longer exists'),
  claimIdleTime: new CommandError('ERR Invalid min-idle-time argument for XCLAIM'),
  claimIdle: new CommandError('ERR Invalid IDLE option argument for XCLAIM'),
  claimTime: new CommandError('ERR Invalid TIME option argument for XCLAIM'),
  claimRetryCount: new CommandError('ERR Invalid RETRYCOUNT option argument for XCLAIM'),
  autoclaimIdleTime: new CommandError('ERR Invalid min-idle-time argument for XAUTOCLAIM'),
  autoclaimCount: new CommandError('ERR COUNT must be > 0'),
  autoclaimMemory: new CommandError(
    'ERR Insufficient memory, failed allocating transient memory, COUNT too high.',
  ),
  addNxWithXx: new CommandError('ERR XX and NX options at the same time are not compatible'),
  addGtLtNx: new CommandError('ERR GT, LT, and/or NX options at the same time are not compatible'),
  addIncrSeveral: new CommandError('ERR INCR option supports a single increment-element pair'),
  scoreNotANumber: new CommandError('ERR resulting score is not a number (NaN)'),
  rangeNotFloat: new CommandError('ERR min or max is not a float'),
  rangeNotString: new CommandError('ERR min or max not valid string range item'),
  limitWithoutRange: new CommandError(
    'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
  ),
  scoresByLex: new CommandError('ERR syntax error, WITHSCORES not supported in combination with BYLEX'),
  weightNotFloat: new CommandError('ERR weight value is not a float'),
  countNotPositive: new CommandError('ERR count should be greater than 0'),
  unknownUnit: new CommandError('ERR unsupported unit provided. please use M, KM, FT, MI'),
  radiusNotNumber: new CommandError('ERR need numeric radius'),
  radiusNegative: new CommandError('ERR radius cannot be negative'),
  widthNotNumber: new CommandError('ERR need numeric width'),
  heightNotNumber: new CommandError('ERR need numeric height'),
  boxNegative: new CommandError('ERR height or width cannot be negative'),
  noSuchPlace: new CommandError('ERR could not decode requested zset member'),
  searchCount: new CommandError('ERR COUNT must be > 0'),
  anyWithoutCount: new CommandError('ERR the ANY argument requires COUNT argument'),
  searchStoreShows: new CommandError(
    'ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options',
  ),
  radiusStoreShows: new CommandError(
    'ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD options',
  ),
  internal: new CommandError('ERR internal error'),
} as const;

/** `NOGROUP No such key '<key>' or consumer group '<group>'` */
export const noStreamOrGroup = (key: string, group: string) =>
  new CommandError(`NOGROUP No such key '${asCString(key)}' or consumer group '${asCString(group)}'`);

/** `NOGROUP No such key '<key>' or consumer group '<group>' in XREADGROUP with GROUP option` */
export const noGroupToRead = (key: string, group: string) =>
  new CommandError(
    `NOGROUP No such key '${asCString(key)}' or consumer group '${asCString(group)}' in XREADGROUP with GROUP option`,
  );

/** `NOGROUP No such consumer group '<group>' for key name '<key>'` */
export const noGroup = (group: string, key: string) =>
  new CommandError(`NOGROUP No such consumer group '${group}' for key name '${key}'`);

/** `ERR Unrecognized XCLAIM option '<option>'` */
export const unrecognizedClaimOption = (option: string) =>
  new CommandError(`ERR Unrecognized XCLAIM option '${option}'`);

/** As Redis quotes text that it takes for a C string: up to the first NUL. */
export const asCString = (text: string): string => text.replace(/\0.*$/s, '');

/** `ERR invalid expire time in '<command>' command` */
export const invalidExpireTime = (command: string) =>
  new CommandError(`ERR invalid expire time in '${command}' command`);

/** `ERR at least 1 input key is needed for '<command>' command` */
export const atLeastOneKey = (command: string) =>
  new CommandError(`ERR at least 1 input key is needed for '${command}' command`);

/** `ERR wrong number of arguments for '<command>' command` */
export const wrongArity = (command: string) =>
  new CommandError(`ERR wrong number of arguments for '${command}' command`);

/** `ERR unknown subcommand or wrong number of arguments for '<word>'. Try <CONTAINER> HELP.` */
export const wrongSubcommandArity = (container: string, word: string) =>
  new CommandError(
    `ERR unknown subcommand or wrong number of arguments for '${word.slice(0, 128)}'. Try ${container} HELP.`,
  );

/** `EXECABORT Transaction discarded because of: <why EXEC itself was refused>` */
export const execAbortedBy = (error: CommandError) =>
  new CommandError(`EXECABORT Transaction discarded because of: ${error.message.replace(/^ERR /, '')}`);

/** `ERR value is out of range, value must between <min> and <max>` */
export const outsideRange = (min: number | bigint, max: number | bigint) =>
  new CommandError(`ERR value is out of range, value must between ${min} and ${max}`);

/** `ERR Syntax error in HELLO option '<option>'` */
export const helloOption = (option: string) =>
  new CommandError(`ERR Syntax error in HELLO option '${option}'`);

/** `ERR Unknown client type '<type>'` */
export const unknownClientType = (type: string) => new CommandError(`ERR Unknown client type '${type}'`);

/** `ERR No such user '<name>'` */
export const noSuchUser = (name: string) => new CommandError(`ERR No such user '${name}'`);

/** `ERR Unrecognized option '<option>'` */
export const unrecognizedOption = (option: string) => new CommandError(`ERR Unrecognized option '${option}'`);

/** `ERR <attribute> cannot contain spaces, newlines or special characters.` */
export const invalidClientAttribute = (attribute: string) =>
  new CommandError(`ERR ${attribute} cannot contain spaces, newlines or special characters.`);

/** `ERR Unknown PFDEBUG subcommand '<word>'` */
export const unknownSketchQuestion = (word: string) =>
  new CommandError(`ERR Unknown PFDEBUG subcommand '${word}'`);

/** `ERR TESTFAILED <what>` */
export const sketchTestFailed = (what: string) => new CommandError(`ERR TESTFAILED ${what}`);

/** `ERR invalid longitude,latitude pair <longitude>,<latitude>` */
export const invalidPlace = (longitude: string, latitude: string) =>
  new CommandError(`ERR invalid longitude,latitude pair ${longitude},${latitude}`);

/** `ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for <command>` */
export const noSearchMiddle = (command: string) =>
  new CommandError(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${command}`);

/** `ERR exactly one of BYRADIUS and BYBOX can be specified for <command>` */
export const noSearchArea = (command: string) =>
  new CommandError(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${command}`);
