import {
  ComplianceAcknowledgement,
  ManagedPolicies,
  MemberAccountDefaults,
  OrganizationProvision,
  OrganizationProvisionRules,
  ServiceSupport,
  VaultLock,
  Waiver,
} from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, CfnCondition, CfnResource, Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { annotateTemplate, refuse } from './private/refuse';
import { backupServiceRole, scannerRole } from './private/service-role';
import { SYNTH } from './private/token-values';
import { RegionSettings } from './region-settings';
import { Vault } from './vault';

/**
 * A vault that every member account has.
 */
export interface MemberVaultProps {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Cannot be changed later.
   */
  readonly backupVaultName: string;

  /**
   * Vault Lock. With `changeableForDays` it is in compliance mode and needs a `complianceAcknowledgement`.
   *
   * @default - not locked
   */
  readonly vaultLock?: VaultLock;

  /**
   * Says that somebody knows when the lock becomes unchangeable, even for AWS.
   *
   * @default - none, so that a lock in compliance mode is refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * Names of roles of the member account, with their paths, that the access policy exempts.
   *
   * Name the role that deploys among them: for a stack set of an organization
   * `aws-service-role/member.org.stacksets.cloudformation.amazonaws.com/AWSServiceRoleForCloudFormationStackSetsOrgMember`.
   *
   * @default - none: nobody may delete recovery points; who may change the policy itself is left to IAM
   */
  readonly breakGlassRoleNames?: string[];

  /**
   * Tags of the vault and of its key.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Properties of a `MemberAccount`.
 */
export interface MemberAccountProps {
  /**
   * Vaults, in each Region.
   */
  readonly vaults: MemberVaultProps[];

  /**
   * Name of the role that AWS Backup assumes for backups and copies; backup policies name it.
   *
   * @default MemberAccountDefaults.BACKUP_ROLE_NAME
   */
  readonly backupRoleName?: string;

  /**
   * Name of the role that AWS Backup assumes for restores.
   *
   * @default MemberAccountDefaults.RESTORE_ROLE_NAME
   */
  readonly restoreRoleName?: string;

  /**
   * Name of the role with which the scanner of malware reads recovery points.
   *
   * @default MemberAccountDefaults.SCANNER_ROLE_NAME, where `scanning` is on
   */
  readonly scannerRoleName?: string;

  /**
   * Whether plans have recovery points scanned for malware, which takes a role for the scanner and more rights of the one
   * for backups.
   *
   * @default false
   */
  readonly scanning?: boolean;

  /**
   * The Region in which the roles are made, as roles are global: elsewhere the template makes none.
   *
   * @default - wherever the template is deployed, which must then be one Region alone
   */
  readonly rolesRegion?: string;

  /**
   * Opt-in key (`Aurora`, `EBS`, …) to whether AWS Backup may back the type up.
   *
   * For plans of an organization the settings of the management account count (Source B3.3/6); these count for plans of
   * the account's own.
   *
   * @default - stays as it is
   */
  readonly resourceTypeOptInPreference?: { [key: string]: boolean };

  /**
   * Management key (`DynamoDB`, …) to whether AWS Backup manages the points fully.
   *
   * @default - stays as it is
   */
  readonly resourceTypeManagementPreference?: { [key: string]: boolean };

  /**
   * What becomes of the vaults and their keys when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * What every account of an organization needs before a backup policy reaches it: vaults with their keys, a role for
 * backups and a role for restores under fixed names, and opt-in settings.
 *
 * Its template has no account, no Region and no asset in it, so that one template serves every account and Region;
 * `MemberAccountStackSet` carries it there.
 */
@propertyInjectable
export class MemberAccount extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.MemberAccount';

  /**
   * The vaults, in their order.
   */
  public readonly vaults: Vault[];

  /**
   * What policies can count on, for `OrganizationBackupPolicyProps.provided`.
   */
  public readonly provision: OrganizationProvision;

  private readonly makesRoles?: CfnCondition;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: MemberAccountProps) {
    super(scope, id);
    this.provision = MemberAccountDefaults.provision({
      ...props,
      backupVaultNames: props.vaults.map(({ backupVaultName }) => backupVaultName),
    });
    refuse(this, OrganizationProvisionRules.check(this.provision, '', SYNTH), props.waivers);

    if (props.rolesRegion !== undefined) {
      this.makesRoles = new CfnCondition(this, 'MakesRoles', {
        expression: Fn.conditionEquals(Aws.REGION, props.rolesRegion),
      });
    }
    this.vaults = props.vaults.map((vault) => this.ownVault(vault, props.removalPolicy));
    this.ownRoles(props);
    const { resourceTypeOptInPreference, resourceTypeManagementPreference } = props;
    if (resourceTypeOptInPreference !== undefined || resourceTypeManagementPreference !== undefined) {
      new RegionSettings(this, 'RegionSettings', { resourceTypeOptInPreference, resourceTypeManagementPreference });
    }
  }

  private ownVault(props: MemberVaultProps, removalPolicy: RemovalPolicy | undefined): Vault {
    const { breakGlassRoleNames = [], ...rest } = props;
    const id = `Vault-${props.backupVaultName}`;
    const breakGlassRoles = breakGlassRoleNames.map((name, index) =>
      iam.Role.fromRoleArn(
        this,
        `${id}-BreakGlass${index}`,
        `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${name}`,
      ),
    );
    return new Vault(this, id, { ...rest, breakGlassRoles, removalPolicy });
  }

  private ownRoles(props: MemberAccountProps): void {
    const [backup, restore, scanner] = this.provision.roleNames as [string, string, string | undefined];
    const services = ServiceSupport.all().map(({ id }) => id);
    const scans = scanner === undefined ? [] : [ManagedPolicies.forScans()];
    const made = [
      backupServiceRole(this, 'BackupRole', {
        roleName: backup,
        description: 'AWS Backup assumes it for backups and copies',
        managedPolicyArns: [...ManagedPolicies.forBackup(services), ...scans],
      }),
      backupServiceRole(this, 'RestoreRole', {
        roleName: restore,
        description: 'AWS Backup assumes it for restores',
        managedPolicyArns: ManagedPolicies.forRestore(services),
      }),
    ];
    if (scanner !== undefined) {
      const description = 'GuardDuty assumes it to scan recovery points';
      const managedPolicyArns = [ManagedPolicies.forScanner()];
      made.push(scannerRole(this, 'ScannerRole', { roleName: scanner, description, managedPolicyArns }));
    }
    for (const role of made) {
      const resource = role.node.defaultChild as CfnResource;
      resource.cfnOptions.condition = this.makesRoles;
      annotateTemplate(resource, props.waivers);
    }
  }
}
