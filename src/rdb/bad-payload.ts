/** A payload that is not what it should be. It has no stack: how a client's bytes are wrong is no matter of our code. */
export class BadPayload extends Error {
  override readonly name = 'BadPayload';
}

const { stackTraceLimit } = Error;
Error.stackTraceLimit = 0;
const fault = new BadPayload('Bad data format');
Error.stackTraceLimit = stackTraceLimit;

/** @throws BadPayload unless the condition holds. */
export function check(condition: boolean): asserts condition {
  if (!condition) throw fault;
}
