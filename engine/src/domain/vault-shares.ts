/**
 * Shares of AWS RAM: logically air-gapped vaults that other accounts may look into, and approval teams that they may ask.
 *
 * Owns     the shares by ARN, and who was invited to them.
 * Units    `…At` are Instants.
 * Source   B7.5/5, B7.5/8; API of AWS RAM 2018-01-04.
 * Spec     vault-shares.md
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { sortedBy } from '../kernel/order';
import { HOUR, Instant, NEVER } from '../kernel/instant';
import { SHARE_ACCEPTED, SHARE_CREATED, SHARE_DELETED } from './event-codes';
import type { Ledger } from './ledger';
import { ApprovalTeam } from './approval-team';
import { placeOf, Vault } from './vaults';

/** Source B7.5/5. */
const INVITATION_LASTS = 12 * HOUR;

/** What the default permission of AWS RAM for vaults lets the accounts of a share do. */
const SHARED_ACTIONS = [
  'backup:DescribeBackupVault',
  'backup:DescribeRecoveryPoint',
  'backup:GetRecoveryPointRestoreMetadata',
  'backup:ListProtectedResourcesByBackupVault',
  'backup:ListRecoveryPointsByBackupVault',
  'backup:ListTags',
  'backup:StartRestoreJob',
];

/** A share as policies see it: leave for an account, whose identity policies say to whom of it. */
export function sharePolicy(account: string): string {
  const statement = {
    Sid: 'shared',
    Effect: 'Allow',
    Principal: { AWS: account },
    Action: SHARED_ACTIONS,
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

export type SharedResource = Vault | ApprovalTeam;

export type InvitationStatus = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'EXPIRED';

/** An account that a share is for. */
export class Invitation {
  answer: 'ACCEPTED' | 'REJECTED' | undefined;

  constructor(
    readonly arn: string,
    readonly share: ResourceShare,
    readonly account: string,
    readonly invitedAt: Instant,
    /** Whether the account is of another organization, or of none. */
    readonly external: boolean,
  ) {}

  statusAt(now: Instant): InvitationStatus {
    return this.answer ?? (now >= this.invitedAt + INVITATION_LASTS ? 'EXPIRED' : 'PENDING');
  }
}

export class ResourceShare {
  deleted = false;
  readonly resources = new Set<SharedResource>();
  readonly tags = new Map<string, string>();
  invitations: Invitation[] = [];
  lastUpdatedAt: Instant;

  constructor(
    readonly arn: string,
    public name: string,
    readonly env: Environment,
    public allowExternalPrincipals: boolean,
    readonly createdAt: Instant,
    readonly clientToken: string | undefined,
  ) {
    this.lastUpdatedAt = createdAt;
  }
}

export class VaultShares {
  private readonly all: ResourceShare[] = [];
  /** Management accounts that share with their organization without invitations. */
  private readonly openOrganizations = new Set<string>();

  constructor(private readonly ledger: Ledger) {}

  create(
    env: Environment,
    name: string,
    allowExternalPrincipals: boolean,
    clientToken: string | undefined,
  ): ResourceShare {
    const { ledger } = this;
    const id = uuid(ledger.seed, { kind: 'resource-share', names: [placeOf(env), name, String(this.all.length)] });
    const arn = `arn:${env.partition}:ram:${env.region}:${env.account}:resource-share/${id}`;
    const share = new ResourceShare(arn, name, env, allowExternalPrincipals, ledger.now, clientToken);
    this.all.push(share);
    ledger.declare(SHARE_CREATED, arn, ledger.names.intern(placeOf(env)), name, 0, NEVER);
    return share;
  }

  /** An account is let in at once, or invited; not twice. */
  invite(share: ResourceShare, account: string): void {
    const standing = share.invitations.find((one) => one.account === account);
    if (standing !== undefined) {
      return;
    }
    const { ledger } = this;
    const own = ledger.organizations.of(share.env);
    const external = own === undefined || own !== ledger.organizations.of({ ...share.env, account });
    const id = uuid(ledger.seed, { kind: 'share-invitation', names: [share.arn, account], at: ledger.now });
    const arn = `${share.arn.replace(':resource-share/', ':resource-share-invitation/')}/${id}`;
    const invitation = new Invitation(arn, share, account, ledger.now, external);
    share.invitations.push(invitation);
    if (!external && this.openOrganizations.has(own.managementAccount)) {
      this.accept(invitation);
    }
  }

  accept(invitation: Invitation): void {
    invitation.answer = 'ACCEPTED';
    this.note(SHARE_ACCEPTED, invitation.share, invitation.account);
  }

  delete(share: ResourceShare): void {
    share.deleted = true;
    this.note(SHARE_DELETED, share, '');
  }

  /** Resources and accounts leave a share. */
  take(share: ResourceShare, resources: readonly SharedResource[], accounts: readonly string[]): void {
    for (const resource of resources) {
      share.resources.delete(resource);
    }
    share.invitations = share.invitations.filter(({ account }) => !accounts.includes(account));
    share.lastUpdatedAt = this.ledger.now;
  }

  /** An organization shares with its accounts from now on without inviting them. */
  openOrganization(managementAccount: string): void {
    this.openOrganizations.add(managementAccount);
  }

  /** Shares that an account made in a Region, oldest first. */
  by(env: Environment): ResourceShare[] {
    return this.all.filter((share) => placeOf(share.env) === placeOf(env));
  }

  tryFind(arn: string): ResourceShare | undefined {
    return this.all.find((share) => share.arn === arn && !share.deleted);
  }

  /** Invitations of an account in a Region, oldest first. */
  invitationsOf({ account, region, partition }: Environment): Invitation[] {
    return this.all
      .filter(({ env, deleted }) => env.region === region && env.partition === partition && !deleted)
      .flatMap(({ invitations }) => invitations)
      .filter((invitation) => invitation.account === account);
  }

  /** Vaults that others share with an account in a Region, by ARN. */
  with(env: Environment): Vault[] {
    return this.sharedWith(env).filter((one): one is Vault => !(one instanceof ApprovalTeam));
  }

  /** Approval teams that others share with an account in a Region, by ARN. */
  teamsWith(env: Environment): ApprovalTeam[] {
    return this.sharedWith(env).filter((one): one is ApprovalTeam => one instanceof ApprovalTeam);
  }

  private sharedWith(env: Environment): SharedResource[] {
    const shared = this.invitationsOf(env)
      .filter(({ answer }) => answer === 'ACCEPTED')
      .flatMap(({ share }) => [...share.resources])
      .filter(({ deleted }) => !deleted);
    return sortedBy(new Set(shared), ({ arn }) => arn);
  }

  private note(code: number, { arn, env }: ResourceShare, what: string): void {
    this.ledger.note(code, arn, this.ledger.names.intern(placeOf(env)), what);
  }
}
