/**
 * One kind of thing that an account has, read page by page.
 *
 * Pure: types, and what the sources share.
 * Units    `sizeGiB` GiB.
 */
import type {
  BackupFramework,
  BackupPlan,
  BackupReportPlan,
  BackupVault,
  DeclaredOrganization,
  EncryptionKey,
  Environment,
  LegalHold,
  LogicallyAirGappedVault,
  OrganizationMember,
  OrganizationPolicy,
  OrganizationSettings,
  OrganizationUnit,
  RegionSettings,
  RestoreAccessVault,
  RestoreTestingPlan,
  TieringConfiguration,
} from '@holdfast/model';
import { TagRules } from '@holdfast/model';
import type { Reader } from './reader';

/** A resource as an inventory has it. */
export interface Entry {
  readonly arn: string;
  /** AWS Backup's word, where the ARN does not tell. */
  readonly type?: string;
  readonly account?: string;
  readonly region?: string;
  readonly sizeGiB?: number;
  readonly objectCount?: number;
  /** Whether a bucket keeps versions, without which AWS Backup does not back it up; absent where nobody may know. */
  readonly versioning?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly encryptedWith?: string;
  readonly state?: string;
  readonly preferredMaintenanceWindow?: string;
  readonly preferredBackupWindow?: string;
  readonly automatedBackupDays?: number;
  readonly hypervisorId?: string;
  readonly gatewayCount?: number;
  /** ARNs of the resources of a stack, or of the volumes of a cluster, by what they are called in it. */
  readonly members?: Readonly<Record<string, string>>;
}

/** A resource of a stack that holds data, as CloudFormation calls it. */
export interface Part {
  /** Logical id. */
  readonly id: string;
  /** Row of service support. */
  readonly service: string;
  /** Name, id or ARN. */
  readonly physical: string;
}

/** What a page brings. */
export interface Page {
  readonly entries?: readonly Entry[];
  /** Tags of resources that other sources find, by ARN. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** GiB of volumes that belong to an instance, by its ARN. */
  readonly attached?: Readonly<Record<string, number>>;
  /** Resources of stacks, by the stack's ARN. */
  readonly parts?: Readonly<Record<string, readonly Part[]>>;
  /** ARNs of what AWS Backup has backed up once. */
  readonly backedUp?: readonly string[];
  readonly vaults?: readonly BackupVault[];
  readonly logicallyAirGappedVaults?: readonly LogicallyAirGappedVault[];
  readonly plans?: readonly BackupPlan[];
  readonly regionSettings?: readonly RegionSettings[];
  readonly frameworks?: readonly BackupFramework[];
  readonly reportPlans?: readonly BackupReportPlan[];
  readonly restoreTestingPlans?: readonly RestoreTestingPlan[];
  readonly keys?: readonly EncryptionKey[];
  readonly legalHolds?: readonly LegalHold[];
  readonly tieringConfigurations?: readonly TieringConfiguration[];
  readonly restoreAccessVaults?: readonly RestoreAccessVault[];
  /** An organization without what follows. */
  readonly organization?: DeclaredOrganization;
  readonly units?: readonly OrganizationUnit[];
  readonly members?: readonly OrganizationMember[];
  readonly policies?: readonly OrganizationPolicy[];
  /** Content of the effective backup policy of accounts, null where there is none. */
  readonly effective?: Readonly<Record<string, unknown>>;
  readonly organizationSettings?: readonly OrganizationSettings[];
  /** What whoever reads the inventory has to know. */
  readonly notes?: readonly string[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string | undefined;
}

export interface Source {
  /** E.g. `ebs`. */
  readonly name: string;
  /** What is the same in every Region is read in the first alone. */
  readonly once?: boolean;
  page(reader: Reader, env: Environment, token: string | undefined): Promise<Page>;
}

export const GIB = 1_073_741_824;

/** A list of tags in either of AWS's spellings as a map; those of AWS itself are left out. */
export function tagsOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  return Object.fromEntries(
    (tags ?? []).flatMap(({ Key, Value }) =>
      Key === undefined || TagRules.isReserved(Key) ? [] : [[Key, Value ?? '']],
    ),
  );
}

/** A map of tags without those of AWS itself. */
export function plainTags(tags: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).filter(([key]) => !TagRules.isReserved(key)));
}

/** GiB of bytes, exact to the byte that a simulation works with. */
export function gib(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes / GIB;
}

/** An object without its undefined members. */
export function known<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
