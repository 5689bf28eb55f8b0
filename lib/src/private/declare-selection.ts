import {
  BackupSelection,
  Finding,
  RuleCatalog,
  SelectionConditions,
  SelectionParts,
  ServiceSupport,
  StatefulResource,
  TagCondition,
} from '@holdfast/model';
import { IConstruct } from 'constructs';
import { SelectionConditionsProps, SelectionOptions } from '../selection';
import { SelectionResource } from '../selection-resource';
import { environmentOf } from './environment';
import { BY_ARN_ALONE, protectedWithin, typesWithin } from './resource-arn';
import { SYNTH } from './token-values';

const NOT_SUPPORTED = 'selection-construct-not-supported';
const ELSEWHERE = 'selection-resource-place';

/** A selection whose constructs have been looked through. */
export interface DeclaredSelection {
  /** The selection in the words of the model, but for its role. */
  readonly selection: Omit<BackupSelection, 'iamRoleArn'>;
  /** What was found in the constructs of `resources`. */
  readonly resources: StatefulResource[];
  /** Constructs in which nothing can be backed up. */
  readonly findings: Finding[];
}

/** The selection in the words of the model. */
export function declaredSelection(scope: IConstruct, props: SelectionOptions): DeclaredSelection {
  return {
    selection: {
      selectionName: props.selectionName,
      resources: props.resources?.flatMap(arnsOf),
      notResources: props.notResources?.flatMap(arnsOf),
      listOfTags: props.tags === undefined ? undefined : conditionsOf(props.tags, ''),
      conditions: declaredConditions(props.conditions),
      declaredAt: scope.node.path,
    },
    resources: (props.resources ?? []).flatMap(resourcesOf),
    findings: [
      ...unsupported(props.resources ?? [], 'resources'),
      ...elsewhere(scope, props.resources ?? []),
      ...unsupported(props.notResources ?? [], 'notResources'),
    ],
  };
}

/**
 * Ids of the services whose resources the selection may reach: every service when tags or an ARN that says nothing of
 * its service leave it open.
 */
export function servicesOf({ selection, resources }: DeclaredSelection): string[] {
  const every = ServiceSupport.all().map((service) => service.id);
  if (selection.listOfTags !== undefined && selection.listOfTags.length > 0) {
    return every;
  }
  const constructs = new Map(resources.map((resource) => [resource.arn, resource.service]));
  const found = (selection.resources ?? []).flatMap((arn) => constructs.get(arn) ?? servicesOfArn(arn) ?? every);
  return [...new Set(found)];
}

/** The resources at and below the constructs of `resources`, as they are now. */
export function resourcesOf(resource: SelectionResource): StatefulResource[] {
  return resource.construct === undefined ? [] : protectedWithin(resource.construct);
}

/** The ARN that was given, or those at and below the construct. */
export function arnsOf(resource: SelectionResource): string[] {
  return resource.arn === undefined ? resourcesOf(resource).map(({ arn }) => arn) : [resource.arn];
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
  return resources.flatMap(({ construct }, index) =>
    construct === undefined || protectedWithin(construct).length > 0
      ? []
      : notSupported(construct, `${path}[${index}]`),
  );
}

/** Resources of constructs in another account or Region than the plan, which selects none there (Source B3.1/1). */
function elsewhere(scope: IConstruct, resources: SelectionResource[]): Finding[] {
  const here = environmentOf(scope);
  return resources.flatMap((resource, index) =>
    resourcesOf(resource)
      .filter(({ env }) => differs(env.account, here.account) || differs(env.region, here.region))
      .map(({ name, env }) => {
        const given = `${name} in ${env.account} ${env.region}, where the plan is in ${here.account} ${here.region}`;
        return findingOf(ELSEWHERE, `resources[${index}]`, given);
      }),
  );
}

function differs(place: string, other: string): boolean {
  return SYNTH.known(place) && SYNTH.known(other) && place !== other;
}

function notSupported(construct: IConstruct, path: string): Finding {
  return findingOf(NOT_SUPPORTED, path, held(construct));
}

function findingOf(ruleId: string, path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(ruleId);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}

/** The construct and what is in it, e.g. `S/Queue with AWS::SQS::Queue`, and what to do instead where that is known. */
function held(construct: IConstruct): string {
  const types = typesWithin(construct);
  const hints = types.flatMap((type) => BY_ARN_ALONE[type] ?? []).map((reason) => `: ${reason}`);
  return `${construct.node.path} with ${types.length === 0 ? 'no resource' : types.join(', ')}${hints.join('')}`;
}

function declaredConditions(conditions: SelectionConditionsProps | undefined): SelectionConditions | undefined {
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
