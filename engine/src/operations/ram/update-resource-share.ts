/**
 * UpdateResourceShare: its name, and whether others than the organization may be invited.
 *
 * Source   API of AWS RAM 2018-01-04, UpdateResourceShare.
 */
import type { UpdateResourceShareCommandInput, UpdateResourceShareCommandOutput } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findShare, showShare } from '../share';

export function updateResourceShare(
  state: WorldState,
  caller: Caller,
  input: UpdateResourceShareCommandInput,
): Omit<UpdateResourceShareCommandOutput, '$metadata'> {
  const share = findShare(state, caller, input.resourceShareArn);
  share.name = input.name ?? share.name;
  share.allowExternalPrincipals = input.allowExternalPrincipals ?? share.allowExternalPrincipals;
  share.lastUpdatedAt = state.now;
  return given({ resourceShare: showShare(share), clientToken: input.clientToken });
}
