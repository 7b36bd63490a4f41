/*
 * Times are counted in microseconds, so that sums of them are whole numbers, and shown in seconds.
 */

export const MICROSECONDS_PER_SECOND = 1e6;

export const inSeconds = (microseconds: number): number => microseconds / MICROSECONDS_PER_SECOND;

export const inMicroseconds = (seconds: number): number => seconds * MICROSECONDS_PER_SECOND;
