import { Finding, IValueProbe } from './finding';
import {
  AllowedImagesOptions,
  BackDoorOptions,
  GraceTimeOptions,
  GuardrailExemption,
  GuardrailPolicyType,
  GuardrailRoles,
  GuardrailTagOptions,
  LockFloorOptions,
  OrganizationKeysOptions,
  PublicSnapshotsOptions,
  ReportBucketsOptions,
} from './guardrail-options';
import * as backDoors from './private/guardrails/back-doors';
import * as bounds from './private/guardrails/bounds';
import * as checks from './private/guardrails/checks';
import { DESCRIPTIONS, GuardrailId } from './private/guardrails/descriptions';
import { perimeter } from './private/guardrails/perimeter';
import { keyProtections, PROTECTIONS } from './private/guardrails/protections';
import { rendered, statementOf, Template } from './private/guardrails/statement';

/** What a guardrail consists of: denials, or settings of EC2. */
interface Parts {
  readonly templates?: readonly Template[];
  readonly settings?: object;
  readonly check?: checks.Check;
}

/**
 * Something that an organization forbids to its accounts, so that backups survive whoever takes one of them over.
 *
 * Each says which attack it stops, and what it leaves open. `GuardrailPolicies.pack` makes policies of them.
 */
export class Guardrail {
  /**
   * Nobody but the break-glass roles deletes recovery points through AWS Backup, or shortens their life.
   */
  public static protectRecoveryPoints(): Guardrail {
    return new Guardrail('protect-recovery-points', { templates: PROTECTIONS.recoveryPoints });
  }

  /**
   * Nobody but the exempt deletes vaults, or changes their access and sharing policies.
   */
  public static protectVaults(): Guardrail {
    return new Guardrail('protect-vaults', { templates: PROTECTIONS.vaults });
  }

  /**
   * Nobody but the break-glass roles removes Vault Locks; who deploys may set them.
   */
  public static protectLocks(): Guardrail {
    return new Guardrail('protect-locks', { templates: PROTECTIONS.locks });
  }

  /**
   * Nobody but the exempt changes the notifications of vaults.
   */
  public static protectNotifications(): Guardrail {
    return new Guardrail('protect-notifications', { templates: PROTECTIONS.notifications });
  }

  /**
   * Nobody but the exempt changes or deletes plans and selections, or stops jobs.
   */
  public static protectPlans(): Guardrail {
    return new Guardrail('protect-plans', { templates: PROTECTIONS.plans });
  }

  /**
   * Nobody but the exempt changes the opt-in of Regions and the settings of the organization.
   */
  public static protectSettings(): Guardrail {
    return new Guardrail('protect-settings', { templates: PROTECTIONS.settings });
  }

  /**
   * Nobody but the break-glass roles cancels legal holds.
   */
  public static protectLegalHolds(): Guardrail {
    return new Guardrail('protect-legal-holds', { templates: PROTECTIONS.legalHolds });
  }

  /**
   * Nobody but the exempt changes who approves access to air-gapped vaults.
   */
  public static protectApprovalTeams(): Guardrail {
    return new Guardrail('protect-approval-teams', { templates: PROTECTIONS.approvalTeams });
  }

  /**
   * Nobody but the exempt changes or deletes frameworks and report plans.
   */
  public static protectAudit(): Guardrail {
    return new Guardrail('protect-audit', { templates: PROTECTIONS.audit });
  }

  /**
   * Nobody but the exempt stops or changes the recorder of AWS Config, on which audits rest.
   */
  public static protectConfigRecorder(): Guardrail {
    return new Guardrail('protect-config-recorder', { templates: PROTECTIONS.configRecorder });
  }

  /**
   * Nobody but the exempt changes or deletes restore testing plans and their selections.
   */
  public static protectRestoreTesting(): Guardrail {
    return new Guardrail('protect-restore-testing', { templates: PROTECTIONS.restoreTesting });
  }

  /**
   * Nobody but the exempt deletes the service-linked roles of AWS Backup.
   */
  public static protectServiceLinkedRoles(): Guardrail {
    return new Guardrail('protect-service-linked-roles', { templates: PROTECTIONS.serviceLinkedRoles });
  }

  /**
   * Nobody but the exempt makes, changes or deletes roles by the names of those that are exempt, or hands them to a service.
   *
   * AWS Backup, its scanner and CloudFormation are handed what their trust policies allow, but for break-glass roles, which no
   * service gets. Of policies those are kept that `exemptPolicyArns` names.
   *
   * Whatever makes the exempt roles in new accounts, such as the bootstrap of the CDK or a StackSet, has to be among the
   * roles that deploy.
   */
  public static protectExemptRoles(): Guardrail {
    return new Guardrail('protect-exempt-roles', { templates: PROTECTIONS.exemptRoles });
  }

