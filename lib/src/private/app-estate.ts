import {
  BackupPlan,
  BackupSelection,
  BackupVault,
  CloudFormationType,
  CloudFormationTypes,
  Environment,
  Estate,
  IValueProbe,
  LogicallyAirGappedVault,
  Regions,
  RestoreTestingPlan,
  ServiceSupport,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import { CfnResource, Stack, TagManager } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { readFramework, readReportPlan } from './read-audit-types';
import { readPlan, readSelection, readVault } from './read-backup-types';
import { expiryDaysOf, readRestoreTestingPlan, readRestoreTestingSelection } from './read-evidence-types';
import { isSettled, Rendered, referenceTo, renderedWithin } from './rendered';
import { tryFindService } from './resource-arn';
import { encryptedWith, keyNamedBy } from './resource-key';
import { SYNTH } from './token-values';
import { waivedPlaces } from './waived-places';

/** What an app declares, whoever's constructs it is made of. */
export interface AppEstate {
  readonly estate: Estate;
  /** Restore testing plans with their selections. */
  readonly restoreTestingPlans: RestoreTestingPlan[];
  /** Days that the bucket of each report plan keeps reports; of a bucket of elsewhere that is not known, and taken for ever. */
  readonly evidenceRetentionDays: number[];
  /** What the `Metadata` of our constructs waives, with paths from the root of the app. */
  readonly waivers: Waiver[];
  /** `declaredAt` to the resource that declares it. */
  readonly places: ReadonlyMap<string, CfnResource>;
}

/** The probe for an estate that was read here: a reference is no value. */
export const READ_BACK: IValueProbe = { known: isSettled };

const VAULT = 'AWS::Backup::BackupVault';
const AIR_GAPPED_VAULT = 'AWS::Backup::LogicallyAirGappedBackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';
const FRAMEWORK = 'AWS::Backup::Framework';
const REPORT_PLAN = 'AWS::Backup::ReportPlan';
const RESTORE_TESTING_PLAN = 'AWS::Backup::RestoreTestingPlan';
const RESTORE_TESTING_SELECTION = 'AWS::Backup::RestoreTestingSelection';
const BUCKET = 'AWS::S3::Bucket';
const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];
const ALIAS = 'AWS::KMS::Alias';

/** A resource whose name and ARN are as far known as they can be. */
interface Known extends Rendered {
  readonly env: Environment;
  readonly name: string;
  readonly arn?: string;
  readonly declaredAt: string;
}

/**
 * Reads the resources at and below a construct back into declarations.
 *
 * They are read as their templates will show them, so that what others made counts as much as what we made. A reference
 * to a resource becomes its name or ARN where the author named it, and else a text that is equal for all who refer to it.
 */
export function appEstate(root: IConstruct): AppEstate {
  const rendered = renderedWithin(root);
  const references = new Map(rendered.flatMap(referencesOf));
  const known = rendered.map((each) => settle(each, references));
  const of = (type: string) => known.filter(({ resource }) => resource.cfnResourceType === type);
  const selections = of(SELECTION).map((each) => readSelection(each.properties, each.declaredAt));
  const plans = of(PLAN).map((each): BackupPlan => ({
    ...readPlan(each.properties, each.env, each.declaredAt),
    selections: selections.flatMap(({ planId, selection }): BackupSelection[] =>
      planId === referenceTo(each.resource, 'BackupPlanId') || planId === referenceTo(each.resource, 'Ref')
        ? [selection]
        : [],
    ),
  }));
  return {
    estate: {
      vaults: of(VAULT).map((each) => readVault<BackupVault>(each.properties, each.env, each.name, each.declaredAt)),
      logicallyAirGappedVaults: of(AIR_GAPPED_VAULT).map((each) =>
        readVault<LogicallyAirGappedVault>(each.properties, each.env, each.name, each.declaredAt),
      ),
      plans,
      frameworks: of(FRAMEWORK).map((each) => readFramework(each.properties, each.env, each.declaredAt)),
      reportPlans: of(REPORT_PLAN).map((each) => readReportPlan(each.properties, each.env, each.declaredAt)),
      resources: resourcesOf(known),
    },
    restoreTestingPlans: restoreTestingPlans(of),
    evidenceRetentionDays: of(REPORT_PLAN).map(({ properties }) => {
      const { S3BucketName: name } = (properties.ReportDeliveryChannel ?? {}) as { S3BucketName?: unknown };
      const bucket = of(BUCKET).find((each) => each.name === name);
      return bucket === undefined ? Infinity : expiryDaysOf(bucket.properties);
    }),
    waivers: [...known.flatMap(waiversOf), ...waivedPlaces(root)],
    places: new Map(known.map((each) => [each.declaredAt, each.resource])),
  };
}

function restoreTestingPlans(of: (type: string) => Known[]): RestoreTestingPlan[] {
  const selections = of(RESTORE_TESTING_SELECTION).map((each) =>
    readRestoreTestingSelection(each.properties, each.declaredAt),
  );
  return of(RESTORE_TESTING_PLAN).map((each) => ({
    ...readRestoreTestingPlan(each.properties, each.env, each.declaredAt),
    selections: selections.flatMap(({ planName, selection }) =>
      planName === each.properties.RestoreTestingPlanName || planName === referenceTo(each.resource, 'Ref')
        ? [selection]
        : [],
    ),
  }));
}

/** The construct that an author wrote: the parents of `Resource` and `Default`, which constructs call their main child. */
function declaredAt(resource: CfnResource): string {
  return resource.node.path.replace(/(\/(Resource|Default))+$/, '');
}

