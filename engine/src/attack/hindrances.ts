/**
 * What stops an action beside policies: locks, holds, teams that have to consent, and that there is nothing to take away.
 *
 * Pure: reads a World.
 * Source   B7.4/1, B7.4/2 (locks), B7.1/2 (a vault with points is not deleted), B5.4/4 (holds), B7.5/1, B7.5/8 (air-gapped vaults),
 *          B5.1/2 (continuous points), RDS API reference (InvalidDBInstanceAutomatedBackupStateFault: of an active instance),
 *          B12 (service-linked roles), API reference of AWS Organizations (what stays, and what has to go first).
 */
import type { Key } from '../domain/keys';
import type { Ledger } from '../domain/ledger';
import { BACKUP_SERVICE, Organization, OrganizationNode, OrganizationPolicy, PolicyKind } from '../domain/organization';
import { COMPOSITE, CONTINUOUS, HELD, STOPPED } from '../domain/recovery-points';
import { doorOf } from '../domain/service-doors';
import { isChangeable } from '../domain/vault-lock';
import type { Vault } from '../domain/vaults';
import { formatInstant, Instant } from '../kernel/instant';
import type { DestructiveAction } from './destructive-actions';

/** Why an action does nothing, as a sentence; undefined when nothing but policies stops it. */
export type Hindrance = (action: DestructiveAction) => string | undefined;

type Reasons = Readonly<Record<string, string | undefined>>;

export const UNHINDERED: Hindrance = () => undefined;

function among(reasons: Reasons): Hindrance {
  return ({ action }) => reasons[action];
}

/** A reason if something is so. */
function when(so: boolean, reason: string): string | undefined {
  return so ? reason : undefined;
}

/**
 * @param pointCount how many points it has, those that are CREATING among them
 * @param accesses how many restore access vaults lead into it
 */
export function ofVault(vault: Vault, now: Instant, pointCount: number, accesses: number): Hindrance {
  const { lock, approvalTeamArn: team } = vault;
  const forEver =
    lock === undefined || isChangeable(lock, now)
      ? undefined
      : `vault lock of ${vault.arn}, for ever since ${formatInstant(lock.lockDate)} stops it`;
  const consent = team === undefined ? undefined : `the approval team ${team} has to consent`;
  const reasons: Reasons = {
    'backup:DeleteBackupVault': when(
      pointCount > 0,
      `recovery points in the vault stop it, of which there are ${pointCount}`,
    ),
    'backup:DeleteBackupVaultAccessPolicy': when(vault.accessPolicy === undefined, 'there is no access policy'),
    'backup:DeleteBackupVaultNotifications': when(vault.notifications === undefined, 'nobody is told of the vault'),
    'backup:DeleteBackupVaultLockConfiguration': lock === undefined ? 'there is no lock' : forEver,
    'backup:PutBackupVaultLockConfiguration': forEver,
    'backup:AssociateBackupVaultMpaApprovalTeam': consent,
    'backup:DisassociateBackupVaultMpaApprovalTeam': consent ?? 'there is no approval team',
    'backup:RevokeRestoreAccessBackupVault':
      accesses === 0 ? 'no account has a way in' : (consent ?? 'there is no approval team'),
  };
  // A lock with the widest bounds weakens none where there is none.
  return ({ action, context = {} }) =>
    context['backup:MinRetentionDays'] === '1' && lock === undefined ? 'there is no lock' : reasons[action];
}

/** Of the points of one resource in one vault: what stops an action on every one of them. */
export function ofPoints({ points, composites }: Ledger, vault: Vault, rows: readonly number[]): Hindrance {
  const all = (is: (row: number) => boolean) => rows.every(is);
  const locked = when(vault.lock !== undefined, `vault lock of ${vault.arn} stops it`);
  const continuous = (row: number) => points.has(row, CONTINUOUS) && !points.has(row, STOPPED);
  const isMember = (row: number) =>
    points.has(row, COMPOSITE) && composites.familyOfPoint(row) !== undefined && !composites.isParent(row);
  const reasons: Reasons = {
    'backup:DeleteRecoveryPoint': all((row) => points.has(row, HELD)) ? 'legal hold stops it' : locked,
    'backup:UpdateRecoveryPointLifecycle': locked,
    'backup:DisassociateRecoveryPoint': all((row) => !continuous(row)) ? 'the point is not continuous' : locked,
    'backup:DisassociateRecoveryPointFromParent': when(
      all((row) => !isMember(row)),
      'the point is in no composite',
    ),
  };
  return ({ action }) => {
    const door = doorOf(action);
    return door?.documented === true
      ? `${door.service} stops it, as AWS Backup alone deletes what it made`
      : reasons[action];
  };
}

