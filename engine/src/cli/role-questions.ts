/**
 * What is asked of the roles that artifacts declare: those of selections, of restore tests, and of the backup policies of
 * organizations.
 *
 * Owns     a World, in which the clock never moves.
 * Source   B1.5, B4.3/6, B6.3/8, B9.3/4, B11.1/5 and section 12 of the facts.
 */
import type { BackupSelection, Environment, Estate, OrganizationPolicy, RestoreTestingPlan } from '@holdfast/model';
import { AskedNeeds, type Unmet } from '../domain/asked-needs';
import type { Plan } from '../domain/plans';
import { declaredPoints, roleDenial, testedSources, unmetOfTests } from '../domain/restore-test-needs';
import { type SelectionDenial, selectionDenial } from '../domain/selection-access';
import { unmetOfSelection } from '../domain/selection-needs';
import { WorldState } from '../domain/world-state';
import { withoutUndefined } from '../ingest/cloudformation/declaration';
import { deploy } from '../ingest/deploy';
import { DeployRefusal } from '../ingest/deploy-call';
import { parseInstant } from '../kernel/instant';
import { DEFAULT_SEED, DEFAULT_START } from './defaults';

/** A role, where it is named, and what policies deny it. */
export interface RoleQuestion {
  readonly roleArn: string;
  /** Where its work is. */
  readonly env: Environment;
  readonly path: string;
  /** What its rules begin with. */
  readonly noun: 'selection' | 'restore-testing-selection' | 'organization-selection';
  /** Why it cannot be used at all. */
  readonly denial: SelectionDenial | undefined;
  readonly unmet: readonly Unmet[];
}

const NOT_ASSUMABLE = 'IAM Role cannot be assumed by AWS Backup';

/** A plan of the artifacts that stands in the World. */
interface Standing {
  readonly plan: Plan;
  readonly place: string;
  readonly selections: readonly BackupSelection[];
}

interface Deployed {
  readonly state: WorldState;
  readonly plans: readonly Standing[];
}

type IsAsked = (roleArn: string) => boolean;

/**
 * What there is to ask, by place; nothing where AWS refuses the deploy, of which other findings tell.
 *
 * @param isAsked whether the artifacts declare a role
 */
export function roleQuestions(estate: Estate, isAsked: IsAsked): RoleQuestion[] {
  const policies = backupPolicies(estate);
  const { plans = [], restoreTestingPlans = [] } = estate;
  const selecting = [
    ...plans.flatMap(({ selections = [] }) => selections),
    ...restoreTestingPlans.flatMap(({ selections = [] }) => selections),
  ];
  if (policies.length === 0 && !selecting.some(({ iamRoleArn }) => isAsked(iamRoleArn))) {
    return [];
  }
  const deployed = unlessRefused(() => inWorld(estate));
  if (deployed === undefined) {
    return [];
  }
  const asked = new AskedNeeds(deployed.state.ledger);
  return [
    ...ofPlans(deployed, asked, isAsked),
    ...ofTests(deployed, asked, restoreTestingPlans, isAsked),
    ...ofOrganizations(deployed, asked, policies, isAsked),
  ];
}

function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DeployRefusal)) {
      throw error;
    }
    return undefined;
  }
}

/** Deploys what roles are asked about, plan by plan. */
function inWorld(estate: Estate): Deployed {
  const state = new WorldState({ start: parseInstant(DEFAULT_START), seed: DEFAULT_SEED });
  const { organizations, keys, roles, policies, regionSettings, resources, vaults, logicallyAirGappedVaults } = estate;
  const around = { organizations, keys, roles, policies, regionSettings, resources, vaults, logicallyAirGappedVaults };
  deploy(state, withoutUndefined<Estate>(around));
  const plans = (estate.plans ?? []).map((declaration) => {
    deploy(state, { plans: [declaration] });
    const plan = state.ledger.plans.list().at(-1) as Plan;
    const place = declaration.declaredAt ?? declaration.backupPlanName;
    return { plan, place, selections: declaration.selections ?? [] };
  });
  state.organizationPlans.settle();
  return { state, plans };
}

