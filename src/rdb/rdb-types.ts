/**
 * What a payload holds and how: its first byte.
 *
 * Source: https://github.com/redis/redis/blob/7.4/src/rdb.h
 */
export const RDB_STRING = 0;
export const RDB_LIST = 1;
export const RDB_SET = 2;
export const RDB_SORTED_SET = 3;
export const RDB_HASH = 4;
export const RDB_SORTED_SET_2 = 5;
export const RDB_HASH_ZIPMAP = 9;
export const RDB_LIST_ZIPLIST = 10;
export const RDB_SET_INTSET = 11;
export const RDB_SORTED_SET_ZIPLIST = 12;
export const RDB_HASH_ZIPLIST = 13;
export const RDB_LIST_QUICKLIST = 14;
export const RDB_STREAM = 15;
export const RDB_HASH_LISTPACK = 16;
export const RDB_SORTED_SET_LISTPACK = 17;
export const RDB_LIST_QUICKLIST_2 = 18;
export const RDB_STREAM_2 = 19;
export const RDB_SET_LISTPACK = 20;
export const RDB_STREAM_3 = 21;
export const RDB_HASH_METADATA = 24;
export const RDB_HASH_LISTPACK_EX = 25;

/** The version of a payload that Redis 7.0 reads. */
export const RDB_VERSION = 10;
/** The version of a payload with what came until Redis 7.4: fields that expire. */
export const NEWEST_RDB_VERSION = 12;

/** First two bits of a length. */
export const LENGTH_6_BITS = 0;
export const LENGTH_14_BITS = 1;
export const LENGTH_ENCODED = 3;
/** First byte of a longer length. */
export const LENGTH_32_BITS = 0x80;
export const LENGTH_64_BITS = 0x81;

/** What follows {@link LENGTH_ENCODED}. */
export const ENCODED_INT8 = 0;
export const ENCODED_INT16 = 1;
export const ENCODED_INT32 = 2;
export const ENCODED_LZF = 3;

/** A node of a list: one long text, or a listpack. */
export const PLAIN_NODE = 1;
export const PACKED_NODE = 2;
