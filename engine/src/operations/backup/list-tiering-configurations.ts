/**
 * ListTieringConfigurations, by name.
 *
 * Source   B5.7/1.
 */
import type { ListTieringConfigurationsInput, ListTieringConfigurationsOutput } from '@aws-sdk/client-backup';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { showTiering } from '../find-tiering';
import { pageOf } from '../page';
import { given } from './shapes';

export function listTieringConfigurations(
  state: WorldState,
  caller: Caller,
  input: ListTieringConfigurationsInput,
): ListTieringConfigurationsOutput {
  const page = pageOf(state.tiering.list(placeOf(caller)), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListTieringConfigurations',
    keyOf: ({ arn }) => arn,
  });
  const members = page.items.map((standing) => {
    const { ResourceSelection: _selection, CreatorRequestId: _request, ...member } = showTiering(standing);
    return member;
  });
  return given({ TieringConfigurations: members, NextToken: page.nextToken });
}
