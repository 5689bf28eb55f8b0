/**
 * Legal holds as the API has them.
 *
 * Pure: shapes alone.
 */
import type { RecoveryPointSelection } from '@aws-sdk/client-backup';
import type { LegalHoldSelection } from '@holdfast/model';
import type { LegalHold } from '../domain/legal-holds';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';
import { given } from './backup/shapes';

export function fromHoldSelection(selection: LegalHoldSelection): RecoveryPointSelection {
  const { vaultNames, resourceIdentifiers, dateRange } = selection;
  return given({
    VaultNames: vaultNames,
    ResourceIdentifiers: resourceIdentifiers,
    DateRange:
      dateRange === undefined
        ? undefined
        : { FromDate: new Date(dateRange.fromDate), ToDate: new Date(dateRange.toDate) },
  });
}

/** The hold of an id. Assumed: the text. */
export function findHold(state: WorldState, caller: Caller, id: string | undefined): LegalHold {
  const wanted = required(id, 'LegalHoldId');
  const hold = state.holds.tryFind(caller, wanted);
  if (hold === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cannot find legal hold ${wanted}`);
  }
  return hold;
}
