/**
 * What changed a World, as it is kept: enough to do it again and come to the same.
 *
 * Pure: commands to JSON and back.
 * Units    `at` and `judgedAt` are Instants.
 */
import type { Answer } from '../domain/functions';
import type { HeldBytes } from '../domain/bodies';
import { HeldBody, textOf, WireRequest } from '../wire/message';
import type { HeldJson } from './bodies/body-store';
import type { NotDone } from './content/content-tape';

/** One change: the clock first, then the request. */
export interface Command {
  /** Where real time had brought the clock of a World before the request. */
  readonly at?: number;
  /** What time it was for the signature of the request; absent where none was verified, or any age would do. */
  readonly judgedAt?: number;
  readonly request?: WireRequest;
  /** What the request was answered; 0 where a fault of the engine was. */
  readonly status?: number;
  /** What functions did meanwhile, in the order in which they began. */
  readonly runs?: readonly RecordedRun[];
  /** The store of captures that the World has from this on, where it began anew. */
  readonly store?: string;
  /** Digests for which the request read what is kept of bodies, in the order in which it did. */
  readonly digests?: readonly string[];
  /** What could not be done with bytes of resources meanwhile. */
  readonly notDone?: readonly NotDone[];
}

/** One run of a function: what it asked of the World, and what came of it. */
export interface RecordedRun {
  readonly calls: WireRequest[];
  answer: Answer;
}

/** Headers that say how a request travels; what it asks for depends on none of them, unless they are signed. */
const TRAVEL =
  /^(accept.*|connection|content-length|expect|keep-alive|transfer-encoding|user-agent|x-amz-user-agent|amz-sdk-request|x-holdfast-world)$/;

interface RequestJson {
  readonly method: string;
  readonly path: string;
  readonly prefix?: string;
  readonly query?: WireRequest['query'];
  readonly headers: WireRequest['headers'];
  readonly body?: string;
  /** In place of `body` where that is no text. */
  readonly base64?: string;
  /** In place of both where it is a file of the data folder. */
  readonly held?: HeldJson & Omit<HeldBody, 'bytes'>;
}

/** A command as JSON. */
export interface CommandJson {
  readonly at?: number;
  readonly judgedAt?: number;
  readonly request?: RequestJson;
  readonly status?: number;
  readonly runs?: readonly { readonly calls: readonly RequestJson[]; readonly answer: Answer }[];
  readonly store?: string;
  readonly digests?: readonly string[];
  readonly notDone?: readonly NotDone[];
}

export function writeCommand(command: Command): CommandJson {
  const { at, judgedAt, request, status, runs, store, digests, notDone } = command;
  return {
    ...(at !== undefined && { at }),
    ...(judgedAt !== undefined && { judgedAt }),
    ...(request !== undefined && { request: writeRequest(request) }),
    ...(status !== undefined && { status }),
    ...(runs !== undefined &&
      runs.length > 0 && { runs: runs.map(({ calls, answer }) => ({ calls: calls.map(writeRequest), answer })) }),
    ...(store !== undefined && { store }),
    ...(digests !== undefined && digests.length > 0 && { digests }),
    ...(notDone !== undefined && notDone.length > 0 && { notDone }),
  };
}

/** @param keeper finds bodies that are files again; none is where no command has any */
export function readCommand(
  { at, judgedAt, request, status, runs, store, digests, notDone }: CommandJson,
  keeper?: { held(json: HeldJson): HeldBytes },
): Command {
  return {
    ...(at !== undefined && { at }),
    ...(judgedAt !== undefined && { judgedAt }),
    ...(request !== undefined && { request: readRequest(request, keeper) }),
    ...(status !== undefined && { status }),
    ...(runs !== undefined && {
      runs: runs.map(({ calls, answer }) => ({
        calls: calls.map((call) => readRequest(call)),
        answer: answerOf(answer),
      })),
    }),
    ...(store !== undefined && { store }),
    ...(digests !== undefined && digests.length > 0 && { digests }),
    ...(notDone !== undefined && notDone.length > 0 && { notDone }),
  };
}

function writeRequest({ method, path, prefix, query, headers, body, held }: WireRequest): RequestJson {
  const text = textOf(body);
  const isText = Buffer.from(text, 'utf8').equals(body);
  const signed = new Set(/SignedHeaders=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1]?.split(';'));
  return {
    method,
    path,
    ...(prefix !== undefined && { prefix }),
    ...(Object.keys(query).length > 0 && { query }),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => signed.has(name) || !TRAVEL.test(name))),
    ...(body.length > 0 && (isText ? { body: text } : { base64: Buffer.from(body).toString('base64') })),
    ...(held !== undefined && writeHeld(held)),
  };
}

function writeHeld({ bytes, ...others }: HeldBody): Pick<RequestJson, 'held'> {
  const { id, sizeBytes, digests } = bytes;
  return id === undefined ? {} : { held: { id, sizeBytes, digests, ...others } };
}

function readRequest(
  { method, path, prefix, query = {}, headers, body = '', base64, held }: RequestJson,
  keeper?: { held(json: HeldJson): HeldBytes },
): WireRequest {
  const bytes = base64 === undefined ? Buffer.from(body, 'utf8') : Buffer.from(base64, 'base64');
  const request = { method, path, query, headers, body: bytes, ...(prefix !== undefined && { prefix }) };
  if (held === undefined || keeper === undefined) {
    return request;
  }
  const { id, sizeBytes, digests, ...others } = held;
  return { ...request, held: { ...others, bytes: keeper.held({ id, sizeBytes, digests }) } };
}

/** JSON leaves out what is undefined. */
function answerOf({ payload, error, log }: Partial<Answer>): Answer {
  return { payload, error, log: log ?? [] };
}
