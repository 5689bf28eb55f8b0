/**
 * TerminateInstances.
 *
 * Source   EC2 API reference: DisableApiTermination; volumes go with the instance where they were told to.
 */
import type { TerminateInstancesCommandInput, TerminateInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInstance, instanceParticulars, instanceState } from '../ec2-instances';
import { AwsFault } from '../fault';

export function terminateInstances(
  state: WorldState,
  caller: Caller,
  { InstanceIds: ids = [] }: TerminateInstancesCommandInput,
): Omit<TerminateInstancesCommandOutput, '$metadata'> {
  const instances = ids.map((id) => [id, findInstance(state, caller, id)] as const);
  const kept = instances.find(([, instance]) => instanceParticulars(state, instance).disableApiTermination);
  if (kept !== undefined) {
    throw new AwsFault(
      'OperationNotPermitted',
      `The instance '${kept[0]}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    );
  }
  const changes = instances.map(([InstanceId, instance]) => {
    const PreviousState = instanceState(instance.declaration.state);
    for (const { volumeArn, deleteOnTermination } of state.services.ec2.attachedTo(instance.arn)) {
      state.services.ec2.detach(volumeArn);
      const volume = state.ledger.resources.tryFind(volumeArn);
      if (deleteOnTermination && volume !== undefined) {
        state.removeResource(volume);
      }
    }
    state.removeResource(instance);
    state.services.ec2.terminatedAts.set(instance.arn, state.now);
    return { InstanceId, PreviousState, CurrentState: instanceState('terminated') };
  });
  return { TerminatingInstances: changes };
}
