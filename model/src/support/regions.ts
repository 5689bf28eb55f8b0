/** How the names of Regions begin that are not in the partition `aws`. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
];

/**
 * Regions of the partition `aws` that an account must opt in to: those that came after 20 March 2019.
 *
 * Source https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html and its document history, read in
 * November 2026.
 */
const OPT_IN: readonly string[] = [
  'af-south-1', // Cape Town
  'ap-east-1', // Hong Kong
  'ap-east-2', // Taipei
  'ap-south-2', // Hyderabad
  'ap-southeast-3', // Jakarta
  'ap-southeast-4', // Melbourne
  'ap-southeast-5', // Malaysia
  'ap-southeast-6', // New Zealand
  'ap-southeast-7', // Thailand
  'ca-west-1', // Calgary
  'eu-central-2', // Zurich
  'eu-south-1', // Milan
  'eu-south-2', // Spain
  'il-central-1', // Tel Aviv
  'me-central-1', // UAE
  'me-south-1', // Bahrain
  'mx-central-1', // Mexico Central
];

/** Where file systems of FSx are not copied to or from another Region. */
const WITHOUT_FSX: readonly string[] = ['me-central-1', 'me-south-1'];

/** What a service cannot do in some Regions. */
interface Gap {
  readonly regions: readonly string[];
  readonly region: boolean;
  readonly account: boolean;
}

const FSX: Gap = { regions: WITHOUT_FSX, region: true, account: false };
const BETWEEN_ACCOUNTS: Gap = { regions: OPT_IN, region: false, account: true };

/** Source B6.3/12. */
const GAPS: Readonly<Record<string, Gap>> = {
  documentdb: { regions: OPT_IN, region: true, account: true },
  cloudformation: BETWEEN_ACCOUNTS,
  neptune: BETWEEN_ACCOUNTS,
  timestream: BETWEEN_ACCOUNTS,
  'fsx-lustre': FSX,
  'fsx-ontap': FSX,
  'fsx-openzfs': FSX,
  'fsx-windows': FSX,
};

/**
 * What Regions are, and what AWS Backup cannot copy from or into some of them.
 */
export class Regions {
  /**
   * The Regions of the partition `aws` that an account must opt in to.
   */
  public static optIn(): string[] {
    return [...OPT_IN];
  }

  /**
   * Whether an account must opt in to a Region before anything can be deployed there.
   *
   * @param region e.g. `eu-south-1`
   */
  public static isOptIn(region: string): boolean {
    return OPT_IN.includes(region);
  }

  /**
   * The partition of a Region, e.g. `aws-cn`.
   *
   * @param region e.g. `cn-north-1`
   */
  public static partitionOf(region: string): string {
    return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
  }

  /**
   * Those of the two Regions of a copy that stand in its way, for services whose copies not every Region has.
   *
   * That it counts for the Region of either end is Assumed: AWS says "in opt-in Regions".
   *
   * @param serviceId id of `ServiceSupport`
   * @param fromRegion Region of the source
   * @param toRegion Region of the destination
   * @param crossAccount whether the destination is of another account
   */
  public static withoutCopy(serviceId: string, fromRegion: string, toRegion: string, crossAccount: boolean): string[] {
    const gap = GAPS[serviceId];
    const concerned = gap !== undefined && ((gap.region && fromRegion !== toRegion) || (gap.account && crossAccount));
    return concerned ? [...new Set([fromRegion, toRegion])].filter((region) => gap.regions.includes(region)) : [];
  }

  private constructor() {}
}
