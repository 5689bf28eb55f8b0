/**
 * The roles and policies that a run with `--enforce-iam` takes to be in order, as no artifact says what they allow.
 *
 * Pure: reads a World and the estate that was deployed to it.
 * Source   domain/roles.ts: without `strict`, what a World does not know is taken to be in order.
 */
import type { Estate } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import type { NotRead } from '../ingest/artifact';

/** Whom a role is named by. */
interface Naming {
  readonly path: string;
  readonly roleArn: string;
}

const ROLE = 'AWS::IAM::Role';
const IN_ORDER = 'with --enforce-iam it is taken to be allowed everything that no other policy denies';

/** Each such role once, where it is named first; each such policy once, with the role that has it. */
export function assumedRoles(state: WorldState, estate: Estate): NotRead[] {
  const found = new Map<string, NotRead>();
  for (const { path, roleArn } of namings(state, estate)) {
    for (const [key, assumed] of assumedOf(state, estate, path, roleArn)) {
      found.set(key, found.get(key) ?? assumed);
    }
  }
  return [...found.values(), ...severalRoles(estate)];
}

/** What is assumed of one role, by ARN of the role or policy. */
function assumedOf({ ledger }: WorldState, estate: Estate, path: string, roleArn: string): [string, NotRead][] {
  const { roles, shelf } = ledger;
  const role = roles.tryFindRole(roleArn);
  if (role === undefined) {
    return [[roleArn, { path, type: ROLE, reason: `no artifact declares ${roleArn}; ${IN_ORDER}` }]];
  }
  const declared = estate.roles?.find((one) => one.roleName === role.name && one.env.account === role.env.account);
  const place = declared?.declaredAt ?? path;
  const partly = `not all policies of ${roleArn} can be known before deployment; ${IN_ORDER}`;
  const own: [string, NotRead][] = role.partlyKnown ? [[roleArn, { path: place, type: ROLE, reason: partly }]] : [];
  const policies = shelf.unknownPoliciesOf(role).map((arn): [string, NotRead] => {
    const then =
      role.boundary === arn ? 'as a boundary it is taken to bind nothing' : `of a role that has it, ${IN_ORDER}`;
    const reason = `what ${arn} says is not known, as no artifact declares it and Holdfast does not carry it; ${then}`;
    return [arn, { path: place, type: 'AWS::IAM::ManagedPolicy', reason }];
  });
  return [...own, ...policies];
}

/** Source domain/origins.ts: jobs of a plan have the role of its first selection. */
function severalRoles({ plans = [] }: Estate): NotRead[] {
  return plans
    .filter(({ selections = [] }) => new Set(selections.map(({ iamRoleArn }) => iamRoleArn)).size > 1)
    .map(({ declaredAt, backupPlanName }) => ({
      path: declaredAt ?? backupPlanName,
      type: 'AWS::Backup::BackupPlan',
      reason:
        'its selections name several roles; with --enforce-iam all its jobs are asked about with the role of the selection whose name comes first',
    }));
}

/** Everything that names a role for jobs. */
function namings({ ledger }: WorldState, { plans = [], restoreTestingPlans = [] }: Estate): Naming[] {
  const naming = (roleArn: string, declaredAt: string | undefined, plan: string, name: string): Naming => ({
    path: `${declaredAt ?? `${plan}.${name}`}.iamRoleArn`,
    roleArn,
  });
  return [
    ...plans.flatMap(({ declaredAt, backupPlanName, selections = [] }) =>
      selections.map((one) => naming(one.iamRoleArn, one.declaredAt, declaredAt ?? backupPlanName, one.selectionName)),
    ),
    ...restoreTestingPlans.flatMap(({ declaredAt, restoreTestingPlanName, selections = [] }) =>
      selections.map((one) =>
        naming(one.iamRoleArn, one.declaredAt, declaredAt ?? restoreTestingPlanName, one.restoreTestingSelectionName),
      ),
    ),
    ...ledger.plans
      .list()
      .flatMap(({ arn, management }) =>
        (management?.selections ?? []).map(({ iamRoleArn }) => ({ path: arn, roleArn: iamRoleArn })),
      ),
  ];
}