export function ofKey({ grants }: Key): Hindrance {
  return among({ 'kms:RevokeGrant': when(grants.size === 0, 'the key has no grant') });
}

/** @param buckets names of those whose new objects are encrypted with what the alias leads to */
export function ofAlias(buckets: readonly string[]): Hindrance {
  const nobody = 'nothing goes by the alias: vaults, points and databases keep the key that they were made with';
  return () => when(buckets.length === 0, nobody);
}

/** Of a database whose automated backups are a continuous point. */
export function ofDatabase(): Hindrance {
  const held = 'RDS stops it, as AWS Backup holds the automated backups';
  const active = 'RDS stops it, as the database is there';
  return ({ action }) => (action.endsWith('AutomatedBackup') ? active : held);
}

/** @param uses of how much the service needs the role for */
export function ofLinkedRole(uses: number): Hindrance {
  return () => when(uses > 0, `IAM stops it while what needs the role is there, of which there are ${uses}`);
}

/** Of an account by itself. */
export function ofAccount(organization: Organization | undefined, account: string): Hindrance {
  const manages = organization?.managementAccount === account;
  const others = (organization?.accounts().length ?? 1) > 1;
  return among({
    'organizations:LeaveOrganization':
      organization === undefined
        ? 'the account is in no organization'
        : manages
          ? 'the management account cannot leave'
          : delegation(organization, account),
    'account:CloseAccount': when(manages && others, 'the management account cannot be closed before its members'),
  });
}

/** Source: API reference, RemoveAccountFromOrganization: a delegated administrator stays. */
function delegation(organization: Organization, account: string): string | undefined {
  return when((organization.delegated.get(account)?.size ?? 0) > 0, 'the account is a delegated administrator');
}

export function ofOrganization(organization: Organization): Hindrance {
  const reasons: Reasons = {
    'organizations:DisableAWSServiceAccess': when(
      !organization.trusted.has(BACKUP_SERVICE),
      'the organization does not trust AWS Backup',
    ),
    'organizations:DeleteResourcePolicy': when(organization.resourcePolicy === undefined, 'there is no such policy'),
    'organizations:DeleteOrganization': when(organization.accounts().length > 1, 'member accounts stop it'),
    'backup:UpdateGlobalSettings': when(
      organization.settings.get('isCrossAccountBackupEnabled') !== 'true',
      'copies to other accounts are off',
    ),
  };
  return ({ action, context = {} }) => {
    const kind = context['organizations:PolicyType'];
    return kind !== undefined && !organization.enabledKinds.has(kind as PolicyKind)
      ? 'the organization has no such policies'
      : reasons[action];
  };
}

export function ofOrganizationPolicy(organization: Organization, policy: OrganizationPolicy): Hindrance {
  const targets = organization.targetsOf(policy);
  const last = targets.every(
    (node) =>
      policy.kind === 'SERVICE_CONTROL_POLICY' && node.policies.filter(({ kind }) => kind === policy.kind).length === 1,
  );
  return among({
    'organizations:DetachPolicy': when(last, 'it is the last of its kind where it is attached'),
    'organizations:DeletePolicy': when(targets.length > 0, 'it has to be detached first'),
  });
}

export function ofMember(organization: Organization, { id, parent }: OrganizationNode): Hindrance {
  return among({
    'organizations:MoveAccount': when(parent === organization.root, 'the account is in no unit'),
    'organizations:RemoveAccountFromOrganization': delegation(organization, id),
    'organizations:DeregisterDelegatedAdministrator': when(
      organization.delegated.get(id)?.has(BACKUP_SERVICE) !== true,
      'the account is no delegated administrator',
    ),
  });
}
