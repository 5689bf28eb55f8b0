/**
 * Answers of custom resources: whoever was asked by a stack puts them to the address that it was given.
 *
 * Pure but for the answer, which waits for the stack.
 * Source   AWS CloudFormation User Guide, "Custom resource response objects": the URL is good for one answer of those who know it.
 */
import type { WorldState } from '../domain/world-state';
import type { WireAnswer, WireRequest } from './message';

/** Where the runtime of functions sends what goes to CloudFormation's bucket. */
export const RESPONSES = '/_cloudformation/responses/';

/** Undefined when the request is another one. */
export function customResponse({ services }: WorldState, request: WireRequest): WireAnswer | undefined {
  if (!request.path.startsWith(RESPONSES)) {
    return undefined;
  }
  const { responses } = services.stacks;
  const id = request.path.slice(RESPONSES.length);
  const awaited = request.method === 'PUT' && responses.has(id);
  if (awaited) {
    responses.set(id, Buffer.from(request.body).toString('utf8'));
  }
  return { status: awaited ? 200 : 403, headers: {}, body: new Uint8Array(0) };
}
