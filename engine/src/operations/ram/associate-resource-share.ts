/**
 * AssociateResourceShare, with resources or accounts.
 *
 * Source   B7.5/5; API of AWS RAM 2018-01-04.
 */
import type { AssociateResourceShareRequest, AssociateResourceShareResponse } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { addParts, associationsOf, findShare, partsOf } from '../share';

export function associateResourceShare(
  state: WorldState,
  caller: Caller,
  input: AssociateResourceShareRequest,
): AssociateResourceShareResponse {
  const share = findShare(state, caller, input.resourceShareArn);
  const parts = partsOf(state, caller, share.allowExternalPrincipals, input);
  addParts(state, share, parts);
  return { resourceShareAssociations: associationsOf(state, share, parts) };
}
