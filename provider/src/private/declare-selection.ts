import {
  BackupSelection,
  Finding,
  RuleCatalog,
  SelectionConditions,
  ServiceSupport,
  StatefulResource,
  TagCondition,
} from '@holdfast/model';
import { IConstruct } from 'constructs';
import { SelectionConditionsProps, SelectionOptions } from '../selection';
import { SelectionResource } from '../selection-resource';
import { ProtectedResource, tryDescribe } from './resource-arn';
import { SYNTH } from './token-values';

/** Conditions name their tags by this prefix. */
const RESOURCE_TAG = 'aws:ResourceTag/';

const NOT_SUPPORTED = 'selection-construct-not-supported';

/** A selection whose resources have been looked at. */
export interface DeclaredSelection {
  /** The selection in the words of the model, but for its role. */
  readonly selection: Omit<BackupSelection, 'iamRoleArn'>;
  /** The resources of the app among `resources`. */
  readonly resources: StatefulResource[];
  /** Ids of the services whose resources the selection may reach. */
  readonly services: string[];
  /** Resources that cannot be backed up. */
  readonly findings: Finding[];
}

/** The selection in the words of the model. */
export function declaredSelection(scope: IConstruct, props: SelectionOptions): DeclaredSelection {
  const described = (props.resources ?? []).flatMap((it) => describe(it) ?? []);
  const selection = {
    selectionName: props.selectionName,
    resources: props.resources?.map(({ arn }) => arn),
    notResources: props.notResources?.map(({ arn }) => arn),
    listOfTags: props.tags === undefined ? undefined : conditionsOf(props.tags, ''),
    conditions: declaredConditions(props.conditions),
    declaredAt: scope.node.path,
  };
  return {
    selection,
    resources: described.flatMap(({ declared }) => declared ?? []),
    services: servicesOf(selection, described),
    findings: [
      ...unsupported(props.resources ?? [], 'resources'),
      ...unsupported(props.notResources ?? [], 'notResources'),
    ],
  };
}

/** Every service, when tags or an ARN that says nothing of its service leave it open. */
function servicesOf(selection: Omit<BackupSelection, 'iamRoleArn'>, described: ProtectedResource[]): string[] {
  const every = ServiceSupport.all().map((service) => service.id);
  if (selection.listOfTags !== undefined && selection.listOfTags.length > 0) {
    return every;
  }
  const known = new Map(described.map(({ arn, services }) => [arn, services]));
  const found = (selection.resources ?? []).flatMap((arn) => known.get(arn) ?? servicesOfArn(arn) ?? every);
  return [...new Set(found)];
}

/** Undefined where the ARN is not known, or its service part is a star. */
function servicesOfArn(arn: string): string[] | undefined {
  const namespace = arn.split(':')[2] ?? '*';
  if (!SYNTH.known(arn) || namespace.includes('*')) {
    return undefined;
  }
  return ServiceSupport.all()
    .filter(({ arnPattern }) => arnPattern.split(':')[2] === namespace)
    .map(({ id }) => id);
}

function describe({ resource }: SelectionResource): ProtectedResource | undefined {
  return resource === undefined ? undefined : tryDescribe(resource);
}

function unsupported(resources: SelectionResource[], path: string): Finding[] {
  return resources.flatMap(({ resource }, index) =>
    resource === undefined || tryDescribe(resource) !== undefined
      ? []
      : notSupported(`${path}[${index}]`, `${resource.node.path} with ${resource.terraformResourceType}`),
  );
}

function notSupported(path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(NOT_SUPPORTED);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}

/** Conditions in the words of the model, from tag keys and values. */
export function declaredConditions(conditions: SelectionConditionsProps | undefined): SelectionConditions | undefined {
  const of = (tags: { [tagKey: string]: string } | undefined) =>
    tags === undefined ? undefined : conditionsOf(tags, RESOURCE_TAG);
  return conditions === undefined
    ? undefined
    : {
        stringEquals: of(conditions.stringEquals),
        stringNotEquals: of(conditions.stringNotEquals),
        stringLike: of(conditions.stringLike),
        stringNotLike: of(conditions.stringNotLike),
      };
}

function conditionsOf(tags: { [key: string]: string }, prefix: string): TagCondition[] {
  return Object.entries(tags).map(([key, conditionValue]) => ({ conditionKey: `${prefix}${key}`, conditionValue }));
}
