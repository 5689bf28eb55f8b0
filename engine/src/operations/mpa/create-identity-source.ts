/**
 * CreateIdentitySource.
 *
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Set up Multi-party approval". Assumed: an account has one, as its name is
 *          the same in every example; what a second is answered.
 * Gaps     No instance of IAM Identity Center is asked whether it is there, and there is no address of an approval portal.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/mpa';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { refuseMembers } from '../approval-teams';
import { AwsFault } from '../fault';
import { needed, refuseReservedKeys } from '../validation';

export function createIdentitySource(
  state: WorldState,
  caller: Caller,
  input: api.CreateIdentitySourceRequest,
): api.CreateIdentitySourceResponse {
  refuseMembers(state, caller);
  const center = needed(input.IdentitySourceParameters?.IamIdentityCenter, 'IamIdentityCenter');
  const instanceArn = needed(center.InstanceArn, 'InstanceArn');
  const instanceRegion = needed(center.Region, 'Region');
  refuseReservedKeys(Object.keys(input.Tags ?? {}));
  const { partition, account, region } = caller;
  const standing = state.approvalTeams.source(caller);
  const repeated = standing?.clientToken !== undefined && standing.clientToken === input.ClientToken;
  if (standing !== undefined && !repeated) {
    throw new AwsFault('ServiceQuotaExceededException', `There is an identity source already: ${standing.arn}.`);
  }
  const source =
    standing ??
    state.approvalTeams.createSource({
      env: { partition, account, region },
      instanceArn,
      instanceRegion,
      clientToken: input.ClientToken,
      tags: input.Tags ?? {},
    });
  return {
    IdentitySourceType: 'IAM_IDENTITY_CENTER',
    IdentitySourceArn: source.arn,
    CreationTime: dateOf(source.createdAt),
  };
}
