/**
 * CreateLegalHold.
 *
 * Source   B5.4/1; B1.5 (a repeated token is answered with what the first call made).
 */
import type { CreateLegalHoldInput, CreateLegalHoldOutput, DateRange } from '@aws-sdk/client-backup';
import { BackupLimits, LegalHoldDateRange, LegalHoldRules, LegalHoldSelection } from '@holdfast/model';
import type { LegalHold } from '../../domain/legal-holds';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { fromHoldSelection } from '../find-hold';
import { given } from './shapes';

export function createLegalHold(state: WorldState, caller: Caller, input: CreateLegalHoldInput): CreateLegalHoldOutput {
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const title = required(input.Title, 'Title');
  const description = required(input.Description, 'Description');
  const selection = selectionOf(input);
  const tags = input.Tags ?? {};
  refuse(LegalHoldRules.check({ title, description, env, recoveryPointSelection: selection, tags }, '', WIRE));
  const standing = state.holds.list(caller);
  const repeated = standing.find(
    (hold) => hold.made.idempotencyToken !== undefined && hold.made.idempotencyToken === input.IdempotencyToken,
  );
  if (repeated !== undefined) {
    return answer(repeated);
  }
  if (standing.filter(({ status }) => status !== 'CANCELED').length >= BackupLimits.LEGAL_HOLDS) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `An account has at most ${BackupLimits.LEGAL_HOLDS} legal holds.`);
  }
  const made = { env, title, description, selection, tags, idempotencyToken: input.IdempotencyToken };
  return answer(state.holds.create(made));
}

function selectionOf({ RecoveryPointSelection: asked }: CreateLegalHoldInput): LegalHoldSelection {
  return given({
    vaultNames: asked?.VaultNames,
    resourceIdentifiers: asked?.ResourceIdentifiers,
    dateRange: asked?.DateRange && rangeOf(asked.DateRange),
  });
}

/** Source API: a range has both ends. */
function rangeOf({ FromDate, ToDate }: DateRange): LegalHoldDateRange {
  const member = 'RecoveryPointSelection.DateRange';
  return {
    fromDate: required(FromDate, `${member}.FromDate`).toISOString(),
    toDate: required(ToDate, `${member}.ToDate`).toISOString(),
  };
}

function answer(hold: LegalHold): CreateLegalHoldOutput {
  return given({
    Title: hold.made.title,
    Status: hold.status,
    Description: hold.made.description,
    LegalHoldId: hold.id,
    LegalHoldArn: hold.arn,
    CreationDate: dateOf(hold.createdAt),
    RecoveryPointSelection: fromHoldSelection(hold.made.selection),
  });
}
