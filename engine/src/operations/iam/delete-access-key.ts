/**
 * DeleteAccessKey: at once, so that its next call is one of nobody.
 *
 * Source   IAM API reference, DeleteAccessKey.
 * Spec     ../../domain/credentials.md
 */
import type { DeleteAccessKeyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { findAccessKey } from '../access-key';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';

export function deleteAccessKey(state: WorldState, caller: Caller, input: DeleteAccessKeyCommandInput): void {
  const key = findAccessKey(state, caller, input);
  state.services.credentials.removeKey(key);
  identityChanged(state, key.user, `no access key ${key.id}`);
}
