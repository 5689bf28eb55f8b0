/**
 * Commands and flags that are announced and not built yet: refused by name, so that nobody takes them for a typing error.
 *
 * Pure: tables, and what they add to a command.
 * Source   design.md section 2: "A flag that is not built yet is refused by name with exit 2."
 */
import { Command, Option } from 'commander';
import { UsageError } from './usage-error';

/** Commands that are not built yet, with what they will do. */
export const REFUSED_COMMANDS: Readonly<Record<string, string>> = {
  cost: 'monthly forecast by vault, tier, copy and transfer',
  inventory: 'reads the resources of a live account',
  adopt: 'reads the plans of a live account as code',
  prices: 'reads the price list',
};

/** Flags that are not built yet, with the command that they belong to. */
export const REFUSED_FLAGS: Readonly<Record<string, string>> = {
  '--standard': 'check',
  '--report': 'simulate',
  '--enforce-iam': 'simulate',
  '--months': 'cost',
  '--prices': 'cost',
  '--budget': 'cost',
  '--regions': 'inventory',
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

/** Makes the program refuse the commands of the table, whatever follows them. */
export function refuseCommands(program: Command): void {
  for (const [name, does] of Object.entries(REFUSED_COMMANDS)) {
    program
      .command(name, { hidden: true })
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new UsageError(`${name} is not built yet (${does})`);
      });
  }
}
