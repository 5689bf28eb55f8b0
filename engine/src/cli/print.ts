/**
 * Prints an answer.
 *
 * Pure: writes to the host's stdout and nothing else.
 */
import type { CommandHost } from '../host/terminal';

/** Prints an answer as JSON, or as blocks of text with a blank line between them. */
export function print<T>(format: 'text' | 'json', answer: T, text: (answer: T) => string[], host: CommandHost): void {
  host.stdout.write(format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : `${text(answer).join('\n\n')}\n`);
}
