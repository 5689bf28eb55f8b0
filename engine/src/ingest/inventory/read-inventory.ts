/**
 * Resources that exist, with sizes and change rates, from an inventory file.
 *
 * Pure: files come through `FileSource`.
 * Units    `sizeGiB` GiB, `dailyChangePercent` percent of the data.
 * Source   design.md section 2, Inventory.
 * Assumed  A resource that is known by a label rather than its id gets the id that follows from the label.
 */
import type { Environment, ServiceFeatures, StatefulResource } from '@holdfast/model';
import { DocumentShape, PlainValues, ServiceSupport, ServiceWindow, StatefulResourceRules } from '@holdfast/model';
import type { FileSource, ReadOptions } from '../artifact';
import { IngestRefusal } from '../artifact';
import { readDocument } from '../document';
import { environmentOf } from '../environments';
import { arnOf, isIdGenerated, keyArnOf, physicalName } from '../../domain/stateful-resources';
import { GatheredRefusals } from '../refusals';
import { isObject, refuseShape } from '../shape';

/** A resource of an inventory; `content` is what the emulated resource holds. */
export interface InventoryResource extends StatefulResource {
  readonly content?: unknown;
}

/** What an entry may say. */
interface Entry {
  readonly arn?: string;
  readonly type?: string;
  readonly name?: string;
  readonly account?: string;
  readonly region?: string;
  readonly sizeGiB?: number;
  readonly dailyChangePercent?: number;
  readonly objectCount?: number;
  readonly versioning?: boolean;
  readonly tags?: Record<string, string>;
  readonly encryptedWith?: string;
  readonly state?: string;
  readonly preferredMaintenanceWindow?: string;
  readonly preferredBackupWindow?: string;
  readonly automatedBackupDays?: number;
  readonly windowsVss?: string;
  readonly hypervisorId?: string;
  readonly gatewayCount?: number;
  readonly members?: Record<string, string>;
  readonly content?: unknown;
}

const TEXT = { shape: DocumentShape.text() };
const NUMBER = { shape: DocumentShape.number() };

const ENTRY = DocumentShape.fields({
  arn: TEXT,
  type: TEXT,
  name: TEXT,
  account: TEXT,
  region: TEXT,
  sizeGiB: NUMBER,
  dailyChangePercent: NUMBER,
  objectCount: NUMBER,
  versioning: { shape: DocumentShape.truth() },
  tags: { shape: DocumentShape.textMap() },
  encryptedWith: TEXT,
  state: TEXT,
  preferredMaintenanceWindow: TEXT,
  preferredBackupWindow: TEXT,
  automatedBackupDays: NUMBER,
  windowsVss: TEXT,
  hypervisorId: TEXT,
  gatewayCount: NUMBER,
  members: { shape: DocumentShape.textMap() },
  content: { shape: DocumentShape.anything() },
});

/**
 * Reads an inventory file (YAML or JSON): a list of resources, or an object whose `resources` is that list.
 *
 * @throws IngestRefusal naming file and entry; IngestRefusals where that is more than one
 */
export function readInventory(path: string, options: ReadOptions, files: FileSource): InventoryResource[] {
  if (files.kindOf(path) !== 'file') {
    throw new IngestRefusal(path, '', 'is no file; expected an inventory in YAML or JSON');
  }
  const document = readDocument(path, files, 'plain');
  const list = isObject(document) && Object.hasOwn(document, 'resources') ? document['resources'] : document;
  if (!Array.isArray(list)) {
    throw new IngestRefusal(path, '', 'is no inventory: expected a list of resources, each with arn, or type and name');
  }
  const places = new Map<string, string>();
  const refusals = new GatheredRefusals();
  const readOne = (entry: unknown, index: number): InventoryResource => {
    const place = `resources[${index}]`;
    const resource = readInventoryEntry(entry, path, place, options.env);
    const other = places.get(resource.arn);
    if (other !== undefined) {
      throw new IngestRefusal(path, place, `is the same resource as ${other}: ${resource.arn}`);
    }
    places.set(resource.arn, place);
    return resource;
  };
  const resources = list.flatMap((entry: unknown, index) => refusals.attempt(() => readOne(entry, index)) ?? []);
  refusals.settle();
  return resources;
}

