/**
 * A World as a document: what it began with, and every command since, sealed by a checksum.
 *
 * Pure.
 */
import { createHash } from 'node:crypto';
import { StoreFault } from './store-fault';
import { newerThan } from './versions';

export interface WorldDocument<Begin, Command> {
  readonly schema: string;
  /** Which Holdfast wrote it. */
  readonly version: string;
  /** What the World began with. */
  readonly begin: Begin;
  /** Oldest first. */
  readonly commands: readonly Command[];
  /** Of the World's events: whoever does the commands again must come to the same. */
  readonly digest: string;
  /** Over everything above. */
  readonly checksum: string;
}

/** A kind of such documents, and what refusals call it. */
export interface DocumentKind {
  readonly schema: string;
  readonly noun: string;
}

export function writeDocument<Begin, Command>(
  { schema }: DocumentKind,
  said: Omit<WorldDocument<Begin, Command>, 'schema' | 'checksum'>,
): WorldDocument<Begin, Command> {
  const { version, begin, commands, digest } = said;
  const whole = { schema, version, begin, commands, digest };
  return { ...whole, checksum: checksumOf(whole) };
}

/**
 * Reads a document.
 *
 * @param version that of this Holdfast
 * @throws StoreFault saying what is wrong with it
 */
export function readDocument<Begin, Command>(
  { schema, noun }: DocumentKind,
  given: unknown,
  version: string,
): WorldDocument<Begin, Command> {
  const document = (typeof given === 'object' && given !== null ? given : {}) as Partial<WorldDocument<Begin, Command>>;
  const { schema: is, checksum, version: by, begin, commands, digest } = document;
  if (is !== schema) {
    throw new StoreFault(`a ${noun} must have schema ${schema}, got ${JSON.stringify(is)}`);
  }
  const isWhole = typeof by === 'string' && typeof begin === 'object' && begin !== null && typeof digest === 'string';
  if (!isWhole || !Array.isArray(commands)) {
    throw new StoreFault(
      `the ${noun} is not whole: it must have version and digest, which are text, begin, an object, and commands, a list`,
    );
  }
  const read = { schema, version: by, begin, commands: commands as readonly Command[], digest };
  const sum = checksumOf(read);
  if (checksum !== sum) {
    throw new StoreFault(`the ${noun} is damaged: its checksum is ${sum}, and it says ${JSON.stringify(checksum)}`);
  }
  if (newerThan(by, version)) {
    throw new StoreFault(`the ${noun} was written by Holdfast ${by}, and this is ${version}`);
  }
  return { ...read, checksum: sum };
}

function checksumOf(said: Omit<WorldDocument<unknown, unknown>, 'checksum'>): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(said), 'utf8').digest('hex')}`;
}