  /**
   * Nobody but the break-glass roles destroys keys with the tag; who deploys may change their policies.
   *
   * @param options the tag, by default `backup-key` = `true`
   */
  public static protectKeys(options: GuardrailTagOptions = {}): Guardrail {
    const { tagKey = 'backup-key', tagValue = 'true' } = options;
    return new Guardrail('protect-keys', {
      templates: keyProtections(tagKey, tagValue),
      check: checks.tag(tagKey, tagValue),
    });
  }

  /**
   * Nobody copies recovery points to other Regions.
   *
   * @param regions names of Regions, or beginnings of names with a star, e.g. `eu-*`
   */
  public static copiesOnlyToRegions(regions: string[]): Guardrail {
    return new Guardrail('copies-only-to-regions', {
      templates: bounds.copiesToRegions(regions),
      check: checks.regions(regions),
    });
  }

  /**
   * Nobody copies recovery points to accounts elsewhere.
   *
   * @param organizationPaths paths as IAM writes them, e.g. `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*`
   */
  public static copiesOnlyToOrganizationPaths(organizationPaths: string[]): Guardrail {
    return new Guardrail('copies-only-to-organization-paths', {
      templates: bounds.copiesToPaths(organizationPaths),
      check: checks.paths(organizationPaths),
    });
  }

  /**
   * Nobody copies recovery points into vaults without the tag, and nobody but the exempt gives vaults the tag.
   *
   * @param options the tag, by default `backup-destination` = `true`
   */
  public static copiesOnlyIntoTaggedVaults(options: GuardrailTagOptions = {}): Guardrail {
    const { tagKey = 'backup-destination', tagValue = 'true' } = options;
    return new Guardrail('copies-only-into-tagged-vaults', {
      templates: bounds.copiesIntoTagged(tagKey, tagValue),
      check: checks.tag(tagKey, tagValue),
    });
  }

  /**
   * Nobody sets a Vault Lock, or makes an air-gapped vault, out of these bounds.
   *
   * @param options the bounds; a lock without a least retention is below every floor
   */
  public static lockFloor(options: LockFloorOptions): Guardrail {
    return new Guardrail('lock-floor', { templates: bounds.lockFloor(options), check: checks.lockFloor(options) });
  }

  /**
   * Nobody sets a Vault Lock that becomes permanent sooner or later than this.
   *
   * @param options the bounds
   */
  public static graceTime(options: GraceTimeOptions): Guardrail {
    return new Guardrail('grace-time', { templates: bounds.graceTime(options), check: checks.graceTime(options) });
  }

  /**
   * Nobody makes vaults, plans, backups, copies and restores in other Regions.
   *
   * @param regions names of Regions, or beginnings of names with a star, e.g. `eu-*`
   */
  public static residency(regions: string[]): Guardrail {
    return new Guardrail('residency-regions', { templates: bounds.residency(regions), check: checks.regions(regions) });
  }

  /**
   * Nobody but the break-glass roles and AWS Backup deletes recovery points through the API of their service.
   *
   * @param options the services, by default all
   */
  public static noBackDoorDeletes(options: BackDoorOptions = {}): Guardrail {
    return new Guardrail('no-back-door-deletes', {
      templates: backDoors.backDoorDeletes(options.services),
      check: checks.services(options.services),
    });
  }

  /**
   * Nobody but the break-glass roles and AWS Backup shares recovery points through the API of their service.
   *
   * @param options the services, by default all
   */
  public static noSharing(options: BackDoorOptions = {}): Guardrail {
    return new Guardrail('no-sharing', {
      templates: backDoors.backDoorShares(options.services),
      check: checks.services(options.services),
    });
  }

  /**
   * Nobody in a member account takes it out of the organization, or closes it.
   */
  public static stayInOrganization(): Guardrail {
    return new Guardrail('stay-in-organization', { templates: PROTECTIONS.membership });
  }

