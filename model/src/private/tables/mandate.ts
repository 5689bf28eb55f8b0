import { Severity } from '../../finding';
import { advice, Table } from './describe';

export const MANDATE = {
  value: advice('mandate-value', Severity.ERROR, 'what a mandate demands', 'the mandate that the message names'),
} satisfies Table;
