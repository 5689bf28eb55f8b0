import { Environment, RestoreTestingPlan, RestoreTestingSelection } from '@holdfast/model';
import { camelCased } from './read-backup-types';

type Properties = Readonly<Record<string, unknown>>;

/** A rule of the lifecycle of a bucket, as a template has it. */
interface RenderedExpiry {
  readonly Status?: string;
  readonly ExpirationInDays?: number;
}

/** Properties of `AWS::Backup::RestoreTestingPlan` as a declaration, without selections. */
export function readRestoreTestingPlan(
  properties: Properties,
  env: Environment,
  declaredAt: string,
): RestoreTestingPlan {
  const { tags, ...plan } = camelCased(properties) as unknown as RestoreTestingPlan;
  return { ...plan, selections: [], env, declaredAt };
}

/** Properties of `AWS::Backup::RestoreTestingSelection` as a declaration, and the name of the plan that it belongs to. */
export function readRestoreTestingSelection(
  properties: Properties,
  declaredAt: string,
): { planName: unknown; selection: RestoreTestingSelection } {
  const { restoreTestingPlanName: planName, ...selection } = camelCased(properties);
  return { planName, selection: { ...(selection as unknown as RestoreTestingSelection), declaredAt } };
}

/** Days after which a bucket deletes the first of its objects; Infinity where it deletes none. */
export function expiryDaysOf(properties: Properties): number {
  const { Rules: rules = [] } = (properties.LifecycleConfiguration ?? {}) as { Rules?: RenderedExpiry[] };
  const days = (Array.isArray(rules) ? rules : [])
    .filter(({ Status: status }) => status === 'Enabled')
    .flatMap(({ ExpirationInDays: expiry }) => (typeof expiry === 'number' ? [expiry] : []));
  return Math.min(Infinity, ...days);
}
