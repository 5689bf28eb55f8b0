/**
 * ListInstanceProfiles.
 *
 * Source   IAM API reference, ListInstanceProfiles.
 */
import type { ListInstanceProfilesCommandInput, ListInstanceProfilesCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { showProfile } from '../instance-profiles';
import { pageOf } from '../page';

export function listInstanceProfiles(
  state: WorldState,
  caller: Caller,
  { PathPrefix = '/', MaxItems, Marker }: ListInstanceProfilesCommandInput,
): Omit<ListInstanceProfilesCommandOutput, '$metadata'> {
  const all = state.services.instanceProfiles.list(caller).filter(({ path }) => path.startsWith(PathPrefix));
  const page = pageOf(all, MaxItems, Marker, {
    service: 'iam',
    operation: 'ListInstanceProfiles',
    keyOf: ({ id }) => id,
  });
  const shapes = page.items.map((profile) => showProfile(state, caller, profile));
  return given({ InstanceProfiles: shapes, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
