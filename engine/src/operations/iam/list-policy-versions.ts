/**
 * ListPolicyVersions.
 *
 * Source   IAM API reference, ListPolicyVersions.
 */
import type { ListPolicyVersionsCommandInput, ListPolicyVersionsCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import { readManagedPolicy } from '../find-identity';
import { pageOf } from '../page';

export function listPolicyVersions(
  state: WorldState,
  caller: Caller,
  input: ListPolicyVersionsCommandInput,
): Omit<ListPolicyVersionsCommandOutput, '$metadata'> {
  const { defaultVersion, versions } = readManagedPolicy(state, caller, input.PolicyArn);
  const all = [...versions].map(([VersionId, { createdAt }]) => ({
    VersionId,
    IsDefaultVersion: VersionId === defaultVersion,
    CreateDate: dateOf(createdAt),
  }));
  const page = pageOf(all, input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListPolicyVersions',
    parent: input.PolicyArn,
    keyOf: ({ VersionId }) => VersionId,
  });
  return given({ Versions: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
