/**
 * Numbers that AWS Backup sets: quotas of an account and Region, how much runs at once, what cannot be stopped.
 *
 * The bounds of single values (days, windows, lengths) are those of the rules.
 */
export class BackupLimits {
  /**
   * Vaults of both kinds in an account and Region (quota L-7705D2CB, adjustable; Source B7.1/1).
   */
  public static readonly VAULTS = 300;

  /**
   * Recovery points of one vault (quota L-514878B6, adjustable; Source B7.1/1).
   */
  public static readonly RECOVERY_POINTS_OF_VAULT = 1000000;

  /**
   * Backup plans in an account and Region (quota L-BD69F607, adjustable; Source section 15).
   */
  public static readonly PLANS = 300;

  /**
   * Versions of one plan (quota L-9122A82F, adjustable; Source B2.1/1).
   */
  public static readonly PLAN_VERSIONS = 2000;

  /**
   * The greatest number of days that AWS Backup knows: a hundred years (Source B2.3/2).
   */
  public static readonly LONGEST_DAYS = 36500;

  /**
   * Days that a point stays in cold storage, and is billed for, at least (Source B2.3/3, B16.2/3).
   */
  public static readonly COLD_DAYS = 90;

  /**
   * Days for which a continuous backup is kept, at most (Source B2.3/7, B5.3/1).
   */
  public static readonly CONTINUOUS_DAYS: number = 35;

  /**
   * Legal holds of an account that are not over (Source B5.4/1).
   */
  public static readonly LEGAL_HOLDS = 50;

  /**
   * Restores of files of EBS that run at once in an account and Region (Source B15).
   */
  public static readonly EBS_FILE_RESTORES = 25;

  /**
   * Frameworks in an account and Region (quota L-E43E0ED6, adjustable; Source B10.1/3).
   */
  public static readonly FRAMEWORKS = 15;

  /**
   * Controls of all frameworks in an account and Region (quota L-B4021FB0, adjustable; Source B10.1/3).
   */
  public static readonly FRAMEWORK_CONTROLS = 50;

  /**
   * Report plans of an account (quota L-C296F1F5, adjustable; Source B10.1/3).
   */
  public static readonly REPORT_PLANS = 20;

  /**
   * Restore testing plans in an account and Region (Source section 15).
   */
  public static readonly RESTORE_TESTING_PLANS = 100;

  /**
   * Selections of one restore testing plan (Source section 15).
   */
  public static readonly RESTORE_TESTING_SELECTIONS = 30;

  /**
   * Search jobs of an account and Region that run at once (Source section 15).
   */
  public static readonly SEARCH_JOBS = 10;

  /**
   * Jobs of an account and Region that export what searches found and run at once (Source section 15).
   */
  public static readonly SEARCH_EXPORT_JOBS = 5;

  /**
   * Recovery points that one search looks through (Source section 15).
   */
  public static readonly RECOVERY_POINTS_OF_SEARCH = 20;

  /**
   * For how many days a search job is kept, with what it found (Source API GetSearchResultExportJob).
   */
  public static readonly SEARCH_KEPT_DAYS = 7;

  /**
   * For how many hours a client token of a search or export stands for what it began (Source API StartSearchJobInput).
   */
  public static readonly SEARCH_TOKEN_HOURS = 8;

  /**
   * For how many days jobs are listed (Source B4.1/11).
   */
  public static readonly JOBS_LISTED_DAYS = 30;

  /**
   * Tags of one recovery point, those of its resource and those that were added (Source B4.3/4), and of anything else of
   * AWS Backup (Assumed).
   */
  public static readonly TAGS_OF_RECOVERY_POINT = 50;

  /**
   * Minutes that a start window has at least (Source B4.2/1).
   */
  public static readonly START_WINDOW_MINUTES = 60;

  /**
   * Copies of services under full management that an account has running into one Region (Source B6.3/15).
   */
  public static readonly COPIES_INTO_REGION = 100;

