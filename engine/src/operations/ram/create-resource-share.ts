/**
 * CreateResourceShare.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { CreateResourceShareRequest, CreateResourceShareResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { required } from '../find-vault';
import { tagTexts } from '../tag-map';
import { addParts, partsOf, showShare } from '../share';

export function createResourceShare(
  state: WorldState,
  caller: Caller,
  input: CreateResourceShareRequest,
): CreateResourceShareResponse {
  const repeated = state.shares
    .by(caller)
    .find(({ clientToken }) => clientToken !== undefined && clientToken === input.clientToken);
  if (repeated !== undefined) {
    return given({ resourceShare: showShare(repeated), clientToken: input.clientToken });
  }
  const name = required(input.name, 'name');
  const allowExternalPrincipals = input.allowExternalPrincipals ?? true;
  const parts = partsOf(state, caller, allowExternalPrincipals, input);
  const { partition, account, region } = caller;
  const share = state.shares.create({ partition, account, region }, name, allowExternalPrincipals, input.clientToken);
  tagTexts(share.tags, input.tags);
  addParts(state, share, parts);
  return given({ resourceShare: showShare(share), clientToken: input.clientToken });
}
