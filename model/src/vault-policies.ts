import { Environment } from './environment';
import { VaultCopySource } from './vault-copy-source';
import { VaultCopyPlace } from './vault-copy-target';

/**
 * Who may still do what a deny-delete policy denies.
 */
export interface DenyDeleteOptions {
  /**
   * ARNs of principals that the policy exempts; stars are wildcards.
   *
   * @default - nobody is exempt
   */
  readonly breakGlassPrincipalArns?: string[];

  /**
   * Whether the vault is logically air-gapped, so that who may restore from it is protected, too.
   *
   * @default false
   */
  readonly logicallyAirGapped?: boolean;
}

/**
 * Who may copy into a vault.
 */
export interface CopiesInOptions {
  /**
   * Where the vault lives; its account always copies into it.
   */
  readonly env: Environment;

  /**
   * Who else may.
   *
   * @default - nobody
   */
  readonly sources?: VaultCopySource[];
}

/** What destroys a point, or lets it be destroyed sooner: never part of a deployment (Source B7.2/2). */
const EMPTYING = [
  'backup:DeleteRecoveryPoint',
  'backup:DisassociateRecoveryPoint',
  'backup:DisassociateRecoveryPointFromParent',
  'backup:UpdateRecoveryPointLifecycle',
];

/** What takes the vault's own protection away: part of a deployment, so denied only where somebody stays exempt. */
const WEAKENING = [
  'backup:DeleteBackupVault',
  'backup:DeleteBackupVaultAccessPolicy',
  'backup:DeleteBackupVaultLockConfiguration',
  'backup:DeleteBackupVaultNotifications',
  'backup:PutBackupVaultAccessPolicy',
  'backup:PutBackupVaultLockConfiguration',
  'backup:PutBackupVaultNotifications',
];

/** What gives other accounts a way into a logically air-gapped vault, or takes it (Source B7.5/5, B7.5/8, B11.5/1). */
const OPENING = [
  'backup:AssociateBackupVaultMpaApprovalTeam',
  'backup:DeleteBackupVaultSharingPolicy',
  'backup:DisassociateBackupVaultMpaApprovalTeam',
  'backup:PutBackupVaultSharingPolicy',
];

const COPY_INTO = 'backup:CopyIntoBackupVault';
const COPY_FROM = 'backup:CopyFromBackupVault';

/**
 * Resource policies of vaults, the same for every framework.
 */
export class VaultPolicies {
  /**
   * A policy document that stops everybody from emptying the vault, and with exempt principals from weakening it.
   *
   * Two statements. `DenyEmptyingTheVault` is always there: it denies the four actions that delete a recovery point, hand
   * it to its service, detach it from its composite or shorten its life. AWS Backup itself still deletes expired points.
   *
   * `DenyWeakeningTheVault` is there only where `breakGlassPrincipalArns` is not empty: it denies deleting the vault, and
   * putting or deleting its access policy, lock and notifications. Without an exempt principal it would deny them to
   * whoever deploys too: CloudFormation and Terraform could then neither change the policy nor remove it, and nobody in
   * the account could let them. So name the role that deploys among the exempt, beside those of people.
   * What an exempt principal may do, its own policies and those of the organization still have to allow.
   *
   * @param options who is exempt
   */
  public static denyDelete(options?: DenyDeleteOptions): any {
    const exempt = options?.breakGlassPrincipalArns ?? [];
    const statements = [deny('DenyEmptyingTheVault', EMPTYING, exempt)];
    if (exempt.length > 0) {
      const weakening = options?.logicallyAirGapped ? [...WEAKENING, ...OPENING] : WEAKENING;
      statements.push(deny('DenyWeakeningTheVault', weakening, exempt));
    }
    return document(statements);
  }

  /**
   * A policy document that lets copies in from the vault's own account and from those that are named, and from nobody else.
   *
   * Copies from other accounts need an allow, which is here, one statement for each kind of source. The deny keeps out all
   * others, whatever a later statement allows: it is for principals of other accounts alone, so that neither the copies of
   * the own account nor AWS Backup's own role there are hindered; calls that AWS's services make for themselves are exempt.
   *
   * Source B6.3/3, B6.3/10.
   *
   * @param options where the vault lives, and who may copy into it
   */
  public static copiesIn(options: CopiesInOptions): any {
    const sources = options.sources ?? [];
    const accounts = sources.flatMap(({ accountId }) => accountId ?? []);
    const organizations = sources.flatMap(({ organizationId }) => organizationId ?? []);
    const paths = sources.flatMap(({ path }) => path ?? []);
    const roots = accounts.map((id) => `arn:${options.env.partition}:iam::${id}:root`);
    const statements: object[] = [];
    if (accounts.length > 0) {
      statements.push(allowCopies('AllowCopiesFromAccounts', roots));
    }
    if (organizations.length > 0) {
      const condition = { StringEquals: { 'aws:PrincipalOrgID': organizations } };
      statements.push(allowCopies('AllowCopiesFromOrganizations', '*', condition));
    }
    if (paths.length > 0) {
      const condition = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': paths } };
      statements.push(allowCopies('AllowCopiesFromOrganizationPaths', '*', condition));
    }
    const others = {
      StringNotEquals: {
        'aws:PrincipalAccount': [options.env.account, ...accounts],
        ...(organizations.length === 0 ? {} : { 'aws:PrincipalOrgID': organizations }),
      },
      ...(paths.length === 0 ? {} : { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': paths } }),
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    };
    return document([...statements, denyCopies('DenyCopiesFromOthers', COPY_INTO, others)]);
  }

  /**
   * A policy document that lets copies of the vault's points go to vaults that are named, and nowhere else; without any,
   * nowhere at all.
   *
   * It only denies: who copies needs to be allowed elsewhere. `ForAllValues` is also true of a request that names no target,
   * so that nothing slips through without one.
   *
   * Source B11.5/1, B11.6/1.
   *
   * @param places where copies may go
   */
  public static copiesOut(places: VaultCopyPlace[]): any {
    const arns = places.flatMap(({ vaultArn }) => vaultArn ?? []);
    const paths = places.flatMap(({ organizationPath }) => organizationPath ?? []);
    const elsewhere = {
      ...(arns.length === 0 ? {} : { 'ForAllValues:ArnNotLike': { 'backup:CopyTargets': arns } }),
      ...(paths.length === 0 ? {} : { 'ForAllValues:StringNotLike': { 'backup:CopyTargetOrgPaths': paths } }),
    };
    return document([denyCopies('DenyCopiesToOthers', COPY_FROM, elsewhere)]);
  }

  /**
   * One policy document of several: their statements one after the other.
   *
   * @param documents the documents
   */
  public static join(documents: any[]): any {
    return document(documents.flatMap(({ Statement }) => Statement as object[]));
  }

  private constructor() {}
}

function deny(sid: string, actions: readonly string[], exempt: readonly string[]): object {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: [...actions],
    Resource: '*',
    ...(exempt.length === 0 ? {} : { Condition: { ArnNotLike: { 'aws:PrincipalArn': [...exempt] } } }),
  };
}

function document(statements: readonly object[]): { Version: string; Statement: object[] } {
  return { Version: '2012-10-17', Statement: [...statements] };
}

function allowCopies(sid: string, principals: string | string[], condition?: object): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: principals },
    Action: COPY_INTO,
    Resource: '*',
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

function denyCopies(sid: string, action: string, condition: object): object {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: action,
    Resource: '*',
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}
