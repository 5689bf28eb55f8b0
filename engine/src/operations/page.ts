/**
 * Pages of a list.
 *
 * Pure: a list and a token in, a page and a token out.
 * Source   B1.2: MaxResults 1 to 1000. Tokens are opaque to callers.
 */
import { hex128 } from '../kernel/ids';
import type { Called } from './call';
import { AwsFault, type FaultName } from './fault';

const MOST = 1000;

export interface Page<T> {
  readonly items: T[];
  readonly nextToken: string | undefined;
}

/** The list that a token is of. */
export interface List extends Called {
  /** What it is a list of, where there are several: a token of one is none of another. */
  readonly parent?: string | undefined;
}

/** A list, and what tells its items from each other. */
export interface Paged<T> extends List {
  keyOf(item: T): string;
}

/**
 * What refuses a token, and what it is called, by the name that signs, where it is not as in AWS Backup.
 *
 * Source   the API models: errors of their own that services have for it. Assumed: that of the others it is this error.
 */
const REFUSALS: Readonly<Record<string, readonly [FaultName, string]>> = {
  'backup-search': ['ValidationException', 'NextToken'],
  budgets: ['InvalidNextTokenException', 'NextToken'],
  cloudformation: ['ValidationError', 'NextToken'],
  config: ['InvalidNextTokenException', 'NextToken'],
  dsql: ['ValidationException', 'nextToken'],
  ec2: ['InvalidParameterValue', 'NextToken'],
  ecr: ['InvalidParameterException', 'nextToken'],
  eks: ['InvalidParameterException', 'nextToken'],
  elasticfilesystem: ['BadRequest', 'NextToken'],
  events: ['ValidationException', 'NextToken'],
  fsx: ['BadRequest', 'NextToken'],
  iam: ['ValidationError', 'Marker'],
  kms: ['InvalidMarkerException', 'Marker'],
  lambda: ['InvalidParameterValueException', 'Marker'],
  logs: ['InvalidParameterException', 'nextToken'],
  monitoring: ['InvalidNextToken', 'NextToken'],
  mpa: ['ValidationException', 'NextToken'],
  organizations: ['InvalidInputException', 'NextToken'],
  ram: ['InvalidNextTokenException', 'nextToken'],
  rds: ['InvalidParameterValue', 'Marker'],
  redshift: ['InvalidParameterValue', 'Marker'],
  'redshift-serverless': ['InvalidPaginationException', 'nextToken'],
  secretsmanager: ['InvalidNextTokenException', 'NextToken'],
  servicequotas: ['InvalidPaginationTokenException', 'NextToken'],
  sns: ['InvalidParameter', 'NextToken'],
  sqs: ['InvalidParameterValue', 'NextToken'],
  ssm: ['InvalidNextToken', 'NextToken'],
  states: ['InvalidToken', 'nextToken'],
  storagegateway: ['InvalidGatewayRequestException', 'Marker'],
  tagging: ['InvalidParameterException', 'PaginationToken'],
  timestream: ['ValidationException', 'NextToken'],
};

/** How many items that follow a page its token names: one of them is there most likely when the next page is asked for. */
const NEXT = 8;
const DIGITS = 12;

/**
 * A page of what is all there already.
 *
 * The token names the list, and the items that the next page begins with: what is deleted or comes meanwhile moves no other item, and
 * another list refuses the token.
 */
export function pageOf<T>(
  all: readonly T[],
  maxResults: number | undefined,
  nextToken: string | undefined,
  paged: Paged<T>,
): Page<T> {
  const size = sizeOf(maxResults);
  const from = beginOf(all, nextToken, paged);
  const next = from + size;
  if (next >= all.length) {
    return { items: all.slice(from), nextToken: undefined };
  }
  return { items: all.slice(from, next), nextToken: namingToken(all, next, paged) };
}

function namingToken<T>(all: readonly T[], next: number, paged: Paged<T>): string {
  const names = [...all.slice(next, next + NEXT), ...all.slice(next - 1, next)].map((item) =>
    digest(paged.keyOf(item)),
  );
  return tokenOf([next, ...names], paged);
}

/** Where the page of a token begins: at the first that is left of those it names, or behind the last of the page before. */
function beginOf<T>(all: readonly T[], nextToken: string | undefined, paged: Paged<T>): number {
  const parts = partsIn(nextToken, paged);
  if (parts === undefined) {
    return 0;
  }
  const [place = '', ...names] = parts;
  if (!/^[1-9]\d*$/.test(place)) {
    throw refusalOf(paged);
  }
  const isAt = (index: number) => index < all.length && digest(paged.keyOf(all[index] as T)) === names[0];
  if (isAt(Number(place))) {
    return Number(place);
  }
  const places = new Map(all.map((item, index) => [digest(paged.keyOf(item)), index]));
  const last = names.pop() ?? '';
  const next = names.map((one) => places.get(one)).find((index) => index !== undefined);
  const behind = places.get(last);
  return next ?? (behind === undefined ? Math.min(Number(place), all.length) : behind + 1);
}

function listOf({ service, operation, parent }: List): string {
  return digest([service, operation, ...(parent === undefined ? [] : [parent])].join(' '));
}

function digest(text: string): string {
  return hex128(0, { kind: 'page', names: [text] }).slice(0, DIGITS);
}

/**
 * A page of what is found one by one, so that it costs what is on it: the list is left where the page ends, and begins
 * behind the place that the token of the page before says. What comes and goes meanwhile moves no other thing.
 *
 * @param placeOf what tells where in the list a thing stands
 * @param list what the token is of, and of nothing else
 */
export function pageFrom<T>(
  found: Iterable<T>,
  maxResults: number | undefined,
  placeOf: (item: T) => readonly number[],
  list: List,
): Page<T> {
  const size = sizeOf(maxResults);
  const items: T[] = [];
  for (const item of found) {
    if (items.length === size) {
      return { items, nextToken: tokenOf(placeOf(items[size - 1] as T), list) };
    }
    items.push(item);
  }
  return { items, nextToken: undefined };
}

/** The place that a token of a list says, in so many numbers; undefined when there is no token. */
export function placeIn(nextToken: string | undefined, count: number, list: List): number[] | undefined {
  const numbers = partsIn(nextToken, list)?.map(Number);
  if (numbers !== undefined && (numbers.length !== count || numbers.some((one) => !Number.isInteger(one) || one < 0))) {
    throw refusalOf(list);
  }
  return numbers;
}

/** What a token says, behind the list that it is of; undefined when there is no token. */
function partsIn(nextToken: string | undefined, list: List): string[] | undefined {
  if (nextToken === undefined || nextToken === '') {
    return undefined;
  }
  const parts = Buffer.from(nextToken, 'base64').toString('utf8').split(' ');
  if (parts.shift() !== listOf(list)) {
    throw refusalOf(list);
  }
  return parts;
}

function refusalOf({ service }: List): AwsFault {
  const [name, member] = REFUSALS[service] ?? ['InvalidParameterValueException', 'NextToken'];
  return new AwsFault(name, `${member} is not one that this operation gave`);
}

function sizeOf(maxResults = MOST): number {
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > MOST) {
    throw new AwsFault('InvalidParameterValueException', `MaxResults must be 1 to ${MOST}, got ${maxResults}`);
  }
  return maxResults;
}

function tokenOf(parts: readonly (number | string)[], list: List): string {
  return Buffer.from([listOf(list), ...parts].join(' '), 'utf8').toString('base64');
}
