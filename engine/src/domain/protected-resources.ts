/**
 * The resources that hold data, as backups see them.
 *
 * Owns     the resources by number and by ARN, whether a job of theirs is running, and their series.
 * Units    `…Bytes` are bytes.
 * Source   model's table of service support.
 * Spec     snapshot.md
 */
import { BackupLimits, ResourceKeys, ServiceFeatures, ServiceSupport, StatefulResource } from '@holdfast/model';
import { sortedBy } from '../kernel/order';
import { Instant, NEVER } from '../kernel/instant';
import type { Names } from '../kernel/names';
import { AutomatedBackups } from './automated-backups';
import { MOVES_TO_COLD, MOVES_WHEN_OPTED_IN, STAYS_WARM } from './lifecycle';
import { AIR_GAP_MANAGED_KEY, AIR_GAP_PLAIN_CLUSTER, AIR_GAP_UNSUPPORTED } from './air-gap-reasons';
import {
  HYPERVISOR_OFFLINE,
  NO_REASON,
  RESOURCE_GONE,
  RESOURCE_UNAVAILABLE,
  BUCKET_WITHOUT_VERSIONS,
  TABLE_GONE,
  VOLUME_GONE,
} from './reasons';
import type { Origin } from './origins';
import { type ServiceWindows, windowsOf } from './service-windows';
import { GIB } from './snapshot';
import { placeOf } from './vaults';
import { Waiting } from './waiting';
import { vssIssueOf } from './windows-vss';

/**
 * States in which a resource of these services is backed up (Source B4.3/3; Neptune and FSx: Assumed). No row: any state
 * but those of what is gone.
 */
const BACKED_UP_IN: Readonly<Record<string, readonly string[]>> = {
  rds: ['available'],
  'rds-multi-az-cluster': ['available'],
  aurora: ['available'],
  documentdb: ['available'],
  neptune: ['available'],
  efs: ['available'],
  ec2: ['running', 'stopped', 'available'],
  'fsx-lustre': ['available', 'updating'],
  'fsx-windows': ['available', 'updating'],
  'fsx-ontap': ['available', 'updating', 'created'],
  'fsx-openzfs': ['available', 'updating'],
  'virtual-machine': ['available', 'online'],
};

/** States of what is not there any more. */
const GONE = ['deleted', 'terminated'];

/** Reason that keeps every backup of a resource in a state from running, or NO_REASON. */
function blockedBy(service: string, declared: string | undefined, versioning: boolean | undefined): number {
  const state = declared?.toLowerCase();
  if (state === undefined) {
    return versioning === false ? BUCKET_WITHOUT_VERSIONS : NO_REASON;
  }
  if (GONE.includes(state)) {
    return service === 'ebs' ? VOLUME_GONE : service.startsWith('dynamodb') ? TABLE_GONE : RESOURCE_GONE;
  }
  // Source B4.5/3: a stack in any state whose name has COMPLETE in it.
  if (service === 'cloudformation' ? state.includes('complete') : (BACKED_UP_IN[service]?.includes(state) ?? true)) {
    return NO_REASON;
  }
  return service === 'virtual-machine' ? HYPERVISOR_OFFLINE : RESOURCE_UNAVAILABLE;
}

type Tags = Readonly<Record<string, string>>;

/** What a continuous point is called after, and the series that holds it. */
interface ContinuousLife {
  readonly createdAt: Instant;
  readonly series: number;
  readonly origin: Origin;
  /** NEVER while it is the one that runs refresh. */
  endedAt: Instant;
}

