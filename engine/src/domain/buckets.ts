/**
 * Buckets: resources of S3 that backups protect, with what S3's own API knows of them.
 *
 * Owns     objects, unfinished uploads and settings of each bucket. Whether there is one, its tags, its key and its size
 *          are the resource's (protected-resources.ts), so that a bucket is one thing whoever made it.
 * Units    `…At` are Instants; sizes are bytes.
 * Source   S3 user guide and API reference 2006-03-01 (read 2026-11-26).
 * Spec     buckets.md
 */
import { Environment, ServiceSupport } from '@holdfast/model';
import { digestOf } from '../kernel/digests';
import { hex128 } from '../kernel/ids';
import { type Instant, NEVER } from '../kernel/instant';
import { byName } from '../kernel/order';
import { SETTING_CHANGED } from './event-codes';
import { Bodies, Body } from './bodies';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import type { ReportFile } from './report-files';
import type { ResourceRuns } from './resource-runs';
import { GIB } from './snapshot';
import { AclGrant, NULL_VERSION, StoredObject, StoredObjects, Versioning } from './stored-objects';

/** A part that came. */
export interface UploadPart {
  readonly body: Body;
  readonly etag: string;
  readonly at: Instant;
  readonly checksum: string | undefined;
}

/** An object that comes in parts. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: Instant;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly acl: readonly AclGrant[] | undefined;
  readonly checksumAlgorithm: string | undefined;
  readonly fullChecksum: boolean;
  readonly parts: Map<number, UploadPart>;
}

/** As S3's API has it. */
interface EncryptionSetting {
  readonly Rules?: readonly {
    readonly ApplyServerSideEncryptionByDefault?: { readonly SSEAlgorithm?: string; readonly KMSMasterKeyID?: string };
  }[];
}

export class Bucket {
  readonly objects: StoredObjects;
  readonly uploads = new Map<string, Upload>();
  /** What it is set to, as S3's API writes it, by kind; what was never set is not in here. */
  readonly settings = new Map<string, object>();
  /** How many versions and uploads it ever had: their ids follow from it. */
  made = 0;
  /** What its size was last said to be by what it holds; somebody else's word ends that. */
  measuredGiB: number | undefined;

  constructor(
    readonly resource: Resource,
    readonly createdAt: Instant,
    private readonly bodies: Bodies,
  ) {
    this.objects = new StoredObjects(bodies);
  }

  get name(): string {
    return this.resource.declaration.name;
  }

  get arn(): string {
    return this.resource.arn;
  }

  get env(): Environment {
    return this.resource.declaration.env;
  }

  /** A part comes, in the place of one of its number. */
  setPart(upload: Upload, number: number, part: UploadPart): void {
    const before = upload.parts.get(number);
    this.bodies.hold(part.body);
    upload.parts.set(number, part);
    if (before !== undefined) {
      this.bodies.drop(before.body);
    }
  }

  /** An upload is over, and its parts are gone. */
  endUpload(upload: Upload): void {
    upload.parts.forEach(({ body }) => this.bodies.drop(body));
    this.uploads.delete(upload.id);
  }

  /** It is gone with all that it holds. */
  clear(): void {
    this.objects.clear();
    this.uploads.forEach((upload) => this.endUpload(upload));
  }

  /** Its policy, as text. */
  get policy(): string | undefined {
    return (this.settings.get('policy') as { readonly Policy?: string } | undefined)?.Policy;
  }

  /**
   * What an object is encrypted with that does not say so itself, as its headers have it.
   *
   * Source S3 user guide, "Setting default server-side encryption behavior": S3's own keys unless it is set to others.
   */
  get encryption(): Readonly<Record<string, string>> {
    const { Rules } = (this.settings.get('encryption') ?? {}) as EncryptionSetting;
    const { SSEAlgorithm = 'AES256', KMSMasterKeyID: key } = Rules?.[0]?.ApplyServerSideEncryptionByDefault ?? {};
    return { ServerSideEncryption: SSEAlgorithm, ...(key !== undefined && { SSEKMSKeyId: key }) };
  }

  get versioning(): Versioning {
    return (this.settings.get('versioning') as { readonly Status?: Versioning } | undefined)?.Status;
  }
}

export class Buckets {
  /** What bodies of objects and parts are needed. */
  readonly bodies = new Bodies();
  private readonly byArn = new Map<string, Bucket>();

  constructor(
    private readonly ledger: Ledger,
    private readonly resources: ResourceRuns,
    /** Since when buckets stand that nobody created here. */
    private readonly start: Instant,
  ) {
    resources.removed.push(({ arn }) => {
      this.byArn.get(arn)?.clear();
      this.byArn.delete(arn);
    });
  }

  /** By name, which is unique in a partition. */
  tryFind(partition: string, name: string): Bucket | undefined {
    const resource = this.ledger.resources.tryFind(`arn:${partition}:s3:::${name}`);
    return resource === undefined || resource.gone ? undefined : this.of(resource, this.start);
  }

  /** One of which S3 knows anything: it was asked about, or written. */
  tryStanding(arn: string): Bucket | undefined {
    return this.byArn.get(arn);
  }

  /** Those of an account, by name in ascending order. */
  list({ partition, account }: Environment): Bucket[] {
    return byName(
      this.ledger.resources
        .list()
        .filter(({ declaration: { service, env } }) => service === 's3' && env.account === account)
        .filter(({ declaration: { env } }) => env.partition === partition)
        .map((resource) => this.of(resource, this.start)),
    );
  }

