// What the oracle knows of schedules, lifecycles, sizes and support, as pure functions. See oracle.ts.
import {
  BackupPlan,
  BackupRule,
  CopyAction,
  Environment,
  Lifecycle,
  Schedule,
  ServiceFeatures,
  StatefulResource,
} from '@holdfast/model';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const GIB = 2 ** 30;

export interface OraclePoint {
  readonly resource: string;
  readonly vault: string;
  /** `plan#rule`, with `>destination` for a copy. */
  readonly cause: string;
  readonly createdAt: number;
  readonly coldAt: number;
  deleteAt: number;
  readonly continuous: boolean;
  readonly copied: boolean;
  cold: boolean;
  /** As of when it holds its data. */
  asOf: number;
}

export interface Vault {
  readonly arn: string;
  readonly env: Environment;
  readonly airGapped: boolean;
  readonly keyArn: string | undefined;
  readonly min: number;
  readonly max: number;
}

export interface Resource {
  readonly declared: StatefulResource;
  readonly service: ServiceFeatures;
  busy: boolean;
  continuous: OraclePoint | undefined;
  /** Its points that stand. */
  readonly points: Set<OraclePoint>;
  /** As of when the most recent copy held its data, by place and key of where it was copied to. */
  readonly latestCopies: Map<string, number>;
}

export interface OracleAnswer {
  /** One line an event. */
  readonly story: string[];
  readonly live: OraclePoint[];
  readonly backupJobs: Record<string, number>;
  readonly copyJobs: Record<string, number>;
  readonly created: number;
  readonly deleted: number;
}

export interface OracleOptions {
  readonly start: number;
  readonly end: number;
  /** Names of the plans in the order in which they run at one instant. */
  readonly planOrder: readonly string[];
  /** How long after its DeleteAt a point is deleted; Infinity when it is not in this run. */
  readonly delayOf: (point: OraclePoint) => number;
}

export interface Job {
  readonly number: number;
  readonly kind: 'backup' | 'copy';
  readonly resource: Resource;
  readonly vault: Vault | undefined;
  readonly cause: string;
  readonly rule: BackupRule;
  readonly createdAt: number;
  readonly plan: BackupPlan;
  state: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'EXPIRED';
  startedAt: number;
  expires: boolean;
  /** Copies alone. */
  readonly source?: OraclePoint;
  readonly sourceVault?: Vault;
  readonly pointCreatedAt?: number;
  readonly ends?: { readonly coldAt: number; readonly deleteAt: number };
}

/** What a temporary point waits for. */
export interface Temporary {
  open: number;
  kept: boolean;
}

export function arnOf(env: Environment, name: string): string {
  return `arn:${env.partition}:backup:${env.region}:${env.account}:backup-vault:${name}`;
}

export function isContinuous(rule: BackupRule): boolean {
  return rule.enableContinuousBackup === true;
}

export function samePlace(a: Environment, b: Environment): boolean {
  return a.account === b.account && a.region === b.region && a.partition === b.partition;
}

export function daysOrNever(days: number | undefined): number {
  return days === undefined || days === -1 ? Infinity : days;
}

export function runsOf(rule: BackupRule, from: number, to: number): number[] {
  return Schedule.expression(rule.scheduleExpression ?? 'cron(0 5 ? * * *)', rule.scheduleExpressionTimezone).between(
    from,
    to,
  );
}

/**
 * B3.4/2: of rules whose start windows overlap, the one with the longer retention runs; ties go to the first. No run
 * comes before `start`, as the plan does not exist; runs after `end` may suppress runs before it.
 */
export function keptRuns(
  rules: readonly BackupRule[],
  start: number,
  end: number,
  compete: (a: BackupRule, b: BackupRule) => boolean,
): Set<number>[] {
  const windowOf = (rule: BackupRule) => (rule.startWindowMinutes ?? 480) * MINUTE;
  const beyond = end + rules.reduce((sum, rule) => sum + windowOf(rule), 0);
  const kept = rules.map(() => new Set<number>());
  const retention = (row: number) => daysOrNever(rules[row]?.lifecycle?.deleteAfterDays);
  const ranked = rules
    .map((_, row) => row)
    .sort((a, b) => (retention(a) === retention(b) ? a - b : retention(b) > retention(a) ? 1 : -1));
  ranked.forEach((row, rank) => {
    const rule = rules[row] as BackupRule;
    const rivals = ranked.slice(0, rank).filter((other) => compete(rule, rules[other] as BackupRule));
    for (const at of runsOf(rule, start, beyond)) {
      const overlapped = rivals.some((other) => {
        const window = windowOf(rules[other] as BackupRule);
        for (let minute = at - window + MINUTE; minute < at + windowOf(rule); minute += MINUTE) {
          if (kept[other]?.has(minute)) {
            return true;
          }
        }
        return false;
      });
      if (!overlapped) {
        kept[row]?.add(at);
      }
    }
  });
  return kept;
}

/** B4.3/3 and B4.3/4: a state that cannot be backed up, or too many tags together. */
export function isBlocked({ declared, service }: Resource, rule: BackupRule): boolean {
  const tags = new Set([...Object.keys(declared.tags ?? {}), ...Object.keys(rule.recoveryPointTags ?? {})]);
  if (service.id !== 'dynamodb' && tags.size > 50) {
    return true;
  }
  const state = declared.state?.toLowerCase();
  if (state === undefined) {
    return false;
  }
  if (service.id === 'ec2') {
    return !['running', 'stopped', 'available'].includes(state);
  }
  if (service.id === 'virtual-machine') {
    return !['available', 'online'].includes(state);
  }
  const needsAvailable = ['rds', 'rds-multi-az-cluster', 'aurora', 'documentdb', 'neptune', 'efs', 'fsx-windows'];
  return needsAvailable.includes(service.id) && state !== 'available';
}

