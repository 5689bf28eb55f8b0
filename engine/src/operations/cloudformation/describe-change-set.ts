/**
 * DescribeChangeSet.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeChangeSet.
 */
import type { DescribeChangeSetCommandInput, DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { findChangeSet } from '../../provision/change-set-calls';
import { showChange } from '../../provision/show-change-set';
import { showParameter, showTags } from '../../provision/show-stack';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

type Output = Omit<DescribeChangeSetCommandOutput, '$metadata'>;

/** How many changes a page has. */
const PAGE = 100;

export function describeChangeSet(state: WorldState, caller: Caller, input: DescribeChangeSetCommandInput): Output {
  const { stack, changeSet } = findChangeSet(state, caller, input);
  const { design } = changeSet;
  const page = pageOf(changeSet.changes, PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'DescribeChangeSet',
    parent: changeSet.id,
    keyOf: ({ logicalId }) => logicalId,
  });
  return given({
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    Parameters: design.parameters.map(showParameter),
    CreationTime: dateOf(changeSet.createdAt),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.reason,
    NotificationARNs: [...design.notificationArns],
    RollbackConfiguration: {},
    Capabilities: [...design.capabilities] as NonNullable<Output['Capabilities']>,
    Tags: showTags(design.tags),
    Changes: page.items.map((change) => showChange(change, input.IncludePropertyValues === true)),
    NextToken: page.nextToken,
    IncludeNestedStacks: changeSet.includeNestedStacks,
    OnStackFailure: changeSet.onStackFailure as Output['OnStackFailure'],
  });
}
