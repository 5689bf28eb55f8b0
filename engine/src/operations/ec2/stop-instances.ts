/**
 * StopInstances.
 *
 * Source   EC2 API reference: DisableApiStop. A stopped instance is backed up all the same (B4.3/3).
 */
import type { StopInstancesCommandInput, StopInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInstance, instanceParticulars, instanceState } from '../ec2-instances';
import { AwsFault } from '../fault';
import { changeResource } from '../stateful';

export function stopInstances(
  state: WorldState,
  caller: Caller,
  { InstanceIds: ids = [] }: StopInstancesCommandInput,
): Omit<StopInstancesCommandOutput, '$metadata'> {
  const instances = ids.map((id) => [id, findInstance(state, caller, id)] as const);
  const kept = instances.find(([, instance]) => instanceParticulars(state, instance).disableApiStop);
  if (kept !== undefined) {
    throw new AwsFault(
      'OperationNotPermitted',
      `The instance '${kept[0]}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    );
  }
  const changes = instances.map(([InstanceId, instance]) => {
    const PreviousState = instanceState(instance.declaration.state);
    changeResource(state, instance, { state: 'stopped' });
    return { InstanceId, PreviousState, CurrentState: instanceState('stopped') };
  });
  return { StoppingInstances: changes };
}
