/**
 * Roles that cannot do what their jobs take, as far as the artifacts declare them: those of selections, of restore tests, and of
 * the backup policies of organizations.
 *
 * Pure: asks through role-questions.ts.
 * Source   B1.5, B4.3/6, B6.3/8, B9.3/4, B11.1/5 and section 12 of the facts.
 * Assumed  Who leaves account and Region open deploys where the literal ids of the policies fit.
 */
import {
  Effect,
  type Environment,
  type Estate,
  type Finding,
  type IamRole,
  ManagedPolicies,
  RuleCatalog,
  Severity,
} from '@holdfast/model';
import type { Unmet } from '../domain/asked-needs';
import { awsManagedPolicy } from '../domain/policy/aws-managed';
import { decide } from '../domain/policy/decide';
import type { PolicyType } from '../domain/policy/policies';
import { iamArn } from '../domain/roles';
import { type RoleQuestion, roleQuestions } from './role-questions';

/** Which of the two the user gave. */
interface Given {
  readonly account?: string;
  readonly region?: string;
}

/** A finding, and the kind of the policies that it goes by. */
interface Judged {
  readonly finding: Finding;
  readonly by: PolicyType;
}

/** What a role is denied for one service, in one way. */
interface Group {
  readonly first: Unmet;
  /** Of each action that is denied, the first request. */
  readonly requests: Map<string, Unmet['request']>;
  readonly resources: Set<string>;
}

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
const REGION = /(?<=:)[a-z]{2,}(?:-[a-z]+)+-\d(?=:)/g;

/**
 * What policies deny the declared roles: nothing where none is declared, or where AWS refuses the deploy, of which other
 * findings tell.
 *
 * @param env what stands for the account and Region that artifacts leave open
 */
export function roleFindings(estate: Estate, env: Environment, given: Given): Finding[] {
  const declared = new Map(
    estate.roles?.map((role) => [iamArn(role.env, 'role', role.path ?? '/', role.roleName), role]),
  );
  if (declared.size === 0) {
    return [];
  }
  const questions = roleQuestions(estate, (arn) => declared.has(arn));
  const judged = questions.flatMap((question) => {
    const role = declared.get(question.roleArn);
    return role === undefined
      ? []
      : [...unusable(question), ...notAllowed(question)].map(({ finding, by }) => {
          const places = literalPlaces(documentsOf(by, role, estate), question.env, { assumed: env, given });
          return places.length === 0 ? finding : lowered(finding, places);
        });
  });
  return [...judged, ...missing(questions, declared)];
}

