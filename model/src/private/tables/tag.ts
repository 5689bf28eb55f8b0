import { api, fact, refused, Table } from './describe';

const PAIR = api('KeyValue');

export const TAG = {
  reserved: refused('tag-key-reserved', 'a key that does not begin with aws:, which only AWS itself gives', PAIR),
  key: refused('tag-key', '1 to 128 letters, digits, spaces and _ . : / = + - @', PAIR),
  value: refused('tag-value', 'at most 256 letters, digits, spaces and _ . : / = + - @', PAIR),
  count: refused('tag-count', 'at most 50 tags', `Assumed; ${fact('15')}`),
} satisfies Table;
