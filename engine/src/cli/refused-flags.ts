/**
 * Flags that are announced and not built yet: refused by name, so that nobody takes them for a typing error.
 *
 * Pure: tables, and what they add to a command.
 * Source   design.md section 2: "A flag that is not built yet is refused by name with exit 2."
 */
import { Command, Option } from 'commander';
import { UsageError } from './usage-error';

/** Flags that are not built yet, with the command that they belong to. */
export const REFUSED_FLAGS: Readonly<Record<string, string>> = {
  '--enforce-iam': 'simulate',
};

/** Makes a command refuse the flags of the table rather than call them unknown; those that it has itself it takes. */
export function refuseFlags(command: Command): void {
  const own = command.options.map(({ long }) => long);
  for (const [flag, owner] of Object.entries(REFUSED_FLAGS).filter(([name]) => !own.includes(name))) {
    const option = new Option(`${flag} [value]`).hideHelp();
    command.addOption(option);
    command.on(`option:${option.name()}`, () => {
      throw new UsageError(`${flag} is not built yet (it will belong to ${owner})`);
    });
  }
}
