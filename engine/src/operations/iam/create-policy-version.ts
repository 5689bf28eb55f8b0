/**
 * CreatePolicyVersion: at most five stand at a time.
 *
 * Source   IAM API reference, CreatePolicyVersion.
 */
import type { CreatePolicyVersionCommandInput, CreatePolicyVersionCommandOutput } from '@aws-sdk/client-iam';
import { POLICY_CHANGED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { logIdentity } from '../change-identity';
import { AwsFault } from '../fault';
import { findManagedPolicy } from '../find-identity';
import { policyText } from '../policy-document';
import { MANAGED_CHARACTERS } from './create-policy';

const MOST_VERSIONS = 5;

export function createPolicyVersion(
  state: WorldState,
  caller: Caller,
  input: CreatePolicyVersionCommandInput,
): Omit<CreatePolicyVersionCommandOutput, '$metadata'> {
  const policy = findManagedPolicy(state, caller, input.PolicyArn);
  const document = policyText(input.PolicyDocument, 'PolicyDocument', MANAGED_CHARACTERS);
  if (policy.versions.size >= MOST_VERSIONS) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `A managed policy can have up to ${MOST_VERSIONS} versions.`);
  }
  policy.made++;
  const version = `v${policy.made}`;
  policy.versions.set(version, { document, createdAt: state.now });
  if (input.SetAsDefault === true) {
    policy.defaultVersion = version;
    logIdentity(state, POLICY_CHANGED, policy, document);
  }
  const IsDefaultVersion = policy.defaultVersion === version;
  return { PolicyVersion: { VersionId: version, IsDefaultVersion, CreateDate: dateOf(state.now) } };
}