function ofPlans({ state: { ledger }, plans }: Deployed, asked: AskedNeeds, isAsked: IsAsked): RoleQuestion[] {
  return plans.flatMap(({ plan, place, selections }) =>
    selections.flatMap((selection, index): RoleQuestion[] => {
      const { iamRoleArn: roleArn, declaredAt } = selection;
      if (!isAsked(roleArn)) {
        return [];
      }
      const denial = selectionDenial(ledger, plan, selection);
      const unmet = unmetOfSelection(ledger, asked, plan, selection);
      const path = `${declaredAt ?? `${place}.selections[${index}]`}.iamRoleArn`;
      return [{ roleArn, env: plan.declaration.env, path, noun: 'selection', denial, unmet }];
    }),
  );
}

function ofTests(
  { state }: Deployed,
  asked: AskedNeeds,
  declarations: readonly RestoreTestingPlan[],
  isAsked: IsAsked,
): RoleQuestion[] {
  const { ledger } = state;
  const tests = declarations.filter(({ selections = [] }) => selections.some(({ iamRoleArn }) => isAsked(iamRoleArn)));
  const points = tests.length === 0 ? [] : declaredPoints(ledger, ledger.plans.list());
  return tests.flatMap((declaration) => {
    unlessRefused(() => {
      deploy(state, { restoreTestingPlans: [declaration] });
    });
    const { env, restoreTestingPlanName: name, declaredAt: place = name, selections = [] } = declaration;
    const plan = state.restoreTests.plans.tryFind(env, name);
    return selections.flatMap((selection, index): RoleQuestion[] => {
      const { iamRoleArn: roleArn, declaredAt } = selection;
      if (plan === undefined || !isAsked(roleArn)) {
        return [];
      }
      const sources = testedSources(ledger, plan, selection, points);
      const denied = roleDenial(ledger, roleArn, sources);
      const unmet = unmetOfTests(ledger, asked, selection, sources);
      const path = `${declaredAt ?? `${place}.selections[${index}]`}.iamRoleArn`;
      const denial = denied && { text: NOT_ASSUMABLE, denied };
      return [{ roleArn, env, path, noun: 'restore-testing-selection', denial, unmet }];
    });
  });
}

/** In each account that a policy reaches, with the role of that account. */
function ofOrganizations(
  { state: { ledger } }: Deployed,
  asked: AskedNeeds,
  policies: readonly OrganizationPolicy[],
  isAsked: IsAsked,
): RoleQuestion[] {
  return ledger.plans
    .list()
    .filter(({ management }) => management !== undefined)
    .flatMap((plan) =>
      plan.selections.flatMap(({ declaration: selection }): RoleQuestion[] => {
        const { iamRoleArn: roleArn } = selection;
        const path = pathIn(policies, plan, selection);
        const { env } = plan.declaration;
        const question = { roleArn, env, path, noun: 'organization-selection' } as const;
        if (!isAsked(roleArn)) {
          return [{ ...question, denial: undefined, unmet: [] }];
        }
        const denial = selectionDenial(ledger, plan, selection);
        return [{ ...question, denial, unmet: unmetOfSelection(ledger, asked, plan, selection) }];
      }),
    );
}

function backupPolicies({ organizations = [] }: Estate): OrganizationPolicy[] {
  return organizations.flatMap(({ policies = [] }) =>
    policies.filter(({ policyType }) => policyType === 'BACKUP_POLICY'),
  );
}

/** Where a plan of an organization names a role: in the first policy that has the plan, as several may be one plan. */
function pathIn(policies: readonly OrganizationPolicy[], plan: Plan, selection: BackupSelection): string {
  const { backupPlanName: name } = plan.declaration;
  const policy = policies.find(({ content }) => Object.hasOwn(plansIn(content), name));
  const kind = selection.listOfTags === undefined ? 'resources' : 'tags';
  const place = policy?.declaredAt ?? policy?.policyName ?? name;
  return `${place}.plans.${name}.selections.${kind}.${selection.selectionName}.iam_role_arn`;
}

function plansIn(content: unknown): object {
  const { plans } = (content ?? {}) as { readonly plans?: unknown };
  return typeof plans === 'object' && plans !== null ? plans : {};
}
