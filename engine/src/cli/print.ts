/**
 * Prints an answer, or puts it where a flag says.
 *
 * Pure: the host writes.
 */
import type { CommandHost } from '../host/terminal';
import { UsageError } from './usage-error';

/** Prints an answer as JSON, or as blocks of text with a blank line between them. */
export function print<T>(format: 'text' | 'json', answer: T, text: (answer: T) => string[], host: CommandHost): void {
  host.stdout.write(format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : `${text(answer).join('\n\n')}\n`);
}

/** Puts a file where a flag says. */
export function writeAs(flag: string, file: string, text: string, host: CommandHost): void {
  try {
    host.write(file, text);
  } catch (fault) {
    throw new UsageError(`${flag} ${file} cannot be written: ${(fault as Error).message}`);
  }
}
