import { Environment } from './environment';
import { EstateRules } from './estate-rules';
import { Finding, IValueProbe } from './finding';
import { Lifecycle } from './lifecycle';
import { copyBackDocument } from './private/copy-back-document';
import { checkDocumentName } from './private/document-name';
import { at, found } from './private/found';
import { readable } from './private/reading';
import { COPY_BACK as RULES } from './private/tables/copy-back';
import { BackupVault } from './vault';

/**
 * Copies from the vault that holds the copies into the vault of the workload: the direction of recovery.
 */
export interface CopyBackDeclaration {
  /**
   * Where the vault that holds the copies lives: copies are started there.
   */
  readonly env: Environment;

  /**
   * Name of the vault that holds the copies.
   */
  readonly sourceBackupVaultName: string;

  /**
   * ARN of the vault of the workload.
   */
  readonly destinationBackupVaultArn: string;

  /**
   * Lifecycle of what is copied back.
   *
   * @default - that of its source
   */
  readonly lifecycle?: Lifecycle;

  /**
   * Name of the SSM document, 3 to 128 letters, digits, dots, `-` and `_`.
   *
   * @default - CloudFormation or Terraform makes one
   */
  readonly documentName?: string;
}

/**
 * What the runbook of a copy-back calls.
 */
export interface CopyBackTargets {
  /**
   * ARN of the role that Systems Manager assumes.
   */
  readonly automationRoleArn: string;

  /**
   * ARN of the function that starts copies and tells how far they are.
   */
  readonly functionArn: string;
}

/** The declaration is held against the rules as a plan of this name that copies once. */
const PLAN = 'copy-back';
const COPY = `${PLAN}.rules[0].copyActions[0].`;

/** Rules of copies that say something of a copy by hand, too. */
const OF_ANY_COPY = [
  'copy-action-destination-arn',
  'copy-action-own-vault',
  'copy-action-partition',
  'copy-action-cross-account-china',
  'copy-action-cross-account-default-vault',
  'copy-action-cross-account-key',
  'copy-action-cross-account-policy',
];

/** Rules of a lifecycle that is given; one that is inherited is not known here. */
const OF_LIFECYCLE = /^(lifecycle-|copy-action-(retention-in-lock|keep-for-ever|for-ever-in-compliance)$)/;

/**
 * What AWS refuses in a copy-back: what it refuses in any copy.
 */
export class CopyBackRules {
  /**
   * What the rules find. Never throws.
   *
   * @param copyBack the declaration
   * @param vaults the vaults that are known, among them perhaps source and destination
   * @param probe tells which values are known now
   */
  public static check(copyBack: CopyBackDeclaration, vaults: BackupVault[], probe: IValueProbe): Finding[] {
    const { env, sourceBackupVaultName, destinationBackupVaultArn, lifecycle, documentName } = copyBack;
    const rule = {
      ruleName: PLAN,
      targetBackupVaultName: sourceBackupVaultName,
      copyActions: [{ destinationBackupVaultArn, lifecycle }],
    };
    const plan = { backupPlanName: PLAN, env, rules: [rule], declaredAt: PLAN };
    const findings = EstateRules.check({ vaults, plans: [plan] }, probe)
      .filter(({ path }) => path.startsWith(COPY))
      .filter(({ rule: id }) => OF_ANY_COPY.includes(id) || (lifecycle !== undefined && OF_LIFECYCLE.test(id)))
      .map((finding) => ({ ...finding, path: finding.path.slice(COPY.length) }));
    return [...findings, ...checkDocumentName(documentName, 'documentName', probe)];
  }

  /**
   * What the rules find in the place that the statement for the destination names. Never throws.
   *
   * @param env where the vault that holds the copies lives
   * @param path where that is declared
   * @param probe tells which values are known now
   */
  public static checkStatement(env: Environment, path: string, probe: IValueProbe): Finding[] {
    return readable(env.account, probe) ? [] : [found(RULES.account, at(path, 'account'), 'one that is not known yet')];
  }

  private constructor() {}
}

/**
 * The runbook of a copy-back, as an SSM Automation document.
 */
export class CopyBacks {
  /**
   * Hours that a run waits for each copy.
   */
  public static readonly TIMEOUT_HOURS = 24;

  /**
   * The content of the document (schema 0.3): starts the copies, waits for each, and tells what became of them.
   *
   * @param targets what it calls
   */
  public static document(targets: CopyBackTargets): any {
    return copyBackDocument(targets, CopyBacks.TIMEOUT_HOURS * 3600);
  }

  /**
   * What the access policy of a destination in another account has to allow (Source B6.3/3).
   *
   * The account is the principal and the role a condition, so that the policy may be there before the role is.
   *
   * @param env where the vault that holds the copies lives
   * @param copyRoleName name of the role that copies; any principal of the account when left out
   */
  public static destinationStatement(env: Environment, copyRoleName?: string): any {
    const account = `arn:${env.partition}:iam::${env.account}`;
    const role = { ArnEquals: { 'aws:PrincipalArn': `${account}:role/${copyRoleName}` } };
    return {
      Sid: 'AllowCopyingBack',
      Effect: 'Allow',
      Principal: { AWS: `${account}:root` },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
      ...(copyRoleName === undefined ? {} : { Condition: role }),
    };
  }

  private constructor() {}
}
