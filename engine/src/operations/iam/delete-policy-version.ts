/**
 * DeletePolicyVersion: any but the default one.
 *
 * Source   IAM API reference, DeletePolicyVersion.
 */
import type { DeletePolicyVersionCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findManagedPolicy } from '../find-identity';
import { required } from '../find-vault';

export function deletePolicyVersion(state: WorldState, caller: Caller, input: DeletePolicyVersionCommandInput): void {
  const policy = findManagedPolicy(state, caller, input.PolicyArn);
  const version = required(input.VersionId, 'VersionId');
  if (version === policy.defaultVersion) {
    throw new AwsFault('DeleteConflictException', 'Cannot delete the default version of a policy.');
  }
  if (!policy.versions.delete(version)) {
    throw new AwsFault('NoSuchEntityException', `Policy ${policy.arn} version ${version} does not exist.`);
  }
}
