/**
 * Which of the Worlds of a server a request is for.
 *
 * Pure.
 * Source   `x-holdfast-world` where a client can be given a header; else a prefix that any client's endpoint URL can
 *          have: `http://127.0.0.1:4566/_world/<name>`.
 */
import type { WireRequest } from './message';

/** The World of requests that name none. */
export const DEFAULT_WORLD = 'default';

const HEADER = 'x-holdfast-world';
const PREFIX = /^\/_world\/([^/?]*)(?=\/|$)/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Paths of control, those of named Worlds among them. */
export const CONTROL_PATHS = /^(\/_world\/[^/?]*)?\/_holdfast(\/|$)/;

/** The name that a request has, and the request without it. */
export interface Addressed {
  readonly name: string;
  readonly request: WireRequest;
}

export function worldOf(request: WireRequest): Addressed {
  const [prefix = '', inPath] = PREFIX.exec(request.path) ?? [];
  const name = inPath ?? request.headers[HEADER] ?? DEFAULT_WORLD;
  if (prefix === '') {
    return { name, request };
  }
  const path = request.path.slice(prefix.length);
  return { name, request: { ...request, path: path === '' ? '/' : path, prefix } };
}

/** What is wrong with the name of a World, in words; undefined when nothing is. */
export function worldNameFault(name: string): string | undefined {
  return NAME.test(name)
    ? undefined
    : `a World's name must be 1 to 64 letters, digits, dots, dashes and underscores, got '${name}'`;
}
