/**
 * UpdateAccessKey: active or not.
 *
 * Source   IAM API reference, UpdateAccessKey.
 * Spec     ../../domain/credentials.md
 */
import type { UpdateAccessKeyCommandInput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { findAccessKey } from '../access-key';
import type { Caller } from '../caller';
import { identityChanged } from '../change-identity';
import { AwsFault } from '../fault';

export function updateAccessKey(state: WorldState, caller: Caller, input: UpdateAccessKeyCommandInput): void {
  const key = findAccessKey(state, caller, input);
  if (input.Status !== 'Active' && input.Status !== 'Inactive') {
    throw new AwsFault('ValidationError', `Status must be Active or Inactive, got '${input.Status}'`);
  }
  key.active = input.Status === 'Active';
  identityChanged(state, key.user, `access key ${key.id} ${input.Status}`);
}
