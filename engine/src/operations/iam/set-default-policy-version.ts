/**
 * SetDefaultPolicyVersion.
 *
 * Source   IAM API reference, SetDefaultPolicyVersion.
 */
import type { SetDefaultPolicyVersionCommandInput } from '@aws-sdk/client-iam';
import { POLICY_CHANGED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { logIdentity } from '../change-identity';
import { AwsFault } from '../fault';
import { findManagedPolicy } from '../find-identity';
import { required } from '../find-vault';

export function setDefaultPolicyVersion(
  state: WorldState,
  caller: Caller,
  input: SetDefaultPolicyVersionCommandInput,
): void {
  const policy = findManagedPolicy(state, caller, input.PolicyArn);
  const version = required(input.VersionId, 'VersionId');
  if (!policy.versions.has(version)) {
    throw new AwsFault('NoSuchEntityException', `Policy ${policy.arn} version ${version} does not exist.`);
  }
  policy.defaultVersion = version;
  logIdentity(state, POLICY_CHANGED, policy, policy.document);
}
