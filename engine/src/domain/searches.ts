/**
 * Searches through indexes of recovery points, and exports of what they found, on the agenda.
 *
 * Owns     search and export jobs of a World, for as long as they are kept, and what each found.
 * Units    `…At` are Instants; a point is known by its row, and by its creation, as rows are used again.
 * Source   B5.5/2, B5.5/3; section 15 (how many at once).
 * Spec     searches.md
 */
import { BackupLimits, Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { DAY, formatInstant, Instant, MINUTE, NEVER } from '../kernel/instant';
import type { Buckets } from './buckets';
import { SEARCH_EXPORT_JOB, SEARCH_JOB } from './event-codes';
import { exportRefusal } from './export-access';
import type { IndexRuns, PointIndex } from './index-runs';
import type { Ledger } from './ledger';
import type { PointItem } from './point-items';
import { NO_REASON, statusMessage } from './reasons';
import { ReportFiles, ReportRow, reportTexts } from './report-files';
import { isFound, ItemFilter } from './search-filters';
import { placeOf } from './vaults';

/** Their places enter the log. */
export const SEARCH_STATES = ['RUNNING', 'COMPLETED', 'STOPPING', 'STOPPED', 'FAILED'] as const;
export const EXPORT_STATES = ['RUNNING', 'FAILED', 'COMPLETED'] as const;

export type SearchState = (typeof SEARCH_STATES)[number];
export type ExportState = (typeof EXPORT_STATES)[number];

/** Assumed: how long a search, its end by StopSearchJob, and an export take. */
const TAKES = MINUTE;

export interface SearchRequest {
  readonly env: Environment;
  readonly name: string | undefined;
  readonly token: string | undefined;
  readonly encryptionKeyArn: string | undefined;
  readonly filters: readonly ItemFilter[];
  readonly tags: Readonly<Record<string, string>>;
  /** Points of the scope that have an index, and why one may not be looked at. */
  readonly points: readonly { readonly index: PointIndex; readonly refusal: string | undefined }[];
  /** As the call had them. */
  readonly asked: { readonly scope: object; readonly itemFilters: object };
}

/** A point in a search. */
export interface SearchedPoint {
  readonly index: PointIndex;
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly vaultName: string;
  status: SearchState;
  message: string | undefined;
  /** How many items were looked at. */
  scanned: number;
}

export interface FoundItem {
  readonly point: SearchedPoint;
  readonly item: PointItem;
}

export interface SearchJob {
  readonly number: number;
  readonly id: string;
  readonly arn: string;
  readonly request: SearchRequest;
  readonly createdAt: Instant;
  readonly points: readonly SearchedPoint[];
  readonly found: FoundItem[];
  state: SearchState;
  message: string | undefined;
  completedAt: Instant | undefined;
}

export interface ExportRequest {
  readonly env: Environment;
  readonly search: SearchJob;
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly roleArn: string | undefined;
  readonly token: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ExportJob {
  readonly number: number;
  readonly id: string;
  readonly arn: string;
  readonly request: ExportRequest;
  readonly createdAt: Instant;
  state: ExportState;
  message: string | undefined;
  completedAt: Instant | undefined;
}

/** Assumed: columns of exports are the members of results, as the API has them. */
export const EXPORT_COLUMNS: Readonly<Record<PointItem['type'], readonly string[]>> = {
  S3: [
    'BackupResourceArn',
    'SourceResourceArn',
    'BackupVaultName',
    'ObjectKey',
    'ObjectSize',
    'CreationTime',
    'ETag',
    'VersionId',
  ],
  EBS: [
    'BackupResourceArn',
    'SourceResourceArn',
    'BackupVaultName',
    'FileSystemIdentifier',
    'FilePath',
    'FileSize',
    'CreationTime',
    'LastModifiedTime',
  ],
};

export class Searches {
  readonly files = new ReportFiles();
  private readonly jobs: SearchJob[] = [];
  private readonly exports: ExportJob[] = [];
  private readonly searchTurn: number;
  private readonly exportTurn: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly indexes: IndexRuns,
    private readonly buckets: Buckets,
  ) {
    this.searchTurn = ledger.turn('search job moves', (number) => this.move(this.jobs[number] as SearchJob));
    this.exportTurn = ledger.turn('export of a search ends', (number) => this.write(this.exports[number] as ExportJob));
  }

  /** Those of an account and Region that are still kept, newest first. */
  list(env: Environment): SearchJob[] {
    return this.kept(this.jobs, env);
  }

  listExports(env: Environment): ExportJob[] {
    return this.kept(this.exports, env);
  }

  start(request: SearchRequest): SearchJob {
    const { ledger } = this;
    const number = this.jobs.length;
    const { partition, region, account } = request.env;
    const id = this.idOf('search-job', number, request.env);
    const job: SearchJob = {
      number,
      id,
      arn: `arn:${partition}:backup-search:${region}:${account}:search-job/${id}`,
      request,
      createdAt: ledger.now,
      points: request.points.map(({ index, refusal }) => this.pointOf(index, refusal)),
      found: [],
      state: 'RUNNING',
      message: undefined,
      completedAt: undefined,
    };
    this.jobs.push(job);
    this.ledger.meter?.searched(request.env);
    this.come(job, 'RUNNING');
    this.soon(this.searchTurn, number, () => this.move(job));
    return job;
  }

  /** A search that is RUNNING ends without more results. */
  stop(job: SearchJob): void {
    this.come(job, 'STOPPING');
    this.soon(this.searchTurn, job.number, () => this.move(job));
  }

  startExport(request: ExportRequest): ExportJob {
    const number = this.exports.length;
    const { partition, region, account } = request.env;
    const id = this.idOf('search-export-job', number, request.env);
    const job: ExportJob = {
      number,
      id,
      arn: `arn:${partition}:backup-search:${region}:${account}:search-export-job/${id}`,
      request,
      createdAt: this.ledger.now,
      state: 'RUNNING',
      message: undefined,
      completedAt: undefined,
    };
    this.exports.push(job);
    this.note(SEARCH_EXPORT_JOB, job);
    this.soon(this.exportTurn, number, () => this.write(job));
    return job;
  }

  private kept<T extends SearchJob | ExportJob>(jobs: readonly T[], env: Environment): T[] {
    const since = this.ledger.now - BackupLimits.SEARCH_KEPT_DAYS * DAY;
    const here = ({ request, createdAt }: T) => placeOf(request.env) === placeOf(env) && createdAt > since;
    return jobs.filter(here).reverse();
  }

  private idOf(kind: string, number: number, { partition, account, region }: Environment): string {
    return uuid(this.ledger.seed, { kind, names: [partition, account, region, `${number}`], at: this.ledger.now });
  }

  /** Clients of a served World wait by the wall's clock, which does not move this one. */
  private soon(turn: number, number: number, happen: () => void): void {
    if (this.ledger.settlesAtOnce) {
      happen();
    } else {
      this.ledger.agenda.push(this.ledger.now + TAKES, turn, number);
    }
  }

  /** Source API ListSearchJobBackups: only indexes that are ACTIVE are looked at; of others it says why. */
  private pointOf(index: PointIndex, refusal: string | undefined): SearchedPoint {
    const { ledger } = this;
    const resource = ledger.resourceOf(index.series);
    const waits = index.status === 'ACTIVE' ? undefined : `The backup index is ${index.status}.`;
    const message = refusal ?? waits;
    return {
      index,
      resourceArn: resource.arn,
      resourceType: resource.service.resourceType,
      vaultName: ledger.vaultOf(index.series).name,
      status: message === undefined ? 'RUNNING' : 'FAILED',
      message,
      scanned: 0,
    };
  }

  /** What is due of a job: it looks, or has stopped. */
  private move(job: SearchJob): void {
    if (job.state === 'STOPPING') {
      job.points.filter(({ status }) => status === 'RUNNING').forEach((point) => (point.status = 'STOPPED'));
      this.end(job, 'STOPPED');
    } else if (job.state === 'RUNNING') {
      this.look(job);
    }
  }

  private look(job: SearchJob): void {
    const { ledger } = this;
    const refusal = ledger.keys.refusalOf(job.request.encryptionKeyArn);
    if (refusal !== NO_REASON) {
      job.message = statusMessage(refusal);
      job.points.forEach((point) => (point.status = 'FAILED'));
      this.end(job, 'FAILED');
      return;
    }
    const waiting = job.points.filter(({ status }) => status === 'RUNNING');
    let open = waiting.length;
    const over = () => {
      open--;
      // Who stopped the search meanwhile has ended it, or will.
      if (open <= 0 && job.state === 'RUNNING') {
        const failed = job.points.filter(({ status }) => status === 'FAILED').length;
        job.message = failed === 0 ? undefined : `${failed} recovery points could not be searched.`;
        this.end(job, 'COMPLETED');
      }
    };
    waiting.forEach((point) => this.lookInto(job, point, over));
    if (waiting.length === 0) {
      over();
    }
  }

  private lookInto(job: SearchJob, point: SearchedPoint, over: () => void): void {
    const { index } = point;
    const see = (items: readonly PointItem[] | undefined) => {
      if (job.state !== 'RUNNING') {
        return;
      }
      point.status = 'COMPLETED';
      point.scanned = items?.length ?? 0;
      // Assumed: AWS knows the items of every index; here a resource may be a name and a size alone.
      point.message = items === undefined ? 'The items of the recovery point are not known.' : undefined;
      const found = (items ?? []).filter((item) => isFound(job.request.filters, item));
      job.found.push(...found.map((item) => ({ point, item })));
      over();
    };
    if (this.indexes.tryFind(index.row) !== index) {
      point.status = 'FAILED';
      point.message = 'The recovery point or its backup index was deleted.';
      over();
    } else if (this.ledger.content?.list(index.row, see) !== true) {
      see(undefined);
    }
  }

  private end(job: SearchJob, state: SearchState): void {
    job.completedAt = this.ledger.now;
    this.come(job, state);
  }

  private come(job: SearchJob, state: SearchState): void {
    job.state = state;
    this.note(SEARCH_JOB + SEARCH_STATES.indexOf(state), job);
  }

  private write(job: ExportJob): void {
    const { env, bucket, search } = job.request;
    job.completedAt = this.ledger.now;
    job.message = this.writeRefusal(job);
    job.state = job.message === undefined ? 'COMPLETED' : 'FAILED';
    if (job.message === undefined) {
      const type = search.points[0]?.resourceType === 'EBS' ? 'EBS' : 'S3';
      const texts = reportTexts('CSV', EXPORT_COLUMNS[type], search.found.map(rowOf));
      texts.forEach((text, part) => {
        this.buckets.deliver(env.partition, this.files.put(bucket, fileOf(job, part), text, this.ledger.now));
      });
    }
    this.note(SEARCH_EXPORT_JOB + EXPORT_STATES.indexOf(job.state), job);
  }

  /** Why an export cannot be written; undefined when it can. */
  private writeRefusal(job: ExportJob): string | undefined {
    const { env, bucket, roleArn } = job.request;
    const standing = this.buckets.tryFind(env.partition, bucket);
    return standing === undefined
      ? `The bucket ${bucket} does not exist.`
      : exportRefusal(this.ledger, { env, arn: job.arn }, roleArn, standing, fileOf(job, 0));
  }

  private note(code: number, { arn, request }: SearchJob | ExportJob): void {
    this.ledger.note(code, arn, this.ledger.names.intern(placeOf(request.env)), '', NO_REASON, 0, NEVER);
  }
}

/** Key of a file of an export, by its number from 0. Assumed. */
function fileOf({ id, request: { prefix = '' } }: ExportJob, part: number): string {
  const folder = prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`;
  return `${folder}${id}${part === 0 ? '' : `_${part + 1}`}.csv`;
}

function rowOf({ point, item }: FoundItem): ReportRow {
  const common = {
    BackupResourceArn: point.index.pointArn,
    SourceResourceArn: point.resourceArn,
    BackupVaultName: point.vaultName,
    CreationTime: item.createdAt === undefined ? null : formatInstant(item.createdAt),
  };
  return item.type === 'S3'
    ? { ...common, ObjectKey: item.key, ObjectSize: item.sizeBytes, ETag: item.etag, VersionId: item.versionId }
    : {
        ...common,
        FileSystemIdentifier: item.fileSystemIdentifier,
        FilePath: item.filePath,
        FileSize: item.sizeBytes,
        LastModifiedTime: formatInstant(item.modifiedAt),
      };
}
