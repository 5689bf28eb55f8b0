/**
 * DescribeInstances.
 *
 * Source   EC2 API reference. A terminated instance is shown for an hour.
 */
import type { DescribeInstancesCommandInput, DescribeInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { instanceFacts, instanceShape, instancesShown, reservationShape } from '../ec2-instances';
import { matching } from '../filters';
import { pageOf } from '../page';
import { tagMap } from '../stateful';

export function describeInstances(
  state: WorldState,
  caller: Caller,
  { InstanceIds: ids = [], Filters, MaxResults, NextToken }: DescribeInstancesCommandInput,
): Omit<DescribeInstancesCommandOutput, '$metadata'> {
  const shapes = instancesShown(state, caller, ids).map((instance) => instanceShape(state, instance));
  const found = matching(shapes, Filters, instanceFacts, ({ Tags }) => tagMap(Tags));
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeInstances',
    keyOf: ({ InstanceId = '' }) => InstanceId,
  });
  const reservations = page.items.map((instance) => reservationShape(caller, [instance]));
  return given({ Reservations: reservations, NextToken: page.nextToken });
}
