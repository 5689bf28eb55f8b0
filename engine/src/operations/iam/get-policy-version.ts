/**
 * GetPolicyVersion: a document, encoded as in URLs.
 *
 * Source   IAM API reference, GetPolicyVersion.
 */
import type { GetPolicyVersionCommandInput, GetPolicyVersionCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { AwsFault } from '../fault';
import { encoded, readManagedPolicy } from '../find-identity';
import { required } from '../find-vault';

export function getPolicyVersion(
  state: WorldState,
  caller: Caller,
  input: GetPolicyVersionCommandInput,
): Omit<GetPolicyVersionCommandOutput, '$metadata'> {
  const policy = readManagedPolicy(state, caller, input.PolicyArn);
  const VersionId = required(input.VersionId, 'VersionId');
  const version = policy.versions.get(VersionId);
  if (version === undefined) {
    throw new AwsFault('NoSuchEntityException', `Policy ${policy.arn} version ${VersionId} does not exist.`);
  }
  return {
    PolicyVersion: {
      Document: encoded(version.document),
      VersionId,
      IsDefaultVersion: policy.defaultVersion === VersionId,
      CreateDate: dateOf(version.createdAt),
    },
  };
}