/** Source B11.1/5: AWS Backup makes none of the roles that a policy names. Roles of no account of it are others' to make. */
function missing(questions: readonly RoleQuestion[], declared: ReadonlyMap<string, IamRole>): Finding[] {
  const byPath = new Map<string, RoleQuestion[]>();
  for (const question of questions.filter(({ noun }) => noun === 'organization-selection')) {
    byPath.set(question.path, [...(byPath.get(question.path) ?? []), question]);
  }
  return [...byPath].flatMap(([path, asked]) => {
    const accountsOf = (some: readonly RoleQuestion[]) =>
      [...new Set(some.map(({ env: { account } }) => account))].sort();
    const having = accountsOf(asked.filter(({ roleArn }) => declared.has(roleArn)));
    const lacking = accountsOf(asked.filter(({ roleArn }) => !declared.has(roleArn)));
    if (having.length === 0 || lacking.length === 0) {
      return [];
    }
    const name = (asked[0]?.roleArn ?? '').replace(/^[^/]*\//, '');
    const given = `${name}, which the artifacts declare in ${having.join(', ')} and not in ${lacking.join(', ')}`;
    return [found('organization-selection-role-exists', path, given)];
  });
}

function unusable({ noun, roleArn, path, denial }: RoleQuestion): Judged[] {
  if (denial === undefined) {
    return [];
  }
  const { text, denied } = denial;
  const why = denied === undefined ? '' : `, as ${denied.verdict.because}`;
  const says = noun === 'selection' ? `AWS answers '${text}'` : `jobs fail with '${text}'`;
  const finding = found(`${noun}-role-usable`, path, `${roleArn}: ${says}${why}`);
  return [{ finding, by: denied?.verdict.policyType ?? 'trust' }];
}

function notAllowed({ noun, roleArn, path, unmet }: RoleQuestion): Judged[] {
  const groups = new Map<string, Group>();
  for (const one of unmet) {
    const { job, resource, request } = one;
    const key = [job, resource.service.id, whyOf(one)].join('\u0000');
    const group = groups.get(key) ?? { first: one, requests: new Map(), resources: new Set() };
    groups.set(key, group);
    group.requests.set(request.action, group.requests.get(request.action) ?? request);
    group.resources.add(resource.arn);
  }
  return [...groups.values()].map((group) => ({
    finding: found(`${noun}-role-allowed`, path, textOf(group, roleArn)),
    by: group.first.verdict.policyType,
  }));
}

function textOf({ first, requests, resources }: Group, roleArn: string): string {
  const { job, resource, request } = first;
  const { name } = resource.service;
  const actions = [...requests.keys()].join(', ');
  const whose = resources.size === 1 ? `${resource.arn} (${name})` : `${resources.size} resources of ${name}`;
  const managed = managedFor(first, [...requests.values()]);
  const hint = managed === undefined ? '' : `; the managed policy ${managed} allows it`;
  return `${roleArn}, which may not ${actions} for a ${job} of ${whose}, e.g. on ${request.resource}: ${whyOf(first)}${hint}`;
}

/** Which policy denies, and how, without who and what. */
function whyOf({ request: { action, resource }, verdict: { because } }: Unmet): string {
  const asked = `${action} ${resource}: `;
  return because.slice(because.indexOf(asked) + asked.length);
}

/** The managed policy for backups or restores of a service that would allow all of it; undefined where one alone does not help. */
function managedFor({ job, resource, verdict }: Unmet, requests: readonly Unmet['request'][]): string | undefined {
  if (verdict.how !== 'implicit-deny' || verdict.policyType !== 'identity') {
    return undefined;
  }
  const { partition } = resource.declaration.env;
  const services = [resource.service.id];
  const managed =
    job === 'restore'
      ? ManagedPolicies.forRestore(services, partition)
      : ManagedPolicies.forBackup(services, partition);
  return managed.find((arn) => {
    const policy = awsManagedPolicy(arn);
    return policy !== undefined && requests.every((request) => decide(request, { identity: [policy] }).allowed);
  });
}

function found(id: string, path: string, given: string): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(id);
  return { rule, effect, severity, path, message: `must be ${allowed}, got ${given}`, source };
}

/** What a finding goes by that a policy of a kind decided. */
function documentsOf(by: PolicyType, role: IamRole, { policies = [], keys = [] }: Estate): unknown {
  const { trustPolicy, inlinePolicies, managedPolicyArns = [], permissionsBoundaryArn = '' } = role;
  const managed = (arns: readonly string[]) =>
    policies.filter(({ env, path = '/', policyName }) => arns.includes(iamArn(env, 'policy', path, policyName)));
  const documents: { readonly [by in PolicyType]?: unknown } = {
    trust: trustPolicy as unknown,
    identity: [inlinePolicies, ...managed(managedPolicyArns).map(({ document }) => document as unknown)],
    'permissions-boundary': managed([permissionsBoundaryArn]).map(({ document }) => document as unknown),
    key: keys.map(({ keyPolicy }) => keyPolicy as unknown),
  };
  return documents[by] ?? [];
}

/** Accounts and Regions that policies name, where nobody said that the artifacts go elsewhere. */
function literalPlaces(
  policies: unknown,
  { account, region }: Environment,
  { assumed, given }: { readonly assumed: Environment; readonly given: Given },
): string[] {
  const text = JSON.stringify(policies);
  const isOpen = (key: 'account' | 'region', value: string) => given[key] === undefined && assumed[key] === value;
  const accounts = isOpen('account', account) ? (text.match(ACCOUNT) ?? []).filter((id) => id !== account) : [];
  const regions = isOpen('region', region) ? (text.match(REGION) ?? []).filter((name) => name !== region) : [];
  return [...new Set([...accounts, ...regions])];
}

function lowered(finding: Finding, places: readonly string[]): Finding {
  const message = `${finding.message}; the artifact leaves its place open, and its policies name ${places.join(', ')} (--account and --region say where it goes)`;
  return { ...finding, effect: Effect.ADVICE, severity: Severity.NOTE, message };
}
