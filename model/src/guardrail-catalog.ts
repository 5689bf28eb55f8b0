import { Guardrail } from './guardrail';

/**
 * What the recommended guardrails have to know.
 */
export interface RecommendedGuardrailsOptions {
  /**
   * Regions in which backups may be, and to which copies may go.
   *
   * @default - any Region
   */
  readonly regions?: string[];

  /**
   * Paths of the organization to which copies may go, e.g. `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*`.
   *
   * @default - any account
   */
  readonly copyOrganizationPaths?: string[];

  /**
   * Least retention of every Vault Lock, in days.
   *
   * @default - any
   */
  readonly lockMinRetentionDays?: number;

  /**
   * Id of the organization; with it, keys and report buckets are closed to everybody else.
   *
   * @default - neither keys nor buckets are closed
   */
  readonly organizationId?: string;

  /**
   * Names of the buckets that reports go to; asks for `organizationId`.
   *
   * @default - none
   */
  readonly reportBucketNames?: string[];

  /**
   * Key of the tag that marks the keys of backups, with the value `true`.
   *
   * @default 'backup-key'
   */
  readonly keyTagKey?: string;
}

/**
 * Every guardrail there is, and the set that an organization should begin with.
 */
export class GuardrailCatalog {
  /**
   * Every guardrail, those with options with sample values: a table of what each denies and stops.
   */
  public static all(): Guardrail[] {
    const organizationId = 'o-a1b2c3d4e5';
    return [
      ...protections(),
      Guardrail.protectKeys(),
      Guardrail.copiesOnlyToRegions(['eu-central-1']),
      Guardrail.copiesOnlyToOrganizationPaths([`${organizationId}/*`]),
      Guardrail.copiesOnlyIntoTaggedVaults(),
      Guardrail.lockFloor({ minRetentionDays: 35 }),
      Guardrail.graceTime({ minDays: 7, maxDays: 30 }),
      Guardrail.residency(['eu-central-1']),
      Guardrail.noBackDoorDeletes(),
      Guardrail.noSharing(),
      Guardrail.stayInOrganization(),
      Guardrail.keysOnlyInsideOrganization({ organizationId }),
      Guardrail.reportBucketsOnlyInsideOrganization({ organizationId, bucketNames: ['backup-reports'] }),
      Guardrail.blockPublicSnapshots(),
      Guardrail.blockPublicImages(),
      Guardrail.allowedImages({ imageProviders: ['amazon', '111122223333'] }),
    ];
  }

  /**
   * The guardrails that every organization should have, and those that the options ask for.
   *
   * Left out are what depends on how an organization works: copies into tagged vaults alone, grace times, and allowed
   * images.
   *
   * @param options Regions, paths, floors and buckets
   */
  public static recommended(options: RecommendedGuardrailsOptions = {}): Guardrail[] {
    const { regions, copyOrganizationPaths, lockMinRetentionDays, organizationId, reportBucketNames, keyTagKey } =
      options;
    const tagged = { tagKey: keyTagKey };
    return [
      ...protections(),
      Guardrail.protectKeys(tagged),
      ...(regions === undefined ? [] : [Guardrail.copiesOnlyToRegions(regions), Guardrail.residency(regions)]),
      ...(copyOrganizationPaths === undefined ? [] : [Guardrail.copiesOnlyToOrganizationPaths(copyOrganizationPaths)]),
      ...(lockMinRetentionDays === undefined ? [] : [Guardrail.lockFloor({ minRetentionDays: lockMinRetentionDays })]),
      Guardrail.noBackDoorDeletes(),
      Guardrail.noSharing(),
      Guardrail.stayInOrganization(),
      ...(organizationId === undefined ? [] : [Guardrail.keysOnlyInsideOrganization({ organizationId, ...tagged })]),
      ...(reportBucketNames === undefined
        ? []
        : // Without its organization the rules find it, rather than that nothing is said of the buckets.
          [
            Guardrail.reportBucketsOnlyInsideOrganization({
              organizationId: organizationId ?? '',
              bucketNames: reportBucketNames,
            }),
          ]),
      Guardrail.blockPublicSnapshots(),
      Guardrail.blockPublicImages(),
    ];
  }

  /**
   * The roles with which CloudFormation deploys apps of the CDK, in every account and Region, as a pattern of ARNs.
   *
   * @param qualifier qualifier of the bootstrap
   */
  public static bootstrapRoleArn(qualifier: string = 'hnb659fds'): string {
    return `arn:*:iam::*:role/cdk-${qualifier}-cfn-exec-role-*`;
  }

  private constructor() {}
}

function protections(): Guardrail[] {
  return [
    Guardrail.protectRecoveryPoints(),
    Guardrail.protectVaults(),
    Guardrail.protectLocks(),
    Guardrail.protectNotifications(),
    Guardrail.protectPlans(),
    Guardrail.protectSettings(),
    Guardrail.protectLegalHolds(),
    Guardrail.protectApprovalTeams(),
    Guardrail.protectAudit(),
    Guardrail.protectConfigRecorder(),
    Guardrail.protectRestoreTesting(),
    Guardrail.protectServiceLinkedRoles(),
    Guardrail.protectExemptRoles(),
  ];
}
