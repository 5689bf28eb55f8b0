// What the API model has: operations of AWS Backup, their members and their errors.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { NormalizedSchema } from '@smithy/core/schema';
import * as sdk from '@aws-sdk/client-backup';

const DECLARATIONS = path.join(path.dirname(require.resolve('@aws-sdk/client-backup/package.json')), 'dist-types');

/** Every operation that the SDK has. */
export const OPERATIONS: readonly string[] = fs
  .readdirSync(path.join(DECLARATIONS, 'commands'))
  .flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []);

/** The errors that the SDK declares for an operation. */
export function modelledErrors(operation: string): string[] {
  const text = fs.readFileSync(path.join(DECLARATIONS, 'commands', `${operation}Command.d.ts`), 'utf8');
  return [...text.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)].map(([, name = '']) => name);
}

/** Whether an operation has no required member that a client could leave out. */
export function asksOnlyInPath(operation: string): boolean {
  return Object.values(members(operation) ?? {}).every(({ required, inPath }) => !required || inPath);
}

export interface Member {
  readonly required: boolean;
  readonly inPath: boolean;
}

/** The members of an operation's input. */
export function members(operation: string): Readonly<Record<string, Member>> | undefined {
  const schema = (sdk as unknown as Readonly<Record<string, unknown>>)[`${operation}$`];
  if (!Array.isArray(schema)) {
    return undefined;
  }
  const input = NormalizedSchema.of(schema[4] as never);
  const raw = input.getSchema() as unknown as readonly unknown[];
  const count = Number(raw[6] ?? 0);
  return Object.fromEntries(
    [...input.structIterator()].map(([name, member], index) => [
      name,
      { required: index < count, inPath: member.getMergedTraits().httpLabel !== undefined },
    ]),
  );
}
