/**
 * AWS::Backup::BackupPlan, BackupSelection, TieringConfiguration and LegalHold.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 * Assumed  The order of the two ids in the id of a selection.
 */
import type { CreateBackupPlanOutput, UpdateTieringConfigurationOutput } from '@aws-sdk/client-backup';
import { readPlan, readSelection } from '../ingest/cloudformation/backup-plans';
import { readTiering } from '../ingest/cloudformation/tiers-and-access';
import { readLegalHold } from '../ingest/cloudformation/legal-holds';
import { deployLegalHold } from '../ingest/deploy-legal-hold';
import { deployTiering, fromTiering } from '../ingest/deploy-tiering';
import { cancelLegalHold } from '../operations/backup/cancel-legal-hold';
import { createBackupPlan } from '../operations/backup/create-backup-plan';
import { createBackupSelection } from '../operations/backup/create-backup-selection';
import { deleteBackupPlan } from '../operations/backup/delete-backup-plan';
import { deleteBackupSelection } from '../operations/backup/delete-backup-selection';
import { deleteTieringConfiguration } from '../operations/backup/delete-tiering-configuration';
import { fromPlan, fromSelection } from '../operations/backup/shapes';
import { updateBackupPlan } from '../operations/backup/update-backup-plan';
import { updateTieringConfiguration } from '../operations/backup/update-tiering-configuration';
import { findHold } from '../operations/find-hold';
import { changeTags } from './backup-tags';
import { Made, ResourceHandler, Wanted } from './handler';

export const PLANS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::Backup::BackupPlan': {
    create: ({ state, env, declaration }) => {
      const plan = readPlan(declaration);
      const made = createBackupPlan(state, env, { BackupPlan: fromPlan(plan), BackupPlanTags: plan.tags });
      return madePlan(made);
    },
    update: (wanted, standing) => {
      const { state, env, made } = standing;
      const [before, plan] = [
        readPlan(new Wanted(state, standing.stack, made).declaration),
        readPlan(wanted.declaration),
      ];
      const updated = updateBackupPlan(state, env, { BackupPlanId: made.physicalId, BackupPlan: fromPlan(plan) });
      changeTags(standing, String(made.attributes['BackupPlanArn']), before.tags, plan.tags);
      return madePlan(updated);
    },
    delete: ({ state, env, made }) => {
      deleteBackupPlan(state, env, { BackupPlanId: made.physicalId });
    },
  },
  'AWS::Backup::BackupSelection': {
    create: ({ state, env, declaration }) => {
      const { planId: BackupPlanId, selection } = readSelection(declaration);
      const made = createBackupSelection(state, env, { BackupPlanId, BackupSelection: fromSelection(selection) });
      const id = `${made.SelectionId}_${BackupPlanId}`;
      return { physicalId: id, attributes: { Id: id, BackupPlanId, SelectionId: made.SelectionId } };
    },
    delete: ({ state, env, made }) => {
      const { BackupPlanId, SelectionId } = made.attributes as Readonly<Record<string, string>>;
      deleteBackupSelection(state, env, { BackupPlanId, SelectionId });
    },
  },
  'AWS::Backup::LegalHold': {
    create: ({ state, env, declaration }) => {
      const { LegalHoldArn, LegalHoldId, CreationDate } = deployLegalHold(state, readLegalHold(declaration));
      const hold = findHold(state, env, LegalHoldId);
      state.holds.await(hold);
      const attributes = {
        Arn: LegalHoldArn,
        LegalHoldId,
        Status: hold.status,
        CreationDate: CreationDate?.toISOString(),
      };
      return { physicalId: String(LegalHoldArn), attributes };
    },
    delete: ({ state, env, made }) => {
      // Assumed: the description, and that nothing is kept of it any longer.
      const CancelDescription = 'Deleted by AWS CloudFormation';
      const LegalHoldId = String(made.attributes['LegalHoldId']);
      const hold = findHold(state, env, LegalHoldId);
      cancelLegalHold(state, env, { LegalHoldId, CancelDescription, RetainRecordInDays: 0 });
      state.holds.await(hold);
    },
  },
  'AWS::Backup::TieringConfiguration': {
    replacedBy: ['TieringConfigurationName'],
    create: ({ state, declaration }) => madeTiering(deployTiering(state, readTiering(declaration))),
    update: ({ declaration }, { state, env, made }) => {
      const { TieringConfigurationName, ...TieringConfiguration } = fromTiering(readTiering(declaration));
      return madeTiering(
        updateTieringConfiguration(state, env, { TieringConfigurationName: made.physicalId, TieringConfiguration }),
      );
    },
    delete: ({ state, env, made }) => {
      deleteTieringConfiguration(state, env, { TieringConfigurationName: made.physicalId });
    },
  },
};

function madePlan({ BackupPlanId, BackupPlanArn, VersionId }: CreateBackupPlanOutput): Made {
  return { physicalId: String(BackupPlanId), attributes: { BackupPlanId, BackupPlanArn, VersionId } };
}

function madeTiering(made: UpdateTieringConfigurationOutput): Made {
  const { TieringConfigurationArn, TieringConfigurationName, CreationTime, LastUpdatedTime } = made;
  const attributes = {
    TieringConfigurationArn,
    CreationTime: CreationTime?.toISOString(),
    LastUpdatedTime: (LastUpdatedTime ?? CreationTime)?.toISOString(),
  };
  return { physicalId: String(TieringConfigurationName), attributes };
}
