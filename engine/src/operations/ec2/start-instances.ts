/**
 * StartInstances.
 *
 * Source   EC2 API reference. Assumed: an instance runs at once.
 */
import type { StartInstancesCommandInput, StartInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInstance, instanceState } from '../ec2-instances';
import { changeResource } from '../stateful';

export function startInstances(
  state: WorldState,
  caller: Caller,
  { InstanceIds: ids = [] }: StartInstancesCommandInput,
): Omit<StartInstancesCommandOutput, '$metadata'> {
  const instances = ids.map((id) => [id, findInstance(state, caller, id)] as const);
  const changes = instances.map(([InstanceId, instance]) => {
    const PreviousState = instanceState(instance.declaration.state);
    changeResource(state, instance, { state: 'running' });
    return { InstanceId, PreviousState, CurrentState: instanceState('running') };
  });
  return { StartingInstances: changes };
}
