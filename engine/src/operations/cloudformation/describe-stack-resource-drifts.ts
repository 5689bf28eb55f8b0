/**
 * DescribeStackResourceDrifts.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackResourceDrifts: those that were looked for last.
 */
import type {
  DescribeStackResourceDriftsCommandInput,
  DescribeStackResourceDriftsCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import { showResourceDrift } from '../../provision/show-drift';
import { findStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function describeStackResourceDrifts(
  state: WorldState,
  caller: Caller,
  input: DescribeStackResourceDriftsCommandInput,
): Omit<DescribeStackResourceDriftsCommandOutput, '$metadata'> {
  const stack = findStack(state, caller, input.StackName);
  const statuses: readonly string[] = input.StackResourceDriftStatusFilters ?? [];
  const found = [...stack.resources.values()].flatMap((line) =>
    line.drift === undefined || (statuses.length > 0 && !statuses.includes(line.drift.status))
      ? []
      : [showResourceDrift(stack, line, line.drift)],
  );
  const page = pageOf(found, input.MaxResults, input.NextToken, {
    service: 'cloudformation',
    operation: 'DescribeStackResourceDrifts',
    parent: stack.id,
    keyOf: ({ LogicalResourceId = '' }) => LogicalResourceId,
  });
  return given({ StackResourceDrifts: page.items, NextToken: page.nextToken });
}
