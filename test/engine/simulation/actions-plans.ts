// What is done to plans, selections, settings and the tags of resources.
import type { ListBackupPlansOutput, ListBackupSelectionsOutput } from '@aws-sdk/client-backup';
import type { Environment } from '@holdfast/model';
import type { Kind, Proposal, Scene } from './scene';
import { fromPlan, fromSelection } from '../../../engine/src/operations/backup/shapes';
import { read } from './call';
import { drawPlan, drawSelection } from './random-plans';
import { JOB_ROLE, roleArn } from './random-world';

export const planActions: readonly Kind[] = [
  { name: 'update a plan', odds: 5, propose: updatePlan },
  { name: 'create a plan', odds: 3, propose: createPlan },
  { name: 'delete a plan', odds: 3, propose: deletePlan },
  { name: 'create a selection', odds: 2, propose: createSelection },
  { name: 'delete a selection', odds: 3, propose: deleteSelection },
  { name: 'change opt-in settings', odds: 2, propose: changeSettings },
];

interface Found {
  readonly env: Environment;
  readonly id: string;
  readonly name: string;
}

export function plansIn({ state, world }: Pick<Scene, 'state' | 'world'>): Found[] {
  return world.places.flatMap((env) => {
    const { BackupPlansList = [] } = read<ListBackupPlansOutput>(state, env, 'backup', 'ListBackupPlans');
    return BackupPlansList.map((plan) => ({ env, id: plan.BackupPlanId ?? '', name: plan.BackupPlanName ?? '' }));
  });
}

export function selectionsOf(state: Scene['state'], { env, id }: Found): (string | undefined)[] {
  const asked = { BackupPlanId: id };
  const { BackupSelectionsList = [] } = read<ListBackupSelectionsOutput>(
    state,
    env,
    'backup',
    'ListBackupSelections',
    asked,
  );
  return BackupSelectionsList.map(({ SelectionId }) => SelectionId);
}

/** The name stays, so that jobs tell which plan they belong to. */
function updatePlan(scene: Scene): Proposal | undefined {
  const { draw, world } = scene;
  const plan = draw.tryPick(plansIn(scene));
  if (plan === undefined) {
    return undefined;
  }
  const drawn = drawPlan(draw, plan.name, plan.env, world.vaults, roleArn(plan.env, JOB_ROLE));
  const input = { BackupPlanId: plan.id, BackupPlan: fromPlan(drawn) };
  return { env: plan.env, service: 'backup', operation: 'UpdateBackupPlan', input };
}

function createPlan({ draw, world, snapshot }: Scene): Proposal {
  const env = draw.pick(world.places);
  const name = `made-${snapshot.at}-${draw.below(1_000_000)}`;
  const plan = drawPlan(draw, name, env, world.vaults, roleArn(env, JOB_ROLE));
  return { env, service: 'backup', operation: 'CreateBackupPlan', input: { BackupPlan: fromPlan(plan) } };
}

function deletePlan(scene: Scene): Proposal | undefined {
  const plan = scene.draw.tryPick(plansIn(scene));
  return plan && { env: plan.env, service: 'backup', operation: 'DeleteBackupPlan', input: { BackupPlanId: plan.id } };
}

function createSelection(scene: Scene): Proposal | undefined {
  const { draw } = scene;
  const plan = draw.tryPick(plansIn(scene));
  if (plan === undefined) {
    return undefined;
  }
  const selection = drawSelection(draw, `made-${draw.below(1000)}`, roleArn(plan.env, JOB_ROLE));
  const input = { BackupPlanId: plan.id, BackupSelection: fromSelection(selection) };
  return { env: plan.env, service: 'backup', operation: 'CreateBackupSelection', input };
}

function deleteSelection(scene: Scene): Proposal | undefined {
  const { draw, state } = scene;
  const plan = draw.tryPick(plansIn(scene));
  const SelectionId = plan === undefined ? undefined : draw.tryPick(selectionsOf(state, plan));
  if (plan === undefined || SelectionId === undefined) {
    return undefined;
  }
  const input = { BackupPlanId: plan.id, SelectionId };
  return { env: plan.env, service: 'backup', operation: 'DeleteBackupSelection', input };
}

function changeSettings({ draw, world }: Scene): Proposal {
  const ResourceTypeOptInPreference = { [draw.pick(['EBS', 'EFS', 'S3', 'RDS', 'DynamoDB'])]: draw.oneIn(2) };
  const env = draw.pick(world.places);
  return { env, service: 'backup', operation: 'UpdateRegionSettings', input: { ResourceTypeOptInPreference } };
}
