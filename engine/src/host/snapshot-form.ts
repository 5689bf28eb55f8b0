/**
 * The form of a snapshot: each place that is not what it must be is refused before anything is done.
 *
 * Pure.
 * Spec     docs/schemas/holdfast.snapshot-1.json, whose patterns these are.
 */
import { BackupLimits } from '@holdfast/model';
import { CONTROL } from '../wire/control';
import { StoreFault } from './store-fault';

type Fields = Readonly<Record<string, unknown>>;
type Check = readonly [is: (value: unknown) => boolean, must: string];

const TEXT: Check = [(value) => typeof value === 'string', 'text'];
const FLAG: Check = [(value) => typeof value === 'boolean', 'true or false'];
const COUNT: Check = [(value) => Number.isSafeInteger(value) && (value as number) >= 0, 'a whole number from 0'];
const { S3_BUCKETS: LEAST, S3_BUCKETS_RAISED: MOST } = BackupLimits;
const QUOTA: Check = [
  (value) => Number.isInteger(value) && (value as number) >= LEAST && (value as number) <= MOST,
  `a whole number from ${LEAST} to ${MOST}`,
];
/** Source: ECMA-262, "Time Values": 8.64e15 milliseconds from 1970. */
const INSTANT: Check = [
  (value) => Number.isInteger(value) && Math.abs(value as number) <= 8.64e15,
  'a whole number of milliseconds since 1970, up to 8640000000000000',
];
const STATUS: Check = [
  (value) => value === 0 || (Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599),
  'a status from 100 to 599, or 0',
];
const TEXTS: Check = [
  (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  'a list of texts',
];
const VALUES: Check = [
  (value) => isObject(value) && Object.values(value).every((one) => TEXT[0](one) || TEXTS[0](one)),
  'an object of texts, or lists of them',
];
const HEADERS: Check = [
  (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
  'an object of texts',
];
const OBJECT: Check = [isObject, 'an object'];
const LIST: Check = [Array.isArray, 'a list'];
/** The bytes of a snapshot are in it: it names no file of whoever loads it. */
const ABSENT: Check = [() => false, 'absent: bytes of a snapshot are in base64'];

function matching(pattern: RegExp, must: string): Check {
  return [(value) => typeof value === 'string' && pattern.test(value), must];
}

const PLACE: Readonly<Record<string, Check>> = {
  partition: matching(/^aws[a-z-]{0,20}$/, 'a partition such as aws'),
  account: matching(/^[0-9]{12}$/, 'an account of 12 digits'),
  region: matching(/^[a-z0-9-]{1,40}$/, 'a Region such as us-east-1'),
};
const BEGIN: Readonly<Record<string, Check>> = { env: OBJECT, start: INSTANT, seed: COUNT };
const REQUEST: Readonly<Record<string, Check>> = { method: TEXT, path: matching(/^\//, 'a path'), headers: HEADERS };
const OF_REQUEST: Readonly<Record<string, Check>> = {
  ...{ prefix: TEXT, query: VALUES, body: TEXT, base64: TEXT, held: ABSENT },
};
const OF_COMMAND: Readonly<Record<string, Check>> = {
  ...{ at: INSTANT, judgedAt: INSTANT, request: OBJECT, status: STATUS, runs: LIST, digests: TEXTS, notDone: LIST },
};
const NOT_DONE: Readonly<Record<string, Check>> = { what: TEXT, message: TEXT };
const RUN: Readonly<Record<string, Check>> = { calls: LIST, answer: OBJECT };

/** @throws StoreFault naming the first place that is not what it must be */
export function refuseMalformed(begin: object, commands: readonly unknown[]): void {
  refuse('begin', begin, BEGIN, { enforceIam: FLAG, bucketQuota: QUOTA });
  refuse('begin.env', (begin as Fields)['env'], PLACE);
  commands.forEach((command, index) => refuseCommand(command, `commands[${index}]`));
}

function refuseCommand(command: unknown, place: string): void {
  const { request, runs, notDone } = refuse(place, command, {}, OF_COMMAND);
  if (request !== undefined) {
    const { method, path } = refuseRequest(request, `${place}.request`);
    if (method === 'POST' && `${String(path)}/`.startsWith(`${CONTROL}snapshot/`)) {
      throw new StoreFault(`the snapshot's ${place}.request must not load another snapshot`);
    }
  }
  ((notDone ?? []) as unknown[]).forEach((one, index) => refuse(`${place}.notDone[${index}]`, one, NOT_DONE));
  ((runs ?? []) as unknown[]).forEach((run, index) => {
    const at = `${place}.runs[${index}]`;
    const { calls } = refuse(at, run, RUN);
    (calls as unknown[]).forEach((call, number) => refuseRequest(call, `${at}.calls[${number}]`));
  });
}

function refuseRequest(request: unknown, place: string): Fields {
  return refuse(place, request, REQUEST, OF_REQUEST);
}

/** What the fields of an object are. @param may those that can be absent */
function refuse(
  place: string,
  given: unknown,
  must: Readonly<Record<string, Check>>,
  may: Readonly<Record<string, Check>> = {},
): Fields {
  if (!isObject(given)) {
    throw fault(place, OBJECT[1], given);
  }
  for (const [name, [is, what]] of Object.entries({ ...must, ...may })) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!is(value) && (value !== undefined || name in must)) {
      throw fault(`${place}.${name}`, what, value);
    }
  }
  return given;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(place: string, must: string, got: unknown): StoreFault {
  const text = JSON.stringify(got) ?? 'nothing';
  return new StoreFault(
    `the snapshot's ${place} must be ${must}, got ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`,
  );
}
