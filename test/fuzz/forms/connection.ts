import { type Form, form } from '../form.ts';
import { value } from '../values.ts';
import { maybe } from '../words.ts';

export const connection: readonly Form[] = [form('PING', maybe(value)), form('ECHO', value)];
