/**
 * DescribeInstanceStatus.
 *
 * Source   EC2 API reference: running instances alone, unless all are asked for.
 */
import type { DescribeInstanceStatusCommandInput, DescribeInstanceStatusCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { instanceFacts, instanceShape, instancesShown } from '../ec2-instances';
import { matching } from '../filters';
import { tagMap } from '../stateful';

export function describeInstanceStatus(
  state: WorldState,
  caller: Caller,
  { InstanceIds: ids = [], Filters, IncludeAllInstances: all = false }: DescribeInstanceStatusCommandInput,
): Omit<DescribeInstanceStatusCommandOutput, '$metadata'> {
  const shapes = instancesShown(state, caller, ids).map((instance) => instanceShape(state, instance));
  const found = matching(shapes, Filters, instanceFacts, ({ Tags }) => tagMap(Tags));
  const statuses = found
    .filter(({ State }) => all || State?.Name === 'running')
    .map(({ InstanceId, State = {}, Placement }) => {
      const status = State.Name === 'running' ? ('ok' as const) : ('not-applicable' as const);
      return {
        AvailabilityZone: Placement?.AvailabilityZone ?? '',
        InstanceId,
        InstanceState: State,
        InstanceStatus: { Status: status, Details: [] },
        SystemStatus: { Status: status, Details: [] },
      };
    });
  return { InstanceStatuses: statuses };
}