/**
 * One resource of an inventory.
 *
 * @throws IngestRefusal naming the field that does not fit
 */
export function readInventoryEntry(
  value: unknown,
  file: string,
  place: string,
  fallback: Environment,
): InventoryResource {
  refuseShape(value, ENTRY, file, place);
  const entry = value as Entry;
  refuseBounds(entry, file, place);
  refuseWindows(entry, file, place);
  const found = entry.arn === undefined ? byName(entry, file, place, fallback) : byArn(entry, file, place, fallback);
  const { service, env, arn, name } = found;
  if (entry.members !== undefined && !service.composite) {
    throw new IngestRefusal(file, `${place}.members`, `must be of a stack or cluster, got ${service.resourceType}`);
  }
  const { sizeGiB, dailyChangePercent, objectCount, versioning, tags, encryptedWith, state, members, content } = entry;
  const {
    preferredMaintenanceWindow,
    preferredBackupWindow,
    automatedBackupDays,
    windowsVss,
    hypervisorId,
    gatewayCount,
  } = entry;
  const resource = {
    arn,
    service: service.id,
    resourceType: service.resourceType,
    name,
    env,
    ...(tags !== undefined && { tags }),
    ...(sizeGiB !== undefined && { sizeGiB }),
    ...(dailyChangePercent !== undefined && { dailyChangePercent }),
    ...(objectCount !== undefined && { objectCount }),
    ...(versioning !== undefined && { versioning }),
    ...(encryptedWith !== undefined && { encryptedWith: keyArnOf(encryptedWith, env) }),
    ...(state !== undefined && { state }),
    ...(preferredMaintenanceWindow !== undefined && { preferredMaintenanceWindow }),
    ...(preferredBackupWindow !== undefined && { preferredBackupWindow }),
    ...(automatedBackupDays !== undefined && { automatedBackupDays }),
    ...(windowsVss !== undefined && { windowsVss }),
    ...(hypervisorId !== undefined && { hypervisorId }),
    ...(gatewayCount !== undefined && { gatewayCount }),
    ...(members !== undefined && { members }),
    ...(content !== undefined && { content }),
    declaredAt: `${file}: ${place}`,
  };
  refuseGateways(resource, file, place);
  return resource;
}

interface Found {
  readonly service: ServiceFeatures;
  readonly env: Environment;
  readonly arn: string;
  readonly name: string;
}

function byArn(entry: Entry, file: string, place: string, fallback: Environment): Found {
  const { arn = '', type, account, region } = entry;
  const service = ServiceSupport.tryFindByArn(arn, type);
  if (service === undefined) {
    const plain = type === undefined ? undefined : ServiceSupport.tryFindByArn(arn);
    throw plain === undefined
      ? new IngestRefusal(file, `${place}.arn`, `must be the ARN of a resource that AWS Backup protects, got ${arn}`)
      : new IngestRefusal(
          file,
          `${place}.type`,
          `must agree with the ARN, which is of type ${plain.resourceType}, got ${type}`,
        );
  }
  const [, partition = '', , ofRegion = '', ofAccount = ''] = arn.split(':');
  for (const [key, said, inArn] of [
    ['account', account, ofAccount],
    ['region', region, ofRegion],
  ] as const) {
    if (said !== undefined && inArn !== '' && said !== inArn) {
      throw new IngestRefusal(file, `${place}.${key}`, `must agree with the ARN, which has ${inArn}, got ${said}`);
    }
  }
  const stated = environmentOf(
    { account: ofAccount === '' ? account : ofAccount, region: ofRegion === '' ? region : ofRegion },
    fallback,
  );
  const name = ServiceSupport.nameOf(arn) ?? arn;
  if (entry.name !== undefined && !isIdGenerated(service.id) && !sameName(entry.name, name)) {
    throw new IngestRefusal(file, `${place}.name`, `must agree with the ARN, which names ${name}, got ${entry.name}`);
  }
  return { service, env: { ...stated, partition }, arn, name: entry.name ?? name };
}

/** A table of Timestream may be named with its database. */
function sameName(given: string, inArn: string): boolean {
  return given.toLowerCase() === inArn.toLowerCase() || given.split(/[/|]/).at(-1) === inArn;
}

