/**
 * Selections whose role cannot do what their jobs take, as far as the artifacts declare the role.
 *
 * Owns     a World, in which the clock never moves.
 * Source   B1.5, B4.3/6, B6.3/8 and section 12 of the facts; domain/selection-access.ts and domain/selection-needs.ts.
 * Assumed  Who leaves account and Region open deploys where the literal ids of the policies fit.
 */
import {
  BackupPlan,
  BackupSelection,
  Effect,
  Environment,
  Estate,
  Finding,
  IamRole,
  ManagedPolicies,
  RuleCatalog,
  Severity,
} from '@holdfast/model';
import { awsManagedPolicy } from '../domain/policy/aws-managed';
import { decide } from '../domain/policy/decide';
import type { PolicyType } from '../domain/policy/policies';
import { selectionDenial } from '../domain/selection-access';
import { SelectionNeeds, Unmet } from '../domain/selection-needs';
import type { Plan } from '../domain/plans';
import { iamArn } from '../domain/roles';
import { WorldState } from '../domain/world-state';
import { withoutUndefined } from '../ingest/cloudformation/declaration';
import { deploy } from '../ingest/deploy';
import { DeployRefusal } from '../ingest/deploy-call';
import { parseInstant } from '../kernel/instant';
import { DEFAULT_SEED, DEFAULT_START } from './defaults';

/** Which of the two the user gave. */
interface Given {
  readonly account?: string;
  readonly region?: string;
}

/** A selection whose role is declared, with the plan as it was deployed. */
interface Asked {
  readonly plan: Plan;
  readonly selection: BackupSelection;
  /** Where its role is named. */
  readonly path: string;
}

/** A finding, and the kind of the policies that it goes by. */
interface Judged {
  readonly finding: Finding;
  readonly by: PolicyType;
}

/** What the role of a selection is denied for one service, in one way. */
interface Group {
  readonly first: Unmet;
  /** Of each action that is denied, the first request. */
  readonly requests: Map<string, Unmet['request']>;
  readonly resources: Set<string>;
}

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
const REGION = /(?<=:)[a-z]{2,}(?:-[a-z]+)+-\d(?=:)/g;

/**
 * What policies deny the declared roles of selections: nothing where none is declared, or where AWS refuses the deploy, of
 * which other findings tell.
 *
 * @param env what stands for the account and Region that artifacts leave open
 */
export function roleFindings(estate: Estate, env: Environment, given: Given): Finding[] {
  const declared = new Map(
    estate.roles?.map((role) => [iamArn(role.env, 'role', role.path ?? '/', role.roleName), role]),
  );
  const plans = (estate.plans ?? []).filter(({ selections = [] }) =>
    selections.some((one) => declared.has(one.iamRoleArn)),
  );
  if (plans.length === 0) {
    return [];
  }
  const state = new WorldState({ start: parseInstant(DEFAULT_START), seed: DEFAULT_SEED });
  const asked = deployed(state, estate, plans).filter(({ selection }) => declared.has(selection.iamRoleArn));
  const needs = new SelectionNeeds(state.ledger);
  return asked.flatMap(({ plan, selection, path }) => {
    const role = declared.get(selection.iamRoleArn) as IamRole;
    const judged = [...unusable(state, plan, selection, path), ...notAllowed(needs, plan, selection, path)];
    return judged.map(({ finding, by }) => {
      const places = literalPlaces(documentsOf(by, role, estate), plan.declaration.env, { assumed: env, given });
      return places.length === 0 ? finding : lowered(finding, places);
    });
  });
}

/** Deploys what roles are asked about; nothing is asked where that is refused. */
function deployed(state: WorldState, estate: Estate, plans: readonly BackupPlan[]): Asked[] {
  const { organizations, keys, roles, policies, regionSettings, resources, vaults, logicallyAirGappedVaults } = estate;
  const asked = { organizations, keys, roles, policies, regionSettings, resources, vaults, logicallyAirGappedVaults };
  try {
    deploy(state, withoutUndefined<Estate>(asked));
    return plans.flatMap((declaration) => {
      deploy(state, { plans: [declaration] });
      const plan = state.ledger.plans.list().at(-1) as Plan;
      const place = declaration.declaredAt ?? declaration.backupPlanName;
      return (declaration.selections ?? []).map((selection, index) => ({
        plan,
        selection,
        path: `${selection.declaredAt ?? `${place}.selections[${index}]`}.iamRoleArn`,
      }));
    });
  } catch (error) {
    if (!(error instanceof DeployRefusal)) {
      throw error;
    }
    return [];
  }
}

function unusable({ ledger }: WorldState, plan: Plan, selection: BackupSelection, path: string): Judged[] {
  const denial = selectionDenial(ledger, plan, selection);
  if (denial === undefined) {
    return [];
  }
  const { text, denied } = denial;
  const why = denied === undefined ? '' : `, as ${denied.verdict.because}`;
  const finding = found('selection-role-usable', path, `${selection.iamRoleArn}: AWS answers '${text}'${why}`);
  return [{ finding, by: denied?.verdict.policyType ?? 'trust' }];
}

function notAllowed(needs: SelectionNeeds, plan: Plan, selection: BackupSelection, path: string): Judged[] {
  const groups = new Map<string, Group>();
  for (const unmet of needs.unmet(plan, selection)) {
    const { job, resource, request } = unmet;
    const key = [job, resource.service.id, whyOf(unmet)].join('\u0000');
    const group = groups.get(key) ?? { first: unmet, requests: new Map(), resources: new Set() };
    groups.set(key, group);
    group.requests.set(request.action, group.requests.get(request.action) ?? request);
    group.resources.add(resource.arn);
  }
  return [...groups.values()].map((group) => ({
    finding: found('selection-role-allowed', path, textOf(group, selection.iamRoleArn)),
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

/** The managed policy for backups of a service that would allow all of it; undefined where one alone does not help. */
function managedFor({ resource, verdict }: Unmet, requests: readonly Unmet['request'][]): string | undefined {
  if (verdict.how !== 'implicit-deny' || verdict.policyType !== 'identity') {
    return undefined;
  }
  const { partition } = resource.declaration.env;
  return ManagedPolicies.forBackup([resource.service.id], partition).find((arn) => {
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
