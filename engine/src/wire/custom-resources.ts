/**
 * What is put to the addresses that CloudFormation hands out: answers of custom resources, and signals for wait conditions.
 *
 * Pure but for the answer, and the signals, which waits for the stack.
 * Source   AWS CloudFormation User Guide, "Custom resource response objects": the URL is good for one answer of those who know it;
 *          "Create wait conditions in a CloudFormation template": the JSON of a signal, and that it has no content type.
 */
import type { Signal } from '../domain/stack-waits';
import type { WorldState } from '../domain/world-state';
import { parseJson } from '../kernel/json';
import type { WireAnswer, WireRequest } from './message';

/** Where the runtime of functions sends what goes to CloudFormation's buckets. */
export const RESPONSES = '/_cloudformation/responses/';

/** Undefined when the request is another one. */
export function customResponse(
  { services }: WorldState,
  request: WireRequest,
): WireAnswer | Promise<WireAnswer> | undefined {
  if (!request.path.startsWith(RESPONSES)) {
    return undefined;
  }
  const { responses, waits } = services.stacks;
  const id = request.path.slice(RESPONSES.length);
  const body = Buffer.from(request.body).toString('utf8');
  const handle = waits.handles.get(id);
  if (request.method === 'PUT' && handle !== undefined) {
    const signal = (request.headers['content-type'] ?? '') === '' ? signalIn(body) : undefined;
    if (signal === undefined) {
      return answer(403);
    }
    if (handle.signals.has(signal.uniqueId)) {
      return answer(200);
    }
    handle.signals.set(signal.uniqueId, signal);
    const more = waits.came(handle.signals);
    return more instanceof Promise ? more.then(() => answer(200)) : answer(200);
  }
  const awaited = request.method === 'PUT' && responses.has(id);
  if (awaited) {
    responses.set(id, body);
  }
  return answer(awaited ? 200 : 403);
}

function answer(status: number): WireAnswer {
  return { status, headers: {}, body: new Uint8Array(0) };
}

function signalIn(body: string): Signal | undefined {
  let read: unknown;
  try {
    read = parseJson(body);
  } catch {
    return undefined;
  }
  const { Status: status, UniqueId, Reason, Data } = (read ?? {}) as Readonly<Record<string, unknown>>;
  if ((status !== 'SUCCESS' && status !== 'FAILURE') || typeof UniqueId !== 'string' || UniqueId === '') {
    return undefined;
  }
  const [reason, data] = [Reason, Data].map((text) => (text === undefined ? undefined : String(text)));
  return { uniqueId: UniqueId, status, reason, data };
}
