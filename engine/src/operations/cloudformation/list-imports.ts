/**
 * ListImports: the stacks that use an export.
 *
 * Source   API of CloudFormation 2010-05-15, ListImports.
 */
import type { ListImportsCommandInput, ListImportsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { pageOf } from '../page';

/** How many stacks a page has. */
const PAGE = 100;

export function listImports(
  state: WorldState,
  caller: Caller,
  input: ListImportsCommandInput,
): Omit<ListImportsCommandOutput, '$metadata'> {
  const name = input.ExportName ?? '';
  const { stacks } = state.services;
  if (stacks.exporting(caller, name) === undefined) {
    throw new AwsFault('ValidationError', `Export '${name}' does not exist.`);
  }
  const users = stacks.importing(caller, name);
  if (users.length === 0) {
    throw new AwsFault('ValidationError', `Export '${name}' is not imported by any stack.`);
  }
  const page = pageOf(users, PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListImports',
    parent: name,
    keyOf: ({ id }) => id,
  });
  return given({ Imports: page.items.map((stack) => stack.name), NextToken: page.nextToken });
}
