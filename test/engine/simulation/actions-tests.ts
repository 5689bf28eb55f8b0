// Restore testing, and what the owners of resources do to them.
import type { ListRestoreTestingPlansOutput, ListRestoreTestingSelectionsOutput } from '@aws-sdk/client-backup';
import type { Environment, StatefulResource } from '@holdfast/model';
import { read } from './call';
import { JOB_ROLE, roleArn } from './random-world';
import type { Kind, Proposal, Scene } from './scene';

export const testActions: readonly Kind[] = [
  { name: 'create a restore testing plan', odds: 3, propose: createTestingPlan },
  { name: 'create a restore testing selection', odds: 4, propose: createTestingSelection },
  { name: 'delete a restore testing plan', odds: 1, propose: deleteTestingPlan },
];

interface Found {
  readonly env: Environment;
  readonly name: string | undefined;
  readonly selections: readonly (string | undefined)[];
}

export function testingPlansIn({ state, world }: Pick<Scene, 'state' | 'world'>): Found[] {
  return world.places.flatMap((env) => {
    const found = read<ListRestoreTestingPlansOutput>(state, env, 'backup', 'ListRestoreTestingPlans');
    return (found.RestoreTestingPlans ?? []).map(({ RestoreTestingPlanName: name }) => {
      const asked = { RestoreTestingPlanName: name };
      const list = read<ListRestoreTestingSelectionsOutput>(
        state,
        env,
        'backup',
        'ListRestoreTestingSelections',
        asked,
      );
      const selections = (list.RestoreTestingSelections ?? []).map((one) => one.RestoreTestingSelectionName);
      return { env, name, selections };
    });
  });
}

function createTestingPlan({ world, draw }: Scene): Proposal {
  const RestoreTestingPlan = {
    RestoreTestingPlanName: `drill_${draw.below(3)}`,
    ScheduleExpression: draw.pick(['cron(0 12 ? * * *)', 'cron(30 3 ? * MON *)']),
    StartWindowHours: draw.pick([1, 4]),
    RecoveryPointSelection: {
      Algorithm: draw.pick(['LATEST_WITHIN_WINDOW', 'RANDOM_WITHIN_WINDOW']),
      RecoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'].slice(0, draw.between(1, 2)),
      IncludeVaults: ['*'],
      SelectionWindowDays: draw.between(1, 30),
    },
  };
  return {
    env: draw.pick(world.places),
    service: 'backup',
    operation: 'CreateRestoreTestingPlan',
    input: { RestoreTestingPlan },
  };
}

function createTestingSelection(scene: Scene): Proposal | undefined {
  const { draw, state } = scene;
  const plan = draw.tryPick(testingPlansIn(scene));
  const here = state.resources.filter(({ env }) => env === plan?.env);
  const resource = draw.tryPick(here);
  if (plan === undefined || resource === undefined) {
    return undefined;
  }
  const RestoreTestingSelection = {
    RestoreTestingSelectionName: `kind_${draw.below(5)}`,
    ProtectedResourceType: resource.resourceType,
    IamRoleArn: roleArn(plan.env, JOB_ROLE),
    ProtectedResourceArns: ['*'],
    ValidationWindowHours: draw.between(1, 6),
  };
  const input = { RestoreTestingPlanName: plan.name, RestoreTestingSelection };
  return { env: plan.env, service: 'backup', operation: 'CreateRestoreTestingSelection', input };
}

function deleteTestingPlan(scene: Scene): Proposal | undefined {
  const plan = scene.draw.tryPick(testingPlansIn(scene));
  const input = { RestoreTestingPlanName: plan?.name };
  return plan && { env: plan.env, service: 'backup', operation: 'DeleteRestoreTestingPlan', input };
}

/** A resource as its owner leaves it: bigger, with other tags, or in another state. */
export function changedResource({ draw, state }: Scene): StatefulResource {
  const resource = draw.pick(state.resources);
  const { state: _state, ...rest } = resource;
  switch (draw.below(3)) {
    case 0:
      return { ...resource, sizeGiB: (resource.sizeGiB ?? 1) + draw.below(200) };
    case 1:
      return { ...resource, tags: draw.oneIn(3) ? {} : { backup: draw.pick(['daily', 'weekly']) } };
    default:
      return draw.oneIn(3) ? { ...rest, state: 'modifying' } : rest;
  }
}
