/**
 * What calls about shares have in common.
 *
 * Pure: reads the World.
 * Source   B7.5/5, B7.5/8; API of AWS RAM 2018-01-04. Texts are Assumed.
 * Spec     ../domain/vault-shares.md
 */
import type * as sdk from '@aws-sdk/client-ram';
import type { Invitation, ResourceShare, SharedResource } from '../domain/vault-shares';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';
import { tagTextList } from './tag-map';

const ACCOUNT = /^\d{12}$/;

/** The share of the caller that a call names. */
export function findShare(state: WorldState, caller: Caller, arn: string | undefined): ResourceShare {
  const share = state.shares.tryFind(required(arn, 'resourceShareArn'));
  if (share?.env.account !== caller.account) {
    throw new AwsFault('UnknownResourceException', `Resource share ${arn} could not be found.`);
  }
  return share;
}

/** The invitation of the caller that a call names, while it waits. */
export function findInvitation(state: WorldState, caller: Caller, arn: string | undefined): Invitation {
  const wanted = required(arn, 'resourceShareInvitationArn');
  const invitation = state.shares.invitationsOf(caller).find((one) => one.arn === wanted);
  if (invitation === undefined) {
    throw new AwsFault('ResourceShareInvitationArnNotFoundException', `Invitation ${wanted} could not be found.`);
  }
  switch (invitation.statusAt(state.now)) {
    case 'ACCEPTED':
      throw new AwsFault(
        'ResourceShareInvitationAlreadyAcceptedException',
        `Invitation ${wanted} was accepted before.`,
      );
    case 'REJECTED':
      throw new AwsFault(
        'ResourceShareInvitationAlreadyRejectedException',
        `Invitation ${wanted} was rejected before.`,
      );
    case 'EXPIRED':
      throw new AwsFault('ResourceShareInvitationExpiredException', `Invitation ${wanted} has expired.`);
    default:
      return invitation;
  }
}

/** Vaults, approval teams and accounts that a share gets. */
export interface ShareParts {
  readonly resources: readonly SharedResource[];
  readonly accounts: readonly string[];
}

/** Resources and accounts as a call names them, found in order before anything changes. */
export function partsOf(
  state: WorldState,
  caller: Caller,
  allowExternalPrincipals: boolean,
  input: { readonly resourceArns?: string[] | undefined; readonly principals?: string[] | undefined },
): ShareParts {
  const resources = (input.resourceArns ?? []).map((arn) => {
    const team = state.approvalTeams.tryFind(arn);
    if (team?.made.env.account === caller.account) {
      return team;
    }
    const vault = state.ledger.vaults.tryFindByArn(arn);
    if (vault?.made.airGapped !== true || vault.made.env.account !== caller.account) {
      const what = 'logically air-gapped backup vault or approval team';
      throw new AwsFault('UnknownResourceException', `${arn} is no ${what} of the account.`);
    }
    return vault;
  });
  for (const principal of input.principals ?? []) {
    refusePrincipal(state, caller, allowExternalPrincipals, principal);
  }
  return { resources, accounts: input.principals ?? [] };
}

/** A share gets resources and accounts. */
export function addParts(state: WorldState, share: ResourceShare, { resources, accounts }: ShareParts): void {
  for (const resource of resources) {
    share.resources.add(resource);
  }
  for (const account of accounts) {
    state.shares.invite(share, account);
  }
  share.lastUpdatedAt = state.now;
}

function refusePrincipal(state: WorldState, caller: Caller, external: boolean, principal: string): void {
  const { organizations } = state.ledger;
  if (/:(organization|ou)\//.test(principal)) {
    const text = `A backup vault cannot be shared with ${principal}, only with accounts.`;
    throw new AwsFault('OperationNotPermittedException', text);
  }
  if (!ACCOUNT.test(principal)) {
    throw new AwsFault('InvalidParameterException', `Principal ID ${principal} is malformed.`);
  }
  const own = organizations.of(caller);
  if (!external && organizations.count > 0 && own !== organizations.of({ ...caller, account: principal })) {
    const text = `The resource can only be shared within the organization, and ${principal} is not in it.`;
    throw new AwsFault('OperationNotPermittedException', text);
  }
}

export function showShare(share: ResourceShare): sdk.ResourceShare {
  return {
    resourceShareArn: share.arn,
    name: share.name,
    owningAccountId: share.env.account,
    allowExternalPrincipals: share.allowExternalPrincipals,
    status: share.deleted ? 'DELETED' : 'ACTIVE',
    creationTime: dateOf(share.createdAt),
    lastUpdatedTime: dateOf(share.lastUpdatedAt),
    featureSet: 'STANDARD',
    tags: tagTextList(share.tags),
  };
}

export function showInvitation(state: WorldState, invitation: Invitation): sdk.ResourceShareInvitation {
  const { share } = invitation;
  return {
    resourceShareInvitationArn: invitation.arn,
    resourceShareName: share.name,
    resourceShareArn: share.arn,
    senderAccountId: share.env.account,
    receiverAccountId: invitation.account,
    invitationTimestamp: dateOf(invitation.invitedAt),
    status: invitation.statusAt(state.now),
  };
}

/** Resources and accounts of a share, as associations; of the given status, or of that which they have. */
export function associationsOf(
  state: WorldState,
  share: ResourceShare,
  { resources, accounts }: ShareParts,
  status?: sdk.ResourceShareAssociationStatus,
): sdk.ResourceShareAssociation[] {
  const common = { resourceShareArn: share.arn, resourceShareName: share.name };
  return [
    ...resources.map(({ arn }) => ({
      ...common,
      associatedEntity: arn,
      associationType: 'RESOURCE' as const,
      status: status ?? ('ASSOCIATED' as const),
    })),
    ...accounts.map((associatedEntity) => {
      const invitation = share.invitations.find(({ account }) => account === associatedEntity);
      const accepted = invitation?.statusAt(state.now) === 'ACCEPTED';
      return {
        ...common,
        associatedEntity,
        associationType: 'PRINCIPAL' as const,
        status: status ?? (accepted ? ('ASSOCIATED' as const) : ('ASSOCIATING' as const)),
        external: invitation?.external ?? false,
      };
    }),
  ];
}
