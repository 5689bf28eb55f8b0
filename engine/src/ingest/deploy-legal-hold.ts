/**
 * Legal holds to the operation that CloudFormation would call.
 *
 * Pure: changes nothing but the World it is given.
 */
import type { CreateLegalHoldOutput } from '@aws-sdk/client-backup';
import type { LegalHold } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { dateOf, parseInstant } from '../kernel/instant';
import { createLegalHold } from '../operations/backup/create-legal-hold';
import { given } from '../operations/backup/shapes';
import { call } from './deploy-call';

export function deployLegalHold(state: WorldState, hold: LegalHold): CreateLegalHoldOutput {
  const { env, title: Title, description: Description, recoveryPointSelection, tags: Tags } = hold;
  const { vaultNames: VaultNames, resourceIdentifiers: ResourceIdentifiers, dateRange } = recoveryPointSelection;
  const DateRange = dateRange && {
    FromDate: dateOf(parseInstant(dateRange.fromDate)),
    ToDate: dateOf(parseInstant(dateRange.toDate)),
  };
  const RecoveryPointSelection = given({ VaultNames, ResourceIdentifiers, DateRange });
  return call(hold.declaredAt ?? Title, 'CreateLegalHold', () =>
    createLegalHold(state, env, given({ Title, Description, RecoveryPointSelection, Tags })),
  );
}
