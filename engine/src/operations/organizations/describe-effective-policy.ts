/**
 * DescribeEffectivePolicy: what comes of the backup policies that reach an account.
 *
 * Source   API reference of AWS Organizations, DescribeEffectivePolicy; B11.1/7, B11.2/4.
 */
import type {
  DescribeEffectivePolicyCommandInput,
  DescribeEffectivePolicyCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findAccount, findOrganization } from '../find-organization';
import { dateOf } from '../../kernel/instant';

export function describeEffectivePolicy(
  state: WorldState,
  caller: Caller,
  input: DescribeEffectivePolicyCommandInput,
): Omit<DescribeEffectivePolicyCommandOutput, '$metadata'> {
  const organization = findOrganization(state, caller);
  const target = findAccount(organization, input.TargetId ?? caller.account);
  if (input.PolicyType !== 'BACKUP_POLICY') {
    throw new AwsFault('InvalidInputException', `PolicyType must be BACKUP_POLICY, got ${input.PolicyType}`);
  }
  if (target.id !== caller.account && !organization.isAdministrator(caller.account)) {
    throw new AwsFault('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  const found = state.organizationPlans.effective(organization).find((policy) => policy.accountId === target.id);
  if (found === undefined || found.settings.length === 0) {
    throw new AwsFault('EffectivePolicyNotFoundException', `No effective backup policy reaches ${target.id}.`);
  }
  return {
    EffectivePolicy: {
      PolicyContent: JSON.stringify(found.content),
      TargetId: target.id,
      PolicyType: 'BACKUP_POLICY',
      LastUpdatedTimestamp: dateOf(state.now),
    },
  };
}
