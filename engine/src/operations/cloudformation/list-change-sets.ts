/**
 * ListChangeSets of a stack.
 *
 * Source   API of CloudFormation 2010-05-15, ListChangeSets.
 */
import type { ListChangeSetsCommandInput, ListChangeSetsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { findStandingStack } from '../../provision/stack-calls';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

/** How many change sets a page has. */
const PAGE = 100;

export function listChangeSets(
  state: WorldState,
  caller: Caller,
  input: ListChangeSetsCommandInput,
): Omit<ListChangeSetsCommandOutput, '$metadata'> {
  const stack = findStandingStack(state, caller, input.StackName);
  const page = pageOf([...stack.changeSets.values()], PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListChangeSets',
    parent: stack.id,
    keyOf: ({ id }) => id,
  });
  const Summaries = page.items.map((changeSet) =>
    given({
      StackId: stack.id,
      StackName: stack.name,
      ChangeSetId: changeSet.id,
      ChangeSetName: changeSet.name,
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.reason,
      CreationTime: dateOf(changeSet.createdAt),
      Description: changeSet.description,
      IncludeNestedStacks: changeSet.includeNestedStacks,
    }),
  );
  return given({ Summaries, NextToken: page.nextToken });
}
