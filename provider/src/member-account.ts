import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import {
  ComplianceAcknowledgement,
  Finding,
  ManagedPolicies,
  MemberAccountDefaults,
  OrganizationProvision,
  OrganizationProvisionRules,
  RuleCatalog,
  ServiceSupport,
  VaultLock,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { accountOf, partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { ServiceRole, backupServiceRole, scannerRole } from './private/service-role';
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
   * Name the role that runs Terraform in the account among them.
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
   * The Region in which the roles are made, as roles are global: where the provider has another one, none are made. It and
   * the Region of the provider must be known at synthesis.
   *
   * @default - wherever the construct is, which must then be one Region of the account alone
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
   * Whether Terraform refuses plans that destroy or replace the vaults, their keys, locks or policies.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the roles.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources: one of the member account.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * What every account of an organization needs before a backup policy reaches it: vaults with their keys, a role for
 * backups and a role for restores under fixed names, and opt-in settings.
 *
 * One construct serves one account and Region, those of its provider: give it the provider of each account by its alias, or
 * have a stack set carry it there (`MemberAccountStackSet`).
 */
export class MemberAccount extends Construct {
  /**
   * The vaults, in their order.
   */
  public readonly vaults: Vault[];

  /**
   * The roles: for backups, for restores and, where `scanning` is on, for the scanner; none outside of `rolesRegion`.
   */
  public readonly roles: IamRole[];

  /**
   * The opt-in settings; undefined where none are declared.
   */
  public readonly regionSettings?: RegionSettings;

  /**
   * What policies can count on, for `OrganizationBackupPolicyProps.provided`.
   */
  public readonly provision: OrganizationProvision;

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
    const { region } = environmentOf(this, props.provider);
    const findings = [
      ...OrganizationProvisionRules.check(this.provision, '', SYNTH),
      ...checkRolesRegion(props.rolesRegion, region),
    ];
    refuse(this, findings, props.waivers);

    this.vaults = props.vaults.map((vault) => this.ownVault(vault, props));
    this.roles = props.rolesRegion === undefined || props.rolesRegion === region ? this.ownRoles(props) : [];
    const { resourceTypeOptInPreference, resourceTypeManagementPreference, provider } = props;
    if (resourceTypeOptInPreference !== undefined || resourceTypeManagementPreference !== undefined) {
      this.regionSettings = new RegionSettings(this, 'RegionSettings', {
        resourceTypeOptInPreference,
        resourceTypeManagementPreference,
        provider,
      });
    }
  }

  private ownVault(vault: MemberVaultProps, { preventDestroy, provider }: MemberAccountProps): Vault {
    const { breakGlassRoleNames = [], ...rest } = vault;
    const breakGlassPrincipalArns = breakGlassRoleNames.map(
      (name) => `arn:${partitionOf(this, provider)}:iam::${accountOf(this, provider)}:role/${name}`,
    );
    return new Vault(this, `Vault-${vault.backupVaultName}`, {
      ...rest,
      breakGlassPrincipalArns: breakGlassPrincipalArns.length === 0 ? undefined : breakGlassPrincipalArns,
      preventDestroy,
      provider,
    });
  }

  private ownRoles({ tags, provider, waivers }: MemberAccountProps): IamRole[] {
    const [backup, restore, scanner] = this.provision.roleNames as [string, string, string | undefined];
    const services = ServiceSupport.all().map(({ id }) => id);
    const partition = partitionOf(this, provider);
    const scans = scanner === undefined ? [] : [ManagedPolicies.forScans(partition)];
    const made: ServiceRole[] = [
      backupServiceRole(this, 'BackupRole', {
        roleName: backup,
        description: 'AWS Backup assumes it for backups and copies',
        managedPolicyArns: [...ManagedPolicies.forBackup(services, partition), ...scans],
        tags,
        provider,
      }),
      backupServiceRole(this, 'RestoreRole', {
        roleName: restore,
        description: 'AWS Backup assumes it for restores',
        managedPolicyArns: ManagedPolicies.forRestore(services, partition),
        tags,
        provider,
      }),
    ];
    if (scanner !== undefined) {
      const description = 'GuardDuty assumes it to scan recovery points';
      const managedPolicyArns = [ManagedPolicies.forScanner(partition)];
      made.push(
        scannerRole(this, 'ScannerRole', { roleName: scanner, description, managedPolicyArns, tags, provider }),
      );
    }
    return made.map(({ role }) => {
      annotateTemplate(role, waivers);
      return role;
    });
  }
}

/** Whether roles are made decides the shape of the configuration, which Terraform's values cannot. */
function checkRolesRegion(rolesRegion: string | undefined, region: string): Finding[] {
  if (rolesRegion === undefined || (SYNTH.known(rolesRegion) && SYNTH.known(region))) {
    return [];
  }
  const { rule, effect, severity, allowed, source } = RuleCatalog.find('terraform-roles-region');
  const given = SYNTH.known(rolesRegion) ? `${rolesRegion} beside a provider of an unknown Region` : 'a token';
  return [{ rule, effect, severity, path: 'rolesRegion', message: `must be ${allowed}, got ${given}`, source }];
}
