/**
 * GetResourceShareAssociations: resources or accounts of the shares of the caller.
 *
 * Source   API of AWS RAM 2018-01-04, GetResourceShareAssociations.
 */
import type {
  GetResourceShareAssociationsCommandInput,
  GetResourceShareAssociationsCommandOutput,
} from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { required } from '../find-vault';
import { pageOf } from '../page';
import { associationsOf } from '../share';

export function getResourceShareAssociations(
  state: WorldState,
  caller: Caller,
  input: GetResourceShareAssociationsCommandInput,
): Omit<GetResourceShareAssociationsCommandOutput, '$metadata'> {
  const kind = required(input.associationType, 'associationType');
  const all = state.shares
    .by(caller)
    .filter((share) => input.resourceShareArns?.includes(share.arn) ?? true)
    .flatMap((share) => {
      const accounts = share.invitations.map(({ account }) => account);
      const parts = share.deleted ? { resources: [], accounts: [] } : { resources: [...share.resources], accounts };
      return associationsOf(state, share, parts);
    })
    .filter(({ associationType }) => associationType === kind)
    .filter(({ associatedEntity }) => associatedEntity === (input.resourceArn ?? input.principal ?? associatedEntity))
    .filter(({ status }) => status === (input.associationStatus ?? status));
  const { items, nextToken } = pageOf(all, input.maxResults, input.nextToken, {
    service: 'ram',
    operation: 'GetResourceShareAssociations',
    parent: kind,
    keyOf: ({ resourceShareArn, associatedEntity }) => `${resourceShareArn} ${associatedEntity}`,
  });
  return given({ resourceShareAssociations: items, nextToken });
}
