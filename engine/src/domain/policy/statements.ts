/**
 * Which statements of a policy bear on a request, and which only just do not.
 *
 * Pure.
 * Source   IAM user guide, "IAM JSON policy elements reference", cited from memory.
 * Spec     evaluation.md beside this file.
 */
import type { RequestContext } from './context';
import { holds, missed } from './conditions';
import { documentOf, Fault, Listed, Statement } from './document';
import type { NamedPolicy, PolicyType } from './policies';
import { isSpared, Reach, reachOf } from './principals';
import type { AuthorizationRequest } from './request';
import { patternIn, Reading } from './variables';
import { matchesResource, matchesTokens, tokensOf } from './wildcard';

/** A request with all that statements ask of it. */
export interface Question {
  readonly request: AuthorizationRequest;
  readonly context: RequestContext;
  readonly hasBoundary: boolean;
}

/** A statement that matches. */
export interface Hit {
  readonly label: string;
  readonly reach: Reach;
}

/** What one policy says. */
export interface Look {
  readonly policyType: PolicyType;
  readonly policyName: string;
  readonly deny: Hit | undefined;
  /** The Allow that reaches furthest. */
  readonly allow: Hit | undefined;
  /** Why no statement matched: of the one that came closest. */
  readonly miss: string;
  readonly faults: readonly Fault[];
}

const FURTHEST: readonly Reach[] = ['direct', 'role', 'account'];

/** Looks at one policy. */
export function lookAt(policy: NamedPolicy, policyType: PolicyType, question: Question, at = ''): Look {
  const document = documentOf(policy, policyType);
  const reading: Reading = { context: question.context, variables: document.variables };
  const hits: Record<'Allow' | 'Deny', Hit[]> = { Allow: [], Deny: [] };
  let miss = 'no statement has the action';
  for (const statement of document.statements) {
    if (!hasAction(statement.action, question.request.action)) {
      continue;
    }
    const found = match(statement, question, reading);
    if (typeof found === 'string') {
      miss = `${statement.label}: ${found}`;
    } else {
      hits[statement.effect].push(found);
    }
  }
  const [allow] = FURTHEST.flatMap((reach) => hits.Allow.filter((hit) => hit.reach === reach));
  const policyName = at === '' ? policy.name : `${policy.name} at ${at}`;
  return { policyType, policyName, deny: hits.Deny[0], allow, miss, faults: document.faults };
}

/** What a statement that has the action matches with, or why it does not. */
function match(statement: Statement, question: Question, reading: Reading): Hit | string {
  const reach = reachIn(statement, question);
  if (reach === undefined) {
    return statement.principal?.not === true ? 'NotPrincipal spares who asks' : 'Principal does not name who asks';
  }
  const { resource } = question.request;
  if (statement.resource !== undefined && !hasResource(statement.resource, resource, reading)) {
    return `${statement.resource.not ? 'NotResource leaves out' : 'Resource does not have'} ${resource}`;
  }
  const failed = statement.conditions.find((condition) => !holds(condition, reading));
  return failed === undefined ? { label: statement.label, reach } : missed(failed, reading);
}

function reachIn({ principal }: Statement, { request, hasBoundary }: Question): Reach | undefined {
  if (principal === undefined) {
    return 'direct';
  }
  if (principal.not) {
    return isSpared(principal.named, request.principal, hasBoundary) ? undefined : 'direct';
  }
  return reachOf(principal.named, request.principal);
}

/** What was asked of a list of actions: a few actions, about many resources. */
const asked = new WeakMap<Listed, Map<string, boolean>>();

/** Actions have no case. */
export function hasAction(listed: Listed, action: string): boolean {
  const answers = asked.get(listed) ?? new Map<string, boolean>();
  asked.set(listed, answers);
  const known = answers.get(action);
  if (known !== undefined) {
    return known;
  }
  const wanted = action.toLowerCase();
  const has = listed.values.some((value) => matchesTokens(tokensOf(value.toLowerCase()), wanted)) !== listed.not;
  answers.set(action, has);
  return has;
}

function hasResource({ not, values }: Listed, resource: string, reading: Reading): boolean {
  const has = values.some((value) => {
    const pattern = patternIn(value, reading);
    return pattern !== undefined && matchesResource(pattern, resource);
  });
  return has !== not;
}
