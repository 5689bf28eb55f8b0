import {
  BackupPlan,
  BackupSelection,
  Environment,
  Estate,
  ResourceNames,
  SelectionConditions,
  ServiceSupport,
  StatefulResource,
  TagCondition,
} from '@holdfast/model';
import { TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { defaultProvider } from './environment';
import { referenceTo, settled } from './rendered';
import { argumentAt } from './resource-key';
import { describeService, placeOf } from './resource-arn';
import { SYNTH } from './token-values';

const PLAN = 'aws_backup_plan';
const SELECTION = 'aws_backup_selection';

/** A tag or a condition as a typed selection has it. */
interface TypedTag {
  readonly key: string;
  readonly value: string;
}

type Tags = Readonly<Record<string, string>>;

/**
 * What an app declares of plans, and what of resources that hold data at and below a construct, whoever's constructs it is
 * made of.
 *
 * A reference becomes the ARN or the name where the author named the resource, and else a text that is equal for all who refer
 * to it. Places that providers leave open are taken for one place.
 */
export function appEstate(root: IConstruct): Estate {
  const all = resourcesWithin(root.node.root);
  const references = new Map(all.flatMap(referencesOf));
  const read = (resource: TerraformResource, name: string) =>
    substituted(settled(resource, argumentAt(resource, [name])), references);
  const selections = all
    .filter(({ terraformResourceType: type }) => type === SELECTION)
    .map((resource) => ({ planId: read(resource, 'plan_id'), selection: readSelection(resource, read) }));
  const plans = all
    .filter(({ terraformResourceType: type }) => type === PLAN)
    .map((resource): BackupPlan => ({
      backupPlanName: String(read(resource, 'name')),
      env: environment(resource),
      rules: [],
      selections: selections.flatMap(({ planId, selection }) =>
        planId === referenceOf(resource, 'id') ? selection : [],
      ),
      declaredAt: declaredAt(resource),
    }));
  return { plans, resources: resourcesWithin(root).flatMap((resource) => statefulOf(resource, read)) };
}

type Read = (resource: TerraformResource, argument: string) => unknown;

function resourcesWithin(root: IConstruct): TerraformResource[] {
  return root.node
    .findAll()
    .filter((child): child is TerraformResource => TerraformResource.isTerraformResource(child));
}

/** The construct that an author wrote: the parent of `Resource`, which constructs call their main child. */
function declaredAt({ node }: TerraformResource): string {
  return node.path.replace(/(\/Resource)+$/, '');
}

function referenceOf(resource: TerraformResource, attribute: string): string {
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  return referenceTo(TerraformStack.of(resource), address, attribute);
}

function environment(resource: TerraformResource): Environment {
  const { partition, account, region } = placeOf(resource);
  const or = (value: string, other: string) => (SYNTH.known(value) ? value : other);
  return { partition: or(partition, 'aws'), account: or(account, '⟨account⟩'), region: or(region, '⟨region⟩') };
}

/** What others write to refer to the resource, and what that comes to. */
function referencesOf(resource: TerraformResource): (readonly [reference: string, value: string])[] {
  const argument = ResourceNames.tryFindTerraform(resource.terraformResourceType);
  const arn = arnOf(resource);
  if (arn === undefined) {
    return [];
  }
  // The id of all others that are named is their name; what has no name is told by its id.
  const isArn = resource.terraformResourceType === 'aws_cloudformation_stack';
  const name = nameOf(resource);
  return [
    [referenceOf(resource, 'arn'), arn],
    ...(argument === undefined ? [] : ([[referenceOf(resource, argument), name]] as const)),
    ...(isArn || argument !== undefined ? ([[referenceOf(resource, 'id'), isArn ? arn : name]] as const) : []),
  ];
}

/** The name as its author gave it, where it is known now. */
function nameOf(resource: TerraformResource): string {
  const argument = ResourceNames.tryFindTerraform(resource.terraformResourceType);
  const given = argument === undefined ? undefined : argumentAt(resource, [argument]);
  return typeof given === 'string' && SYNTH.known(given) ? given : referenceOf(resource, argument ?? 'id');
}

function arnOf(resource: TerraformResource): string | undefined {
  const service = describeService(resource);
  return service === undefined ? undefined : ServiceSupport.arn(service.id, environment(resource), nameOf(resource));
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

function readSelection(resource: TerraformResource, read: Read): BackupSelection {
  const tags = (read(resource, 'selection_tag') ?? []) as TypedTag[];
  const conditions = ((read(resource, 'condition') ?? []) as Record<string, TypedTag[] | undefined>[])[0];
  return {
    selectionName: String(read(resource, 'name')),
    iamRoleArn: String(read(resource, 'iam_role_arn')),
    resources: read(resource, 'resources') as string[] | undefined,
    notResources: read(resource, 'not_resources') as string[] | undefined,
    listOfTags: tags.length === 0 ? undefined : tags.map(tagOf),
    conditions: conditions && readConditions(conditions),
    declaredAt: declaredAt(resource),
  };
}

function readConditions(block: Readonly<Record<string, TypedTag[] | undefined>>): SelectionConditions {
  return {
    stringEquals: block.stringEquals?.map(tagOf),
    stringNotEquals: block.stringNotEquals?.map(tagOf),
    stringLike: block.stringLike?.map(tagOf),
    stringNotLike: block.stringNotLike?.map(tagOf),
  };
}

function tagOf({ key, value }: TypedTag): TagCondition {
  return { conditionKey: key, conditionValue: value };
}

function statefulOf(resource: TerraformResource, read: Read): StatefulResource[] {
  const service = describeService(resource);
  const arn = arnOf(resource);
  if (service === undefined || arn === undefined) {
    return [];
  }
  const env = environment(resource);
  const tags = { ...defaultTags(resource), ...(read(resource, 'tags') as Tags | undefined) };
  const { id, resourceType } = service;
  const own = { arn, service: id, resourceType, name: nameOf(resource), env, tags, declaredAt: declaredAt(resource) };
  return [own, ...replicasOf(resource, own, read)];
}

/** Tags that the provider gives everything that it makes. */
function defaultTags(resource: TerraformResource): Tags {
  const used = resource.provider ?? defaultProvider(TerraformStack.of(resource));
  const blocks: unknown = used === undefined ? undefined : Reflect.get(used, 'defaultTagsInput');
  const [block] = (Array.isArray(blocks) ? blocks : []) as { readonly tags?: Tags }[];
  return (block === undefined ? {} : settled(resource, block.tags ?? {})) as Tags;
}

/** Each replica of a table is a table of its own, which has the table's tags where they are propagated. */
function replicasOf(resource: TerraformResource, table: StatefulResource, read: Read): StatefulResource[] {
  if (resource.terraformResourceType !== 'aws_dynamodb_table') {
    return [];
  }
  const replicas = (read(resource, 'replica') ?? []) as { regionName: string; propagateTags?: boolean }[];
  return replicas.map(({ regionName: region, propagateTags }, index) => {
    const env = { ...table.env, region };
    const arn = ServiceSupport.arn(table.service, env, table.name ?? '');
    const tags = propagateTags === true ? table.tags : {};
    return { ...table, env, arn, tags, declaredAt: `${table.declaredAt}.replica[${index}]` };
  });
}