  create(env: Environment, name: string, tags: Readonly<Record<string, string>>): Bucket {
    const { resourceType } = ServiceSupport.find('s3');
    const arn = ServiceSupport.arn('s3', env, name);
    const versioning = false;
    const made = this.resources.add({ arn, service: 's3', resourceType, name, env, tags, sizeGiB: 0, versioning });
    const bucket = this.of(made, this.ledger.now);
    bucket.measuredGiB = 0;
    return bucket;
  }

  delete(bucket: Bucket): void {
    this.resources.remove(bucket.resource);
  }

  /** Changes what backups see of it. */
  describe(
    bucket: Bucket,
    changed:
      { tags?: Readonly<Record<string, string>> } | { encryptedWith: string | undefined } | { versioning: boolean },
  ): void {
    const { encryptedWith, ...others } = { ...bucket.resource.declaration, ...changed };
    this.resources.add({ ...others, ...(encryptedWith !== undefined && { encryptedWith }) });
  }

  /** Sets it, or takes the setting away. */
  set(bucket: Bucket, kind: string, value: object | undefined): void {
    if (value === undefined) {
      bucket.settings.delete(kind);
    } else {
      bucket.settings.set(kind, value);
    }
    if (kind === 'versioning') {
      this.describe(bucket, { versioning: bucket.versioning === 'Enabled' });
    }
    const what = JSON.stringify([kind, value ?? null]);
    this.ledger.declare(SETTING_CHANGED, bucket.arn, bucket.resource.place, what, 0, NEVER);
  }

  /** A version of an object begins to stand. */
  put(bucket: Bucket, version: Omit<StoredObject, 'versionId' | 'createdAt'>): StoredObject {
    const versionId = bucket.versioning === 'Enabled' ? this.newId(bucket, 's3-version') : NULL_VERSION;
    const put = { ...version, versionId, createdAt: this.ledger.now };
    bucket.objects.put(put);
    this.measure(bucket);
    return put;
  }

  /** Deletes a key, or one version of it for good. */
  deleteObject(bucket: Bucket, key: string, versionId?: string): ReturnType<StoredObjects['delete']> {
    const { objects } = bucket;
    const deletion =
      versionId === undefined
        ? objects.delete(key, bucket.versioning, () => this.marker(bucket, key))
        : { versionId, deleteMarker: objects.drop(key, versionId)?.deleteMarker ?? false };
    this.measure(bucket);
    return deletion;
  }

  /** A file of a report arrives, where there is a bucket of the name. */
  deliver(partition: string, file: ReportFile): void {
    const bucket = this.tryFind(partition, file.bucket);
    if (bucket !== undefined) {
      const { key, sizeBytes } = file;
      const text = () => [Buffer.from(file.text())];
      const etag = Buffer.from(digestOf('MD5', text()) ?? '', 'base64').toString('hex');
      // Written out each time that somebody reads it.
      const body = Body.of({
        ...{ id: undefined, sizeBytes, digests: {} },
        read: (from, to) => text().map((all) => all.subarray(from, to)),
      });
      const type = key.endsWith('.json') ? 'application/json' : 'text/csv';
      const made = {
        headers: { ContentType: type, ...bucket.encryption },
        metadata: {},
        checksum: undefined,
        partSizes: undefined,
        tags: {},
      };
      this.put(bucket, { key, deleteMarker: false, sizeBytes, etag, body, ...made });
    }
  }

  /** An id that nothing else of the bucket has. */
  newId(bucket: Bucket, kind: string): string {
    return hex128(this.ledger.seed, { kind, names: [bucket.arn, `${bucket.made++}`], at: this.ledger.now });
  }

  /**
   * A bucket that was created here is as large as its objects; of any other, its artifact or inventory says how large it
   * is. Nobody is told: what it held when it was backed up stands with its points.
   */
  private measure(bucket: Bucket): void {
    const { resource } = bucket;
    if (this.ledger.running) {
      // What comes while the clock moves, such as a file of a report, is of this very instant.
      this.ledger.content?.revise(resource);
    }
    const { declaration } = resource;
    if (bucket.measuredGiB !== undefined && declaration.sizeGiB === bucket.measuredGiB) {
      bucket.measuredGiB = bucket.objects.sizeBytes / GIB;
      resource.describe({ ...declaration, sizeGiB: bucket.measuredGiB }, resource.service.id);
    }
  }

  private marker(bucket: Bucket, key: string): StoredObject {
    return {
      key,
      versionId: bucket.versioning === 'Enabled' ? this.newId(bucket, 's3-version') : NULL_VERSION,
      createdAt: this.ledger.now,
      deleteMarker: true,
      sizeBytes: 0,
      etag: '',
      body: Body.EMPTY,
      headers: {},
      metadata: {},
      checksum: undefined,
      partSizes: undefined,
      tags: {},
    };
  }

  private of(resource: Resource, createdAt: Instant): Bucket {
    let bucket = this.byArn.get(resource.arn);
    if (bucket === undefined) {
      bucket = new Bucket(resource, createdAt, this.bodies);
      this.byArn.set(resource.arn, bucket);
      if (resource.declaration.versioning === true) {
        bucket.settings.set('versioning', { Status: 'Enabled' });
      }
    }
    return bucket;
  }
}
