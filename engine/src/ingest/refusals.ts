/**
 * What keeps artifacts from being read: gathered thing by thing, and said at once.
 *
 * Owns     the refusals of one reading.
 */
import { IngestRefusal, IngestRefusals } from './artifact';

export class GatheredRefusals {
  protected readonly all: IngestRefusal[] = [];

  /** Reads one thing; what refuses it is kept, and others are read. Undefined where it is refused. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.keep(error);
      return undefined;
    }
  }

  /** @throws IngestRefusal where something was refused; IngestRefusals where that is more than one thing */
  settle(): void {
    refuseAll(this.all);
  }

  /** @throws what is no refusal */
  protected keep(error: unknown): void {
    this.all.push(...refusalsOf(error));
  }
}

/** Each of the refusals that were thrown together. @throws what is none */
export function refusalsOf(error: unknown): readonly [IngestRefusal, ...IngestRefusal[]] {
  if (!(error instanceof IngestRefusal)) {
    throw error;
  }
  return error instanceof IngestRefusals ? error.all : [error];
}

/**
 * What is refused in the same words is said once.
 *
 * @throws IngestRefusal where there is one; IngestRefusals where there are more
 */
export function refuseAll(refusals: readonly IngestRefusal[]): void {
  const [first, ...others] = new Map(refusals.map((refusal) => [refusal.message, refusal])).values();
  if (first !== undefined) {
    throw others.length === 0 ? first : new IngestRefusals([first, ...others]);
  }
}

/** Parameters of one file that have no value, as one refusal. */
export function refusalOfUnset(file: string, place: string, names: readonly string[]): IngestRefusal {
  const why = `have neither a default nor a value: ${names.join(', ')}; give each as --parameter <name>=<value>`;
  return new IngestRefusal(file, place, why);
}