/** What each job looks at stands first: that much of a resource is fetched for it, of thousands in turn. */
export class Resource {
  /** A backup or copy job of this resource is running (Source B4.3/1: one at a time). */
  busy = false;
  /** Row of the continuous recovery point; -1 when there is none. */
  continuousPoint = -1;
  /** Jobs that wait until it is free; undefined until there is one. */
  private waitingJobs: Waiting | undefined;
  service!: ServiceFeatures;
  managed = false;
  coldSupport = STAYS_WARM;
  incremental = false;
  /** Backed up as a parent with a child for itself and one for each member (Source B4.5/1). */
  composite = false;
  /** It was made again under the ARN of one that was deleted; of others nobody reads `madeAt`, which lies apart. */
  madeAgain = false;
  /** It was deleted: nothing selects it, its points stay. */
  gone = false;
  /** Reason that keeps every backup from running, or NO_REASON. */
  blocked = NO_REASON;
  pitr = false;
  dailyChangePercent = 0;
  sizeBytes = 0;
  /** Backup jobs are queued until its state changes. */
  queues = false;
  /** Only so many backups of its kind run at once. */
  takesTurns = false;
  /** It is a bucket that counts against the quota of its account: bucket-quota.ts says which. */
  countsAsBucket = false;
  tagCount = 0;
  /** FSx knows no completion window (Source B2.1). */
  hasCompletionWindow = true;
  /** When the service itself is in the way; undefined where it never is. */
  windows: ServiceWindows | undefined;
  /** Number of account and Region among the names. */
  readonly place: number;
  declaration!: StatefulResource;
  /** Since when it is there. */
  madeAt: Instant = 0;
  /** The numbers of jobs that are queued. */
  readonly queued = new Set<number>();
  /** The rule whose retention the continuous point has. */
  continuousKeeper: Origin | undefined;
  readonly automatedBackups = new AutomatedBackups();
  /** Every continuous point that there was, oldest first: copies are named after theirs when it is long gone. */
  readonly continuousLives: ContinuousLife[] = [];
  /** Numbers of the series of this resource, one for each vault that ever held a point of it. */
  readonly series: number[] = [];
  /** Tags that it had before, each until the instant given; oldest first. */
  private earlierTags: { readonly until: Instant; readonly tags: Tags }[] = [];
  /** A cluster that is not encrypted, nor is any copy of a backup of it. */
  staysPlain = false;
  /** Reason that keeps it out of logically air-gapped vaults, or NO_REASON. */
  airGapRefusal = NO_REASON;
  /** Reason that keeps it from a volume shadow copy, or NO_REASON. */
  vssIssue = NO_REASON;

  constructor(
    readonly number: number,
    /** Number of the ARN among the names. */
    readonly arnName: number,
    place: number,
  ) {
    this.place = place;
  }

  get arn(): string {
    return this.declaration.arn;
  }

  /** Jobs that wait until it is free. */
  get waiting(): Waiting {
    return (this.waitingJobs ??= new Waiting());
  }

  /** Whether any job waits until it is free. */
  get isAwaited(): boolean {
    return this.waitingJobs?.isEmpty === false;
  }

  /** A point that runs refresh from now on, and what it is called after. */
  beginContinuous(row: number, series: number, createdAt: Instant, origin: Origin): void {
    this.continuousPoint = row;
    this.continuousKeeper = origin;
    this.continuousLives.push({ createdAt, series, origin, endedAt: NEVER });
  }

  /** No run refreshes that point any more. */
  endContinuous(now: Instant): void {
    this.continuousPoint = -1;
    const life = this.continuousLives.at(-1);
    if (life !== undefined) {
      life.endedAt = now;
    }
  }

  /** Whether it ever had other tags than now. */
  get hadOtherTags(): boolean {
    return this.earlierTags.length > 0;
  }

  /** The tags that it had at an instant. */
  tagsAt(instant: Instant): Tags {
    return this.earlierTags.find(({ until }) => instant < until)?.tags ?? this.declaration.tags ?? {};
  }

  /** Keeps the present tags as those that it had until an instant. */
  retag(until: Instant, next: Tags | undefined): void {
    const tags = this.declaration.tags ?? {};
    if (JSON.stringify(tags) !== JSON.stringify(next ?? {})) {
      this.earlierTags.push({ until, tags });
    }
  }

  /** Takes over a declaration; `serviceId` is what the Region's management preference makes of its service. */
  describe(declaration: StatefulResource, serviceId: string): void {
    const service = ServiceSupport.find(serviceId);
    this.declaration = declaration;
    this.service = service;
    this.managed = service.fullManagement;
    this.incremental = service.incremental;
    this.pitr = service.pitr;
    this.coldSupport = service.coldStorage ? (service.id === 'ebs' ? MOVES_WHEN_OPTED_IN : MOVES_TO_COLD) : STAYS_WARM;
    this.hasCompletionWindow = !service.id.startsWith('fsx-');
    this.sizeBytes = Math.round((declaration.sizeGiB ?? service.defaultSizeGiB) * GIB);
    this.dailyChangePercent = declaration.dailyChangePercent ?? service.defaultDailyChangePercent;
    this.composite = service.composite;
    this.takesTurns = service.id === BackupLimits.GATEWAY_SERVICE || BackupLimits.backupsAtOnce(service.id) < Infinity;
    this.tagCount = Object.keys(declaration.tags ?? {}).length;
    this.blocked = blockedBy(service.id, this.gone ? 'deleted' : declaration.state, declaration.versioning);
    // Source B4.3/3: backups of a file system that is being updated are queued.
    this.queues = !this.gone && service.id.startsWith('fsx-') && declaration.state?.toLowerCase() === 'updating';
    this.windows = windowsOf(declaration, service.id);
    this.vssIssue = vssIssueOf(declaration);
    this.staysPlain = declaration.encryptedWith === undefined && ResourceKeys.staysPlain(service.id);
    this.airGapRefusal = airGapRefusalOf(service, declaration.encryptedWith, this.staysPlain);
  }
}

