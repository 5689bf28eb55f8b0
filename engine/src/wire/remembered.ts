/**
 * Answers to what clients may ask again: a call that went well, and whose answer got lost, is not made twice.
 *
 * Owns     the latest answers by the caller and the id that clients give to a call with all its attempts.
 * Units    bytes.
 * Source   AWS SDKs and Tools reference, `amz-sdk-invocation-id`: the same for every attempt of one call. The Go SDK asks
 *          again when headers and body come apart, and a create that is made twice says that the thing exists.
 */
import type { Caller } from '../operations/caller';
import type { WireAnswer, WireRequest } from './message';

const MOST_ANSWERS = 1000;
const MOST_BYTES = 16 * 1024 * 1024;

export class Remembered {
  private readonly answers = new Map<string, WireAnswer>();
  private size = 0;

  /** The answer to an attempt that came before; undefined when there was none that went well. */
  tryFind(request: WireRequest, caller: Caller): WireAnswer | undefined {
    const key = keyOf(request, caller);
    return key === undefined ? undefined : this.answers.get(key);
  }

  /** Keeps an answer that went well, and forgets the oldest where there are too many. What failed may be tried again. */
  keep(request: WireRequest, caller: Caller, answer: WireAnswer): void {
    const key = keyOf(request, caller);
    if (key === undefined || answer.status >= 300 || answer.body.length > MOST_BYTES) {
      return;
    }
    this.answers.set(key, answer);
    this.size += answer.body.length;
    for (const [oldest, { body }] of this.answers) {
      if (this.answers.size <= MOST_ANSWERS && this.size <= MOST_BYTES) {
        return;
      }
      this.answers.delete(oldest);
      this.size -= body.length;
    }
  }
}

/** Undefined for what only reads, and for clients that give no ids. */
function keyOf({ method, path, headers }: WireRequest, caller: Caller): string | undefined {
  const id = headers['amz-sdk-invocation-id'];
  const { account, region, principalArn = '', session } = caller;
  return id === undefined || method === 'GET' || method === 'HEAD'
    ? undefined
    : [id, account, region, principalArn, session?.id ?? '', method, path, headers['x-amz-target'] ?? ''].join(' ');
}
