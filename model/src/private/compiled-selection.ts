/**
 * The algorithm that decides what a selection takes, prepared once for many resources.
 *
 * Source B3.1/1 to B3.1/6: (resources or tags), not notResources, all conditions, opt-in, leftovers of restore tests.
 */
import { StatefulResource } from '../resource';
import { BackupSelection, TagCondition } from '../selection';
import { SelectionReason, SelectionVerdict } from '../selection-verdict';
import { ServiceFeatures } from '../support/service-features';
import { ServiceSupport } from '../support/service-support';
import { ArnList } from './arn-list';
import { Glob } from './glob';
import { RESOURCE_TAG } from './resource-tag';

const RESTORE_TEST = 'awsbackup-restore-test';
/** Their ARNs are shared by several types, so that no ARN names one (Source B3.3/4). */
const SHARED_ARNS: ReadonlySet<string> = new Set([
  'aurora',
  'rds-multi-az-cluster',
  'documentdb',
  'neptune',
  'fsx-lustre',
  'fsx-windows',
  'fsx-openzfs',
]);

interface Condition {
  readonly operator: string;
  readonly key: string;
  /** Whether its key is one of a tag. */
  readonly namesTag: boolean;
  readonly value: string;
  met(tag: string | undefined): boolean;
}

/** A selection, ready to be asked. */
export class CompiledSelection {
  private readonly resources: ArnList;
  private readonly notResources: ArnList;
  private readonly conditions: readonly Condition[];

  constructor(
    private readonly selection: BackupSelection,
    private readonly optIn: { readonly [key: string]: boolean },
  ) {
    this.resources = new ArnList('resources', selection.resources ?? []);
    this.notResources = new ArnList('notResources', selection.notResources ?? []);
    this.conditions = compileConditions(selection);
  }

  public verdict(resource: StatefulResource): SelectionVerdict {
    const service = ServiceSupport.tryFind(resource.service);
    if (service === undefined) {
      return no(resource, SelectionReason.NOT_SUPPORTED, `AWS Backup has no service ${resource.service}`);
    }
    if (/^arn:[^:]*:rds:[^:]*:[^:]*:db:/.test(resource.arn) && service.id !== 'rds') {
      // Source B3.2/5: members of a cluster are not protected one by one.
      return no(resource, SelectionReason.NOT_CANDIDATE, 'a member of a cluster is backed up with its cluster');
    }
    const byArn = this.resources.find(resource.arn);
    const byTag = this.tagOf(resource);
    if (byArn === undefined && byTag === undefined) {
      return no(resource, SelectionReason.NOT_CANDIDATE, 'no entry of resources and no tag of listOfTags matches');
    }
    return this.exclusion(resource, service) ?? yes(resource, byArn, byTag);
  }

  /** Why a candidate is not taken after all. */
  private exclusion(resource: StatefulResource, service: ServiceFeatures): SelectionVerdict | undefined {
    const excluded = this.notResources.find(resource.arn);
    if (excluded !== undefined) {
      return no(resource, SelectionReason.NOT_RESOURCES, `matches ${excluded}`);
    }
    const tags = resource.tags ?? {};
    for (const condition of this.conditions) {
      const tag = tagOf(tags, condition.key);
      if (!condition.met(tag)) {
        const given = tag === undefined ? 'the resource has no such tag' : `the resource has ${tag}`;
        const why = condition.namesTag ? given : `a key without ${RESOURCE_TAG} names no tag`;
        const text = `${condition.operator} ${condition.key} = ${condition.value} is not met: ${why}`;
        return no(resource, SelectionReason.CONDITION, text);
      }
    }
    if (this.optIn[service.optInKey] === false) {
      const shared = SHARED_ARNS.has(service.id);
      if (shared || this.resources.findNaming(resource.arn, service) === undefined) {
        const why = shared ? 'its ARN does not tell its type' : 'no entry of resources names the type';
        return no(resource, SelectionReason.OPTED_OUT, `${service.optInKey} is opted out and ${why}`);
      }
    }
    if (tagOf(tags, RESTORE_TEST) !== undefined || resource.name.startsWith(RESTORE_TEST)) {
      return no(resource, SelectionReason.RESTORE_TEST_LEFTOVER, `a restore test made it: ${RESTORE_TEST}`);
    }
    return undefined;
  }

  /** The first tag of `listOfTags` that the resource has, in words. */
  private tagOf(resource: StatefulResource): string | undefined {
    const tags = resource.tags ?? {};
    const index = (this.selection.listOfTags ?? []).findIndex(
      ({ conditionKey, conditionValue }) => tagOf(tags, conditionKey) === conditionValue,
    );
    if (index < 0) {
      return undefined;
    }
    const { conditionKey, conditionValue } = this.selection.listOfTags![index];
    return `listOfTags[${index}] ${conditionKey} = ${conditionValue}`;
  }
}

function compileConditions({ conditions }: BackupSelection): Condition[] {
  const compile = (
    operator: string,
    entries: readonly TagCondition[] | undefined,
    test: (value: string) => (tag: string | undefined) => boolean,
  ): Condition[] =>
    (entries ?? []).map(({ conditionKey, conditionValue }) => ({
      operator,
      namesTag: conditionKey.startsWith(RESOURCE_TAG),
      // Assumed: a key without the prefix names no tag; `conditionKey` then stands for itself and no tag meets it.
      key: conditionKey.startsWith(RESOURCE_TAG) ? conditionKey.slice(RESOURCE_TAG.length) : conditionKey,
      value: conditionValue,
      met: conditionKey.startsWith(RESOURCE_TAG) ? test(conditionValue) : () => test(conditionValue)(undefined),
    }));
  return [
    ...compile('stringEquals', conditions?.stringEquals, (value) => (tag) => tag === value),
    ...compile('stringNotEquals', conditions?.stringNotEquals, (value) => (tag) => tag !== value),
    ...compile('stringLike', conditions?.stringLike, (value) => {
      const glob = new Glob(value);
      return (tag) => tag !== undefined && glob.matches(tag);
    }),
    ...compile('stringNotLike', conditions?.stringNotLike, (value) => {
      const glob = new Glob(value);
      return (tag) => tag === undefined || !glob.matches(tag);
    }),
  ];
}

/** Own properties alone: a tag may be called `constructor`. */
function tagOf(tags: { readonly [key: string]: string }, key: string): string | undefined {
  return Object.prototype.hasOwnProperty.call(tags, key) ? tags[key] : undefined;
}

function yes(resource: StatefulResource, byArn: string | undefined, byTag: string | undefined): SelectionVerdict {
  const both = byArn !== undefined && byTag !== undefined;
  const one = byArn === undefined ? SelectionReason.LIST_OF_TAGS : SelectionReason.RESOURCES;
  return {
    resourceArn: resource.arn,
    selected: true,
    reason: both ? SelectionReason.BOTH : one,
    detail: `matches ${[byArn, byTag].filter((entry) => entry !== undefined).join(' and ')}`,
  };
}

function no(resource: StatefulResource, reason: SelectionReason, detail: string): SelectionVerdict {
  return { resourceArn: resource.arn, selected: false, reason, detail };
}