  /**
   * No principal of another organization, and no service on its behalf, uses keys with the tag.
   *
   * @param options the organization, and the tag, by default `backup-key` = `true`
   */
  public static keysOnlyInsideOrganization(options: OrganizationKeysOptions): Guardrail {
    const { organizationId, accountIds, tagKey = 'backup-key', tagValue = 'true' } = options;
    const conditions = { StringEquals: { [`aws:ResourceTag/${tagKey}`]: tagValue } };
    return new Guardrail('keys-only-inside-organization', {
      templates: perimeter({ actions: ['kms:*'], conditions, organizationId, accountIds }),
      check: checks.all(checks.insiders(organizationId, accountIds), checks.tag(tagKey, tagValue)),
    });
  }

  /**
   * No principal of another organization, and no service on its behalf, uses the buckets that reports go to.
   *
   * @param options the organization and the buckets
   */
  public static reportBucketsOnlyInsideOrganization(options: ReportBucketsOptions): Guardrail {
    const { organizationId, accountIds, bucketNames } = options;
    const resources = bucketNames.flatMap((name) => [`arn:*:s3:::${name}`, `arn:*:s3:::${name}/*`]);
    return new Guardrail('report-buckets-only-inside-organization', {
      templates: perimeter({ actions: ['s3:*'], resources, organizationId, accountIds }),
      check: checks.all(checks.insiders(organizationId, accountIds), checks.buckets(bucketNames)),
    });
  }

  /**
   * Nobody makes snapshots of EBS volumes public.
   *
   * @param options whether snapshots that are public already stay so
   */
  public static blockPublicSnapshots(options: PublicSnapshotsOptions = {}): Guardrail {
    const state = options.newSharingAlone === true ? 'block_new_sharing' : 'block_all_sharing';
    return new Guardrail('block-public-snapshots', {
      settings: { snapshot_block_public_access: { state: { '@@assign': state } } },
    });
  }

  /**
   * Nobody makes images of EC2 instances public.
   */
  public static blockPublicImages(): Guardrail {
    return new Guardrail('block-public-images', {
      settings: { image_block_public_access: { state: { '@@assign': 'block_new_sharing' } } },
    });
  }

  /**
   * Accounts see and use the images of these providers, of AWS Backup and of their own alone.
   *
   * @param options the providers
   */
  public static allowedImages(options: AllowedImagesOptions): Guardrail {
    const { imageProviders, auditOnly = false } = options;
    const providers = [...new Set([...imageProviders, 'aws-backup-vault'])].sort();
    return new Guardrail('allowed-images', {
      settings: {
        allowed_images_settings: {
          state: { '@@assign': auditOnly ? 'audit_mode' : 'enabled' },
          image_criteria: { criteria_1: { allowed_image_providers: { '@@assign': providers } } },
        },
      },
      check: checks.imageProviders(imageProviders),
    });
  }

  /**
   * Id, kebab-case; never renamed or reused.
   */
  public readonly id: string;

  /**
   * The kind of policy that carries it.
   */
  public readonly policyType: GuardrailPolicyType;

  /**
   * The attack that it stops.
   */
  public readonly attack: string;

  /**
   * What it does not stop.
   */
  public readonly remains: string;

  /**
   * The pages and facts that it rests on.
   */
  public readonly source: string;

  /**
   * What it denies, or the settings of EC2 that it fixes, in alphabetical order.
   */
  public readonly actions: string[];

  /**
   * Whom its statements do not bind, in the order of the statements.
   */
  public readonly exemptions: GuardrailExemption[];

  private readonly parts: Parts;

  private constructor(id: GuardrailId, parts: Parts) {
    const { policyType, attack, remains, source } = DESCRIPTIONS[id];
    const { templates = [], settings = {} } = parts;
    this.id = id;
    this.policyType = policyType;
    this.attack = attack;
    this.remains = remains;
    this.source = source;
    this.parts = parts;
    this.actions = [...new Set([...templates.flatMap(({ actions }) => actions), ...Object.keys(settings)])].sort();
    this.exemptions = [...new Set(templates.map(({ exempt }) => exempt))];
  }

  /**
   * Its statements in JSON, each as it would stand alone; none for settings of EC2.
   *
   * @param roles the roles that are exempt
   */
  public statements(roles: GuardrailRoles): any[] {
    return (this.parts.templates ?? []).flatMap((template) => statementOf(template, roles).map(rendered));
  }

  /**
   * The settings of EC2 that it fixes, as a declarative policy has them; empty for denials.
   */
  public settings(): any {
    return this.parts.settings ?? {};
  }

  /**
   * What the rules find in its options. Never throws.
   *
   * @param path where the guardrail is declared
   * @param probe tells which values are known now
   */
  public check(path: string, probe: IValueProbe): Finding[] {
    return this.parts.check?.(path, probe) ?? [];
  }
}
