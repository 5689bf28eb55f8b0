/**
 * ListAccessKeys of a user.
 *
 * Source   IAM API reference, ListAccessKeys.
 */
import type { ListAccessKeysCommandInput, ListAccessKeysCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { userMeant } from '../access-key';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function listAccessKeys(
  state: WorldState,
  caller: Caller,
  input: ListAccessKeysCommandInput,
): Omit<ListAccessKeysCommandOutput, '$metadata'> {
  const user = userMeant(state, caller, input.UserName);
  const page = pageOf(state.services.credentials.keysOf(user), input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListAccessKeys',
    parent: user.arn,
    keyOf: ({ id }) => id,
  });
  return given({
    AccessKeyMetadata: page.items.map(({ id, active, createdAt }) => ({
      UserName: user.name,
      AccessKeyId: id,
      Status: active ? ('Active' as const) : ('Inactive' as const),
      CreateDate: dateOf(createdAt),
    })),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
