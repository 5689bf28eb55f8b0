/**
 * DescribeInstanceCreditSpecifications.
 *
 * Source   EC2 API reference: of burstable instances.
 */
import type {
  DescribeInstanceCreditSpecificationsCommandInput,
  DescribeInstanceCreditSpecificationsCommandOutput,
} from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findInstance, INSTANCE, instanceParticulars, typeFacts } from '../ec2-instances';
import { lastOf, resourcesOf } from '../stateful';

export function describeInstanceCreditSpecifications(
  state: WorldState,
  caller: Caller,
  { InstanceIds: ids = [] }: DescribeInstanceCreditSpecificationsCommandInput,
): Omit<DescribeInstanceCreditSpecificationsCommandOutput, '$metadata'> {
  const asked =
    ids.length > 0 ? ids.map((id) => findInstance(state, caller, id)) : resourcesOf(state, caller, INSTANCE);
  const specifications = asked.flatMap((instance) => {
    const { instanceType, cpuCredits } = instanceParticulars(state, instance);
    return typeFacts(instanceType).burstable ? [{ InstanceId: lastOf(instance.arn), CpuCredits: cpuCredits }] : [];
  });
  return { InstanceCreditSpecifications: specifications };
}
