/**
 * ListStackInstances of a stack set.
 *
 * Source   API of CloudFormation 2010-05-15, ListStackInstances.
 */
import type { ListStackInstancesCommandInput, ListStackInstancesCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showInstanceSummary } from '../../provision/show-stack-set';
import { findStackSet } from '../../provision/stack-set-runs';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function listStackInstances(
  state: WorldState,
  caller: Caller,
  input: ListStackInstancesCommandInput,
): Omit<ListStackInstancesCommandOutput, '$metadata'> {
  const set = findStackSet(state, caller, input.StackSetName);
  const { StackInstanceAccount: account, StackInstanceRegion: region } = input;
  const instances = [...set.instances.values()].filter(
    (one) => (account ?? one.account) === one.account && (region ?? one.region) === one.region,
  );
  const page = pageOf(instances, input.MaxResults, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListStackInstances',
    parent: set.id,
    keyOf: ({ account, region }) => `${account} ${region}`,
  });
  return given({ Summaries: page.items.map((one) => showInstanceSummary(set, one)), NextToken: page.nextToken });
}
