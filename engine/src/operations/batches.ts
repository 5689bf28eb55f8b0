/**
 * Calls of SNS and SQS that carry several entries: what is refused as a whole, and what comes of each entry.
 *
 * Pure.
 * Source   API of SQS 2012-11-05 and of SNS 2010-03-31: up to ten entries; ids of up to 80 alphanumeric characters, hyphens and
 *          underscores, each once; results of each entry in answers of status 200. Texts: as seen in public threads, those of
 *          SNS Assumed.
 */
import { AwsFault, FaultName } from './fault';
import { requiredOf } from './queue-bounds';

const MOST_ENTRIES = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** How one of the two services calls what it refuses. */
export interface BatchWords {
  readonly empty: FaultName;
  readonly tooMany: FaultName;
  readonly notDistinct: FaultName;
  readonly tooLong: FaultName;
  readonly wrongId: FaultName;
  /** What an entry is called, e.g. `SendMessageBatchRequestEntry`. */
  readonly entry: string;
}

export const OF_SQS: Omit<BatchWords, 'entry'> = {
  empty: 'EmptyBatchRequest',
  tooMany: 'TooManyEntriesInBatchRequest',
  notDistinct: 'BatchEntryIdsNotDistinct',
  tooLong: 'BatchRequestTooLong',
  wrongId: 'InvalidBatchEntryId',
};

export const OF_SNS: BatchWords = {
  empty: 'EmptyBatchRequestException',
  tooMany: 'TooManyEntriesInBatchRequestException',
  notDistinct: 'BatchEntryIdsNotDistinctException',
  tooLong: 'BatchRequestTooLongException',
  wrongId: 'InvalidBatchEntryIdException',
  entry: 'PublishBatchRequestEntry',
};

interface Entry {
  readonly Id?: string | undefined;
}

/** Entries of a call that is not refused as a whole. */
export function refuseBatch<E extends Entry>(entries: readonly E[] | undefined, words: BatchWords): readonly E[] {
  const given = entries ?? [];
  if (given.length === 0) {
    throw new AwsFault(words.empty, `There should be at least one ${words.entry} in the request.`);
  }
  if (given.length > MOST_ENTRIES) {
    const text = `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${given.length}.`;
    throw new AwsFault(words.tooMany, text);
  }
  const ids = given.map(({ Id }) => requiredOf(Id, `${words.entry}.1.Id`));
  if (ids.some((id) => !ENTRY_ID.test(id))) {
    const text = 'A batch entry id can only contain alphanumeric characters, hyphens and underscores.';
    throw new AwsFault(words.wrongId, `${text} It can be at most 80 letters long.`);
  }
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) {
    throw new AwsFault(words.notDistinct, `Id ${twice} repeated.`);
  }
  return given;
}

/** The sizes of all entries count together. */
export function refuseLong(bytes: number, most: number, words: BatchWords): void {
  if (bytes > most) {
    const text = `Batch requests cannot be longer than ${most} bytes. You have sent ${bytes} bytes.`;
    throw new AwsFault(words.tooLong, text);
  }
}

/** What a call has answered of an entry that it refused. */
export interface FailedEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** Does each entry in their order; one that is refused keeps none of the others from being done. */
export function eachOf<E extends Entry, R extends object>(
  entries: readonly E[],
  one: (entry: E) => R,
): { Successful: (R & { Id: string })[]; Failed: FailedEntry[] } {
  const Successful: (R & { Id: string })[] = [];
  const Failed: FailedEntry[] = [];
  for (const entry of entries) {
    const Id = entry.Id ?? '';
    try {
      Successful.push({ Id, ...one(entry) });
    } catch (error) {
      if (!(error instanceof AwsFault)) {
        throw error;
      }
      Failed.push({ Id, SenderFault: error.status < 500, Code: error.name, Message: error.message });
    }
  }
  return { Successful, Failed };
}