/** Source B7.5/3: what AWS Backup does not manage fully needs a key of the customer, or none where that is encrypted there. */
function airGapRefusalOf(service: ServiceFeatures, keyArn: string | undefined, staysPlain: boolean): number {
  if (!service.logicallyAirGapped) {
    return AIR_GAP_UNSUPPORTED;
  }
  const bound = !service.fullManagement && isManagedKey(keyArn ?? '');
  return bound ? AIR_GAP_MANAGED_KEY : staysPlain ? AIR_GAP_PLAIN_CLUSTER : NO_REASON;
}

/** Whether an ARN names a key that AWS manages, by its alias; a key id alone does not tell. */
export function isManagedKey(keyArn: string): boolean {
  return keyArn.includes('alias/aws/');
}

export class Resources {
  private readonly all: Resource[] = [];
  private readonly byArn = new Map<string, Resource>();
  private readonly byPlace = new Map<number, Resource[]>();

  constructor(private readonly names: Names) {}

  /** How many numbers are given. */
  get count(): number {
    return this.all.length;
  }

  /** Adds a resource, or describes the one of the same ARN anew, from `now` on. */
  put(declaration: StatefulResource, serviceId: string, now: Instant): Resource {
    let resource = this.byArn.get(declaration.arn);
    if (resource === undefined) {
      const place = this.names.intern(placeOf(declaration.env));
      resource = new Resource(this.all.length, this.names.intern(declaration.arn), place);
      resource.madeAt = now;
      this.all.push(resource);
      this.byArn.set(declaration.arn, resource);
      const neighbours = this.byPlace.get(place);
      if (neighbours === undefined) {
        this.byPlace.set(place, [resource]);
      } else {
        neighbours.push(resource);
      }
    } else {
      resource.retag(now, declaration.tags);
      if (resource.gone) {
        resource.madeAt = now;
        resource.madeAgain = true;
        this.byPlace.get(resource.place)?.push(resource);
      }
    }
    resource.gone = false;
    resource.describe(declaration, serviceId);
    return resource;
  }

  /** Takes a resource away that somebody deleted. It is still found by its ARN and its number, as its points are. */
  remove(resource: Resource): void {
    if (resource.gone) {
      return;
    }
    resource.gone = true;
    resource.describe(resource.declaration, resource.service.id);
    const neighbours = this.byPlace.get(resource.place) ?? [];
    neighbours.splice(neighbours.indexOf(resource), 1);
  }

  find(number: number): Resource {
    const resource = this.all[number];
    if (resource === undefined) {
      throw new Error(`no resource ${number} among ${this.all.length}`);
    }
    return resource;
  }

  tryFind(arn: string): Resource | undefined {
    return this.byArn.get(arn);
  }

  /** One that is there, by ARN, or by a name that no other has. */
  tryFindNamed(named: string): Resource | undefined {
    const found = this.list().filter(({ declaration }) => declaration.arn === named || declaration.name === named);
    return found.length === 1 ? found[0] : undefined;
  }

  /** Those of one account and Region that are there, by ARN in ascending order. */
  at(place: number): Resource[] {
    return sortedBy(this.byPlace.get(place) ?? [], ({ arn }) => arn);
  }

  /** Declarations of those that are gone. */
  past(): StatefulResource[] {
    return this.all.filter(({ gone }) => gone).map(({ declaration }) => declaration);
  }

  /** Those that are there, in the order in which they came. */
  list(): readonly Resource[] {
    return this.all.filter(({ gone }) => !gone);
  }

  /** Those too that were deleted, whose points stay. */
  listEver(): readonly Resource[] {
    return this.all;
  }
}
