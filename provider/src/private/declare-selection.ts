import {
  BackupSelection,
  Environment,
  Finding,
  RuleCatalog,
  SelectionConditions,
  SelectionParts,
  ServiceSupport,
  StatefulResource,
  TagCondition,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { IConstruct } from 'constructs';
import { SelectionConditionsProps, SelectionOptions } from '../selection';
import { SelectionResource } from '../selection-resource';
import { environmentOf } from './environment';
import { ProtectedResource, protectedWithin, typesWithin } from './resource-arn';
import { SYNTH } from './token-values';

const NOT_SUPPORTED = 'selection-construct-not-supported';
const ELSEWHERE = 'selection-resource-place';

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
export function declaredSelection(
  scope: IConstruct,
  props: SelectionOptions,
  provider: TerraformProvider | undefined,
): DeclaredSelection {
  const { resources = [], notResources = [] } = props;
  const described = resources.flatMap(resourcesOf);
  const selection = {
    selectionName: props.selectionName,
    resources: props.resources?.flatMap(arnsOf),
    notResources: props.notResources?.flatMap(arnsOf),
    listOfTags: props.tags === undefined ? undefined : conditionsOf(props.tags, ''),
    conditions: declaredConditions(props.conditions),
    declaredAt: scope.node.path,
  };
  return {
    selection,
    resources: described.flatMap(({ declared }) => declared ?? []),
    services: servicesOf(selection, described),
    findings: [
      ...unsupported(resources, 'resources'),
      ...elsewhere(environmentOf(scope, provider), resources),
      ...unsupported(notResources, 'notResources'),
    ],
  };
}

/** The resources at and below the construct that was given, as they are now. */
export function resourcesOf({ construct }: SelectionResource): ProtectedResource[] {
  return construct === undefined ? [] : protectedWithin(construct);
}

/** The ARN that was given, or those at and below the construct. */
export function arnsOf(resource: SelectionResource): string[] {
  return resource.arn === undefined ? resourcesOf(resource).map(({ arn }) => arn) : [resource.arn];
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

/** Constructs in which AWS Backup can back nothing up, each as a finding. */
export function unsupported(resources: SelectionResource[], path: string): Finding[] {
  return resources.flatMap((resource, index) =>
    resource.construct === undefined || resourcesOf(resource).length > 0
      ? []
      : findingOf(NOT_SUPPORTED, `${path}[${index}]`, held(resource.construct)),
  );
}

/** Resources of constructs in another account or Region than the plan, which selects none there (Source B3.1/1). */
function elsewhere(here: Environment, resources: SelectionResource[]): Finding[] {
  return resources.flatMap((resource, index) =>
    resourcesOf(resource)
      .flatMap(({ declared }) => declared ?? [])
      .filter(({ env }) => differs(env.account, here.account) || differs(env.region, here.region))
      .map(({ name, env }) => {
        const given = `${name} in ${placeText(env)}, where the plan is in ${placeText(here)}`;
        return findingOf(ELSEWHERE, `resources[${index}]`, given);
      }),
  );
}

function differs(place: string, other: string): boolean {
  return SYNTH.known(place) && SYNTH.known(other) && place !== other;
}

/** What is known of a place: a provider need not say its account. */
function placeText({ account, region }: Environment): string {
  return [account, region].filter((part) => SYNTH.known(part)).join(' ');
}

function findingOf(ruleId: string, path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(ruleId);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}

/** The construct and what is in it, e.g. `S/Queue with aws_sqs_queue`. */
function held(construct: IConstruct): string {
  const types = typesWithin(construct);
  return `${construct.node.path} with ${types.length === 0 ? 'no resource' : types.join(', ')}`;
}

/** Conditions in the words of the model, from tag keys and values. */
export function declaredConditions(conditions: SelectionConditionsProps | undefined): SelectionConditions | undefined {
  const of = (tags: { [tagKey: string]: string } | undefined) =>
    tags === undefined ? undefined : conditionsOf(tags, SelectionParts.RESOURCE_TAG);
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
