/**
 * ListExports of an account and Region.
 *
 * Source   API of CloudFormation 2010-05-15, ListExports.
 */
import type { ListExportsCommandInput, ListExportsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

/** How many exports a page has. */
const PAGE = 100;

export function listExports(
  state: WorldState,
  caller: Caller,
  input: ListExportsCommandInput,
): Omit<ListExportsCommandOutput, '$metadata'> {
  const exports = state.services.stacks
    .standing(caller)
    .flatMap((stack) =>
      stack.outputs.flatMap(({ exportName: Name, value: Value }) =>
        Name === undefined ? [] : [{ ExportingStackId: stack.id, Name, Value }],
      ),
    );
  const page = pageOf(exports, PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListExports',
    keyOf: ({ Name }) => Name,
  });
  return given({ Exports: page.items, NextToken: page.nextToken });
}
