/**
 * AWS::Backup::RestoreTestingPlan and AWS::Backup::RestoreTestingSelection.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 * Assumed  `Ref` of a selection is its plan and its name, joined as Cloud Control does.
 */
import { readTestingPlan, readTestingSelection } from '../ingest/cloudformation/restore-testing';
import { createRestoreTestingPlan } from '../operations/backup/create-restore-testing-plan';
import { createRestoreTestingSelection } from '../operations/backup/create-restore-testing-selection';
import { deleteRestoreTestingPlan } from '../operations/backup/delete-restore-testing-plan';
import { deleteRestoreTestingSelection } from '../operations/backup/delete-restore-testing-selection';
import { given } from '../operations/backup/shapes';
import { updateRestoreTestingPlan } from '../operations/backup/update-restore-testing-plan';
import { updateRestoreTestingSelection } from '../operations/backup/update-restore-testing-selection';
import { fromTestingPlan, fromTestingSelection } from '../operations/restore-testing';
import { changeTags } from './backup-tags';
import { ResourceHandler, Wanted } from './handler';

export const RESTORE_TESTS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Backup::RestoreTestingPlan': {
    replacedBy: ['RestoreTestingPlanName'],
    create: ({ state, env, declaration }) => {
      const plan = readTestingPlan(declaration);
      const input = given({ RestoreTestingPlan: fromTestingPlan(plan), Tags: plan.tags });
      const { RestoreTestingPlanArn } = createRestoreTestingPlan(state, env, input);
      return { physicalId: plan.restoreTestingPlanName, attributes: { RestoreTestingPlanArn } };
    },
    update: (wanted, standing) => {
      const { state, env, stack, made } = standing;
      const before = readTestingPlan(new Wanted(state, stack, made).declaration);
      const after = readTestingPlan(wanted.declaration);
      const { RestoreTestingPlanName, ...RestoreTestingPlan } = fromTestingPlan(after);
      updateRestoreTestingPlan(state, env, { RestoreTestingPlanName, RestoreTestingPlan });
      changeTags(standing, String(made.attributes['RestoreTestingPlanArn']), before.tags, after.tags);
      return made;
    },
    delete: ({ state, env, made }) => {
      deleteRestoreTestingPlan(state, env, { RestoreTestingPlanName: made.physicalId });
    },
  },
  'AWS::Backup::RestoreTestingSelection': {
    replacedBy: ['ProtectedResourceType', 'RestoreTestingPlanName', 'RestoreTestingSelectionName'],
    create: ({ state, env, declaration, properties }) => {
      const RestoreTestingPlanName = properties.member('RestoreTestingPlanName').requiredText();
      const selection = readTestingSelection(declaration);
      const RestoreTestingSelection = fromTestingSelection(selection);
      createRestoreTestingSelection(state, env, { RestoreTestingPlanName, RestoreTestingSelection });
      const RestoreTestingSelectionName = selection.restoreTestingSelectionName;
      return {
        physicalId: `${RestoreTestingPlanName}|${RestoreTestingSelectionName}`,
        attributes: { RestoreTestingPlanName, RestoreTestingSelectionName },
      };
    },
    update: ({ declaration }, { state, env, made }) => {
      const { RestoreTestingPlanName, RestoreTestingSelectionName } = made.attributes as Record<string, string>;
      const { IamRoleArn, ...rest } = fromTestingSelection(readTestingSelection(declaration));
      const RestoreTestingSelection = given({
        IamRoleArn,
        ProtectedResourceArns: rest.ProtectedResourceArns,
        ProtectedResourceConditions: rest.ProtectedResourceConditions,
        RestoreMetadataOverrides: rest.RestoreMetadataOverrides,
        ValidationWindowHours: rest.ValidationWindowHours,
      });
      updateRestoreTestingSelection(state, env, {
        RestoreTestingPlanName,
        RestoreTestingSelectionName,
        RestoreTestingSelection,
      });
      return made;
    },
    delete: ({ state, env, made }) => {
      const { RestoreTestingPlanName, RestoreTestingSelectionName } = made.attributes as Record<string, string>;
      deleteRestoreTestingSelection(state, env, { RestoreTestingPlanName, RestoreTestingSelectionName });
    },
  },
};
