/**
 * What control is told and answers: JSON, and a refusal in words.
 *
 * Pure.
 */
import { parseJson } from '../kernel/json';
import { textOf, WireAnswer, WireRequest } from './message';

/** What is wrong with a request: the status of its answer, and this text. */
export class ControlFault extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function bodyOf(request: WireRequest): unknown {
  const text = textOf(request.body);
  if (text.trim() === '') {
    return {};
  }
  try {
    return parseJson(text) as unknown;
  } catch (fault) {
    throw new ControlFault(`the body must be JSON: ${(fault as Error).message}`);
  }
}

export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ControlFault(`the body must be an object, got ${JSON.stringify(body)}`);
  }
  return body as Readonly<Record<string, unknown>>;
}

export function jsonAnswer(status: number, body: unknown): WireAnswer {
  const text = `${JSON.stringify(body)}\n`;
  return { status, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(text) };
}