  /**
   * How many of those each vault takes beyond that (Source B6.3/15).
   */
  public static readonly COPIES_INTO_VAULT_BEYOND = 5;

  /**
   * How many copies of a service an account has running into logically air-gapped vaults (Source B7.5/6).
   *
   * @param service id of its row in the table of service support
   * @returns Infinity where no number is documented
   */
  public static copiesIntoAirGap(service: string): number {
    return INTO_AIR_GAP.get(service) ?? Infinity;
  }

  /**
   * How many backups of a service an account has running (Source B4.3/1).
   *
   * @param service id of its row in the table of service support
   * @returns Infinity where no number is documented
   */
  public static backupsAtOnce(service: string): number {
    return service === 'timestream' ? 4 : Infinity;
  }

  /**
   * S3 buckets of an account that AWS Backup backs up (quota, adjustable; Source B4.3/1, B15).
   */
  public static readonly S3_BUCKETS = 100;

  /**
   * To how many buckets AWS raises that quota (Source B15).
   */
  public static readonly S3_BUCKETS_RAISED = 1000;

  /**
   * Service whose backups go through a backup gateway, as its row in the table of service support.
   */
  public static readonly GATEWAY_SERVICE: string = 'virtual-machine';

  /**
   * Backup and restore jobs that one backup gateway runs at once (Source B4.3/9).
   */
  public static readonly JOBS_OF_GATEWAY = 4;

  /**
   * How many restores of a service an account has running (Source B4.3/1, quotas of AWS Backup).
   *
   * @param service id of its row in the table of service support
   * @returns Infinity where no number is documented
   */
  public static restoresAtOnce(service: string): number {
    return RESTORES.get(service) ?? Infinity;
  }

  /**
   * How many hours longer a restore takes from cold storage than from warm (Source B8/8).
   *
   * AWS promises no time. An archived snapshot of EBS takes up to 72 hours (Source B8/9); that it takes all of them,
   * whatever its size, is Assumed, as no time by size is documented.
   *
   * @param service id of its row in the table of service support
   */
  public static coldRestoreHours(service: string): number {
    return service === 'ebs' ? 72 : 4;
  }

  /**
   * How many restores run into one target, such as a cluster of EKS (Source quotas of AWS Backup).
   *
   * @param service id of its row in the table of service support
   * @returns Infinity where no number is documented
   */
  public static restoresIntoOne(service: string): number {
    return service === 'eks' ? 1 : Infinity;
  }

  /**
   * Indexes that are made at once in an account (Source quotas of AWS Backup).
   */
  public static readonly INDEXES_AT_ONCE = 40;

  /**
   * Indexes of points of one resource that are made at once (Source quotas of AWS Backup).
   */
  public static readonly INDEXES_OF_RESOURCE_AT_ONCE = 5;

  /**
   * Whether StopBackupJob takes a job of a service (Source B4.3/8). Multi-AZ clusters count as RDS.
   *
   * @param service id of its row in the table of service support
   */
  public static canStop(service: string): boolean {
    return !UNSTOPPABLE.includes(service);
  }

  /**
   * Least days of grace before a lock in compliance mode can never be changed again.
   */
  public static readonly LOCK_GRACE_DAYS = 3;

  private constructor() {}
}

const INTO_AIR_GAP: ReadonlyMap<string, number> = new Map([
  ['ebs', 20],
  ['aurora', 20],
  ['documentdb', 20],
  ['neptune', 20],
  ['storage-gateway', 5],
  ['fsx-lustre', 5],
  ['fsx-ontap', 5],
  ['fsx-openzfs', 5],
  ['fsx-windows', 5],
]);

const RESTORES: ReadonlyMap<string, number> = new Map([
  ['timestream', 1],
  ['eks', 5],
]);

const UNSTOPPABLE: readonly string[] = [
  'aurora',
  'documentdb',
  'fsx-lustre',
  'fsx-ontap',
  'fsx-openzfs',
  'fsx-windows',
  'neptune',
  'rds',
  'rds-multi-az-cluster',
  'sap-hana',
];
