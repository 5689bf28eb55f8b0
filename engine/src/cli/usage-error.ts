/**
 * What the user asked for that cannot be done: exit 2 and one line, never a stack.
 *
 * Pure: a type.
 */

/** A flag, value or command that cannot be used; the message names flag, value and what is allowed. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