function environment(resource: CfnResource): Environment {
  const { account, region } = Stack.of(resource);
  const or = (value: string, pseudo: string) => (SYNTH.known(value) ? value : `⟨${pseudo}⟩`);
  return {
    partition: SYNTH.known(region) ? Regions.partitionOf(region) : 'aws',
    account: or(account, 'AWS::AccountId'),
    region: or(region, 'AWS::Region'),
  };
}

/** What others write to refer to the resource, and what that comes to. */
function referencesOf(each: Rendered): (readonly [reference: string, value: string])[] {
  const { resource } = each;
  const type = CloudFormationTypes.tryFind(resource.cfnResourceType);
  if (type === undefined) {
    return [];
  }
  const { name, arn } = identify(each, type);
  const fill = (template: string) => (template === '{name}' ? name : template === '{arn}' ? arn : undefined);
  const templates = [['Ref', type.refTemplate] as const, ...Object.entries(type.attributeTemplates ?? {})];
  return templates.flatMap(([attribute, template]) => {
    const value = fill(template);
    const reference = referenceTo(resource, attribute);
    return value === undefined || value === reference ? [] : [[reference, value] as const];
  });
}

function identify({ resource, properties }: Rendered, type: CloudFormationType): { name: string; arn?: string } {
  const env = environment(resource);
  const given = type.nameProperty === undefined ? undefined : properties[type.nameProperty];
  const name = typeof given === 'string' && isSettled(given) ? given : referenceTo(resource, 'Ref');
  if (type.service !== undefined) {
    const service = tryFindService(resource)?.id ?? type.service;
    return { name, arn: ServiceSupport.arn(service, env, name) };
  }
  const { partition, region, account } = env;
  const values: Readonly<Record<string, string>> = { p: partition, r: region, a: account, name };
  const arn = type.arnTemplate?.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  return arn === undefined || arn.includes('{') ? { name } : { name, arn };
}

function settle(each: Rendered, references: ReadonlyMap<string, string>): Known {
  const type = CloudFormationTypes.tryFind(each.resource.cfnResourceType);
  const settled = { ...each, properties: substituted(each.properties, references) as Record<string, unknown> };
  return {
    ...settled,
    env: environment(each.resource),
    declaredAt: declaredAt(each.resource),
    ...(type === undefined ? { name: each.resource.node.path } : identify(each, type)),
  };
}

function substituted(value: unknown, references: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replace(/⟨[^⟩]*⟩/g, (reference) => references.get(reference) ?? reference);
  }
  if (Array.isArray(value)) {
    return value.map((item) => substituted(item, references));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substituted(item, references)]))
    : value;
}

/** What holds data, each with the policy of its key where the app makes the key. */
function resourcesOf(known: Known[]): StatefulResource[] {
  const policies = new Map<unknown, unknown>();
  for (const { resource, properties, name, arn } of known) {
    if (KEYS.includes(resource.cfnResourceType)) {
      policies.set(name, properties.KeyPolicy).set(arn, properties.KeyPolicy);
    }
  }
  for (const { properties, name, arn } of known.filter(({ resource }) => resource.cfnResourceType === ALIAS)) {
    const policy = policies.get(properties.TargetKeyId);
    policies.set(name, policy).set(arn, policy);
  }
  return known.flatMap((each) => {
    const key = keyNamedBy(each.resource.cfnResourceType, each.properties);
    const policy = key === undefined ? undefined : policies.get(key);
    return statefulOf(each).map((one) => (policy === undefined ? one : { ...one, keyPolicy: policy }));
  });
}

function statefulOf(each: Known): StatefulResource[] {
  const { resource, env, name, arn, declaredAt: at } = each;
  const service = arn === undefined ? undefined : tryFindService(resource);
  if (service === undefined || arn === undefined || resource.cfnResourceType === 'AWS::CloudFormation::Stack') {
    return [];
  }
  const { id, resourceType } = service;
  const row = { arn, service: id, resourceType, name, env, encryptedWith: encryptedWith(resource, id), declaredAt: at };
  return resource.cfnResourceType === 'AWS::DynamoDB::GlobalTable'
    ? replicasOf(each, row)
    : [{ ...row, tags: tagsOf(resource) }];
}

/** A replica of a global table, as far as it is read. */
interface Replica {
  readonly Region?: string;
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
}

/** Each replica of a global table is a table of its own, with its own tags. */
function replicasOf({ properties }: Known, row: StatefulResource): StatefulResource[] {
  const replicas = (properties.Replicas ?? []) as Replica[];
  return replicas.map(({ Region: region = row.env.region, Tags: tags = [] }, index): StatefulResource => {
    const env = { ...row.env, region };
    const elsewhere = region === row.env.region ? '' : `.replicas[${index}]`;
    return {
      ...row,
      env,
      arn: ServiceSupport.arn(row.service, env, row.name),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
      declaredAt: `${row.declaredAt}${elsewhere}`,
    };
  });
}

/** The tags that the resource will have, those of `Tags.of` included. */
function tagsOf(resource: CfnResource): Record<string, string> | undefined {
  const tags = TagManager.of(resource)?.tagValues() ?? {};
  return Object.keys(tags).length === 0 ? undefined : tags;
}

function waiversOf({ metadata, declaredAt: at }: Known): Waiver[] {
  const { waivers = [] } = (metadata.Holdfast ?? {}) as { waivers?: Waiver[] };
  return waivers.map((waiver) => ({ ...waiver, path: `${at}.${waiver.path}` }));
}
