/**
 * Policies of stacks: which updates of which resources they let pass.
 *
 * Pure.
 * Source   AWS CloudFormation User Guide, "Prevent updates to stack resources": with a policy everything is denied that it does
 *          not allow; a Deny wins; Update:Modify, Update:Replace, Update:Delete; ResourceType as the one condition.
 */
import { isDictionary } from '../ingest/cloudformation/template';
import { parseJson } from '../kernel/json';

export type UpdateAction = 'Update:Delete' | 'Update:Modify' | 'Update:Replace';

/** What a policy asks of. */
interface Subject {
  readonly logicalId: string;
  readonly type: string;
}

/** Statements of a policy; undefined when it is none. */
export function statementsIn(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const policy: unknown = parseJson(text);
    const statements: unknown = isDictionary(policy) ? policy['Statement'] : undefined;
    const list: unknown[] = Array.isArray(statements) ? statements : [statements];
    return list.every(isDictionary) ? (list as Record<string, unknown>[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Why a policy denies an action; undefined where it allows it, or where there is none. */
export function denialOf(policy: string | undefined, action: UpdateAction, subject: Subject): string | undefined {
  const statements = policy === undefined ? undefined : statementsIn(policy);
  if (statements === undefined) {
    return undefined;
  }
  const about = statements.filter((statement) => speaks(statement, action, subject));
  const denying = about.find(({ Effect }) => Effect === 'Deny');
  if (denying === undefined && about.some(({ Effect }) => Effect === 'Allow')) {
    return undefined;
  }
  const what = `[${action}] for resource [LogicalResourceId/${subject.logicalId}]`;
  const number =
    denying === undefined ? '' : ` Statement [#${statements.indexOf(denying) + 1}] does not allow ${what};`;
  return denying === undefined
    ? `Action not allowed by stack policy: no statement allows ${what}`
    : `Action denied by stack policy:${number}`;
}

function speaks(
  statement: Readonly<Record<string, unknown>>,
  action: UpdateAction,
  { logicalId, type }: Subject,
): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const named = Action === undefined ? !fits(NotAction, action) : fits(Action, action);
  const id = `LogicalResourceId/${logicalId}`;
  const meant = Resource === undefined ? !fits(NotResource, id) : fits(Resource, id);
  return named && meant && holds(Condition, type);
}

/** Source: `StringEquals` and `StringLike` of `ResourceType`. */
function holds(condition: unknown, type: string): boolean {
  if (!isDictionary(condition)) {
    return true;
  }
  return Object.values(condition).every((keys) => isDictionary(keys) && fits(keys['ResourceType'], type));
}

/** Whether one of some patterns, in which `*` stands for anything, is what a text is. */
function fits(patterns: unknown, text: string): boolean {
  const all: unknown[] = Array.isArray(patterns) ? patterns : [patterns];
  return all.some((pattern) => {
    const parts = typeof pattern === 'string' ? pattern.split('*') : undefined;
    const escaped = parts?.map((part) => part.replace(/[.+^${}()|[\]\\?]/g, '\\$&')).join('.*');
    return escaped !== undefined && new RegExp(`^${escaped}$`).test(text);
  });
}