function byName(entry: Entry, file: string, place: string, fallback: Environment): Found {
  const { type, name } = entry;
  if (type === undefined || name === undefined) {
    throw new IngestRefusal(file, place, 'must have an arn, or a type and a name');
  }
  const service = serviceOf(type);
  if (service === undefined) {
    const known = [...new Set(ServiceSupport.all().map(({ resourceType }) => resourceType))];
    throw new IngestRefusal(file, `${place}.type`, `must be one of ${known.join(', ')}, got ${type}`);
  }
  const env = environmentOf(entry, fallback);
  if (ID.test(name)) {
    return { service, env, arn: ServiceSupport.arn(service.id, env, name), name };
  }
  const [parent, own] = parts(name);
  const physical = physicalName(service.id, env, own, own);
  const within = service.id === 'fsx-ontap' && parent !== undefined && !parent.startsWith('fs-');
  const outer = within ? physicalName('fsx-windows', env, undefined, parent) : parent;
  return { service, env, arn: arnOf(service.id, env, physical, outer), name };
}

/** An id as a service makes it, perhaps with the id of what it is in. */
const ID = /^([a-z]+-[0-9a-f]{8,}\/)?(i|vol|fs|fsvol|vm)-[0-9a-f]{8,}$/;

/** `database/table` as its two names. */
function parts(name: string): [parent: string | undefined, own: string] {
  const at = name.search(/[/|]/);
  return at === -1 ? [undefined, name] : [name.slice(0, at), name.slice(at + 1)];
}

/** A service by AWS Backup's word for the type, else by our id of the row. */
function serviceOf(type: string): ServiceFeatures | undefined {
  const named = ServiceSupport.all().filter(({ resourceType }) => resourceType === type);
  const usual = named.find(({ id }) => id === 'dynamodb-advanced' || id === 'fsx-windows');
  return usual ?? named[0] ?? ServiceSupport.tryFind(type);
}

function refuseWindows(entry: Entry, file: string, place: string): void {
  const { preferredMaintenanceWindow: weekly, preferredBackupWindow: daily } = entry;
  if (weekly !== undefined && ServiceWindow.tryWeekly(weekly) === undefined) {
    const expected = 'must be two times of the week in UTC, such as mon:05:00-mon:05:30';
    throw new IngestRefusal(file, `${place}.preferredMaintenanceWindow`, `${expected}, got ${weekly}`);
  }
  if (daily !== undefined && ServiceWindow.tryDaily(daily) === undefined) {
    const expected = 'must be two times of the day in UTC, such as 04:00-04:30';
    throw new IngestRefusal(file, `${place}.preferredBackupWindow`, `${expected}, got ${daily}`);
  }
}

/** By the rules of the model. */
function refuseGateways(resource: StatefulResource, file: string, place: string): void {
  for (const { path, message, source } of StatefulResourceRules.check(resource, '', new PlainValues())) {
    if (path === 'hypervisorId' || path === 'gatewayCount') {
      throw new IngestRefusal(file, `${place}.${path}`, `${message} (${source})`);
    }
  }
}

function refuseBounds({ sizeGiB, dailyChangePercent, objectCount, account }: Entry, file: string, place: string): void {
  if (sizeGiB !== undefined && sizeGiB < 0) {
    throw new IngestRefusal(file, `${place}.sizeGiB`, `must be at least 0, got ${sizeGiB}`);
  }
  if (dailyChangePercent !== undefined && (dailyChangePercent < 0 || dailyChangePercent > 100)) {
    throw new IngestRefusal(file, `${place}.dailyChangePercent`, `must be 0 to 100, got ${dailyChangePercent}`);
  }
  if (objectCount !== undefined && !(Number.isSafeInteger(objectCount) && objectCount >= 0)) {
    throw new IngestRefusal(file, `${place}.objectCount`, `must be a whole number, 0 or more, got ${objectCount}`);
  }
  if (account !== undefined && !/^[0-9]{12}$/.test(account)) {
    throw new IngestRefusal(file, `${place}.account`, `must be 12 digits, got ${JSON.stringify(account)}`);
  }
}
