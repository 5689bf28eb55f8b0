/**
 * Shares of air-gapped vaults to the operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 */
import type { ResourceShare } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { given } from '../operations/backup/shapes';
import { acceptResourceShareInvitation } from '../operations/ram/accept-resource-share-invitation';
import { createResourceShare } from '../operations/ram/create-resource-share';
import { call } from './deploy-call';

export function deployShare(state: WorldState, share: ResourceShare): void {
  const { env, shareName: name, allowExternalPrincipals, vaultArns: resourceArns, accounts: principals } = share;
  const declaredAt = share.declaredAt ?? name;
  const tags = Object.entries(share.tags ?? {}).map(([key, value]) => ({ key, value }));
  const { resourceShare } = call(declaredAt, 'CreateResourceShare', () =>
    createResourceShare(state, env, given({ name, allowExternalPrincipals, resourceArns, principals, tags })),
  );
  for (const account of [...(share.acceptedBy ?? [])].sort()) {
    const receiver = { ...env, account };
    const pending = state.shares
      .invitationsOf(receiver)
      .find((one) => one.share.arn === resourceShare?.resourceShareArn && one.statusAt(state.now) === 'PENDING');
    if (pending !== undefined) {
      call(declaredAt, 'AcceptResourceShareInvitation', () =>
        acceptResourceShareInvitation(state, receiver, { resourceShareInvitationArn: pending.arn }),
      );
    }
  }
}