export function sizeOf({ declared, service }: Resource): number {
  return Math.round((declared.sizeGiB ?? service.defaultSizeGiB) * GIB);
}

/** snapshot.md: change is even over time, at most everything. */
export function changed(resource: Resource, since: number): number {
  const percent = resource.declared.dailyChangePercent ?? resource.service.defaultDailyChangePercent;
  return Math.min(sizeOf(resource), Math.round(sizeOf(resource) * (percent / 100) * (since / DAY)));
}

/** B2.3/3 and B2.3/4. */
export function coldOf(createdAt: number, lifecycle: Lifecycle | undefined, { service }: Resource): number {
  const asks = service.id !== 'ebs' || lifecycle?.optInToArchiveForSupportedResources === true;
  return service.coldStorage && asks ? createdAt + daysOrNever(lifecycle?.moveToColdStorageAfterDays) * DAY : Infinity;
}

/** B6.2/1 and B6.2/2. */
export function copyEnds(
  createdAt: number,
  source: { readonly coldAt: number; readonly deleteAt: number },
  lifecycle: Lifecycle | undefined,
  resource: Resource,
): { readonly coldAt: number; readonly deleteAt: number } {
  if (lifecycle?.deleteAfterDays === undefined && lifecycle?.moveToColdStorageAfterDays === undefined) {
    return source;
  }
  const days = lifecycle.deleteAfterDays;
  const deleteAt = days === undefined || days === -1 ? source.deleteAt : createdAt + days * DAY;
  return { coldAt: coldOf(createdAt, lifecycle, resource), deleteAt };
}

/** B6.2/5, B6.3 and B7.6/4. */
export function copies(resource: Resource, from: Vault, to: Vault): boolean {
  const { service, declared } = resource;
  if (from === to || (to.airGapped && !goesIntoAirGap(resource))) {
    return false;
  }
  if (samePlace(from.env, to.env)) {
    return service.crossRegionCopy || service.crossAccountCopy || service.logicallyAirGapped;
  }
  const [region, account] = [from.env.region !== to.env.region, from.env.account !== to.env.account];
  const supported =
    (!region || service.crossRegionCopy) &&
    (!account || service.crossAccountCopy) &&
    (!(region && account) || service.crossRegionAndAccountInOneCopy);
  const shared = to.airGapped || (to.keyArn !== undefined && !managedKey(to.keyArn));
  return supported && (!account || (shared && (service.fullManagement || !managedKey(declared.encryptedWith))));
}

/** B7.5/3 and B7.6/4. */
export function goesIntoAirGap({ service, declared }: Resource): boolean {
  const plain = ['aurora', 'documentdb', 'neptune'].includes(service.id) && declared.encryptedWith === undefined;
  return service.logicallyAirGapped && !plain && (service.fullManagement || !managedKey(declared.encryptedWith));
}

function managedKey(key: string | undefined): boolean {
  return key?.includes('alias/aws/') === true;
}

export function statesOf(jobs: readonly Job[]): Record<string, number> {
  const states: Record<string, number> = {};
  jobs.forEach(({ state }) => (states[state] = (states[state] ?? 0) + 1));
  return states;
}

/** The copies of a rule in the order in which they start: by destination, as Terraform keeps them as a set. */
export function copiesOf(rule: BackupRule): CopyAction[] {
  const key = ({ destinationBackupVaultArn, lifecycle }: CopyAction): string => {
    const days = Object.entries(lifecycle ?? {}).filter(([, value]) => value !== undefined && value !== false);
    const stated = days.length === 0 ? {} : { lifecycle: Object.fromEntries(days.sort()) };
    return `${destinationBackupVaultArn} ${JSON.stringify({ destinationBackupVaultArn, ...stated })}`;
  };
  return (rule.copyActions ?? []).slice().sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function jobLine(at: number, job: Job): string {
  return [at, `${job.kind}-job ${job.state}`, job.resource.declared.arn, job.vault?.arn ?? '', job.cause].join(' | ');
}

export function pointLine(at: number, what: string, { resource, vault, cause, createdAt }: OraclePoint): string {
  return [at, `recovery-point ${what}`, resource, vault, cause, createdAt].join(' | ');
}

/** Copies that build on each other without full management: those of one place under one key. */
export function chainOf({ env, keyArn, airGapped }: Vault): string {
  return JSON.stringify([env.account, env.region, keyArn, airGapped]);
}

/** B4.4, B5.2/4: as of when what the next backup or copy into a vault builds on holds its data. */
export function baseOf(
  { service, points, latestCopies }: Resource,
  vault: Vault,
  copied: boolean,
  vaults: ReadonlyMap<string, Vault>,
): number | undefined {
  if (!service.incremental) {
    return undefined;
  }
  const counts = (point: OraclePoint) => {
    const its = vaults.get(point.vault) as Vault;
    return service.fullManagement
      ? its === vault
      : point.copied === copied && (copied ? chainOf(its) === chainOf(vault) : samePlace(its.env, vault.env));
  };
  const bases = [...points].filter((point) => !point.cold && counts(point)).map(({ asOf }) => asOf);
  // User guides of EBS and RDS: when the most recent copy is gone, the next is full; of FSx, when all are.
  const latest = latestCopies.get(chainOf(vault)) ?? -Infinity;
  const lacksLatest = copied && !service.fullManagement && !service.id.startsWith('fsx') && !bases.includes(latest);
  return bases.length === 0 || lacksLatest ? undefined : Math.max(...bases);
}
