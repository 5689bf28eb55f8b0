/**
 * What a call about tags names, whatever noun of AWS Backup it is.
 *
 * Pure: reads the World.
 * Source   B1.1 (ARNs); API of AWS Backup: ListTags, TagResource, UntagResource.
 * Spec     ../domain/tags.md
 */
import { TagRules } from '@holdfast/model';
import { TagMap, tagsOfPoint } from '../domain/tags';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { tryFindRecoveryPoint } from './find-recovery-point';
import { required } from './find-vault';

/** Something with tags. */
export interface Tagged {
  readonly arn: string;
  readonly place: number;
  readonly tags: TagMap;
}

/** The noun of an ARN. Assumed: the text. */
export function findTagged(state: WorldState, caller: Caller, given: string | undefined): Tagged {
  const arn = required(given, 'ResourceArn');
  const made = madeWith(state, caller, arn);
  if (made === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Cannot find resource ${arn}`);
  }
  const { names, changedTags } = state.ledger;
  return { arn, place: names.intern(placeOf(caller)), tags: changedTags.of(arn, made) };
}

/**
 * Keys of tags that only AWS itself takes away.
 *
 * Source   API_KeyValue; AWS's tag restrictions: what has the prefix aws: cannot be deleted. Assumed: exception and text.
 */
export function refuseReserved(keys: readonly string[]): void {
  const reserved = keys.find((key) => TagRules.isReserved(key));
  if (reserved !== undefined) {
    throw new AwsFault('InvalidParameterValueException', `Tag keys that begin with aws: are reserved: ${reserved}`);
  }
}

/** The tags that it was made with; undefined when the account and Region of the caller have nothing of the name. */
function madeWith(state: WorldState, caller: Caller, arn: string): TagMap | undefined {
  const { ledger } = state;
  const [, kind] = new RegExp(`^arn:[^:]+:backup:${caller.region}:${caller.account}:([a-z-]+):`).exec(arn) ?? [];
  switch (kind) {
    case 'backup-vault':
      return ledger.vaults.tryFindByArn(arn)?.made.tags ?? state.access.tryFindByArn(arn)?.made.tags;
    case 'backup-plan': {
      const plan = ledger.plans.list().find((one) => one.arn === arn);
      return plan && (plan.declaration.tags ?? {});
    }
    case 'legal-hold':
      return state.holds.list(caller).find((hold) => hold.arn === arn)?.made.tags;
    case 'framework':
      return state.frameworks.list(caller).find((framework) => framework.arn === arn)?.made.tags;
    case 'report-plan': {
      const plan = state.reportPlans.everywhere().find((one) => one.arn === arn);
      return plan && (plan.declaration.tags ?? {});
    }
    case 'restore-testing-plan': {
      const plan = state.restoreTests.plans.at(caller).find((one) => one.arn === arn);
      return plan && (plan.declaration.tags ?? {});
    }
    case 'tiering-configuration': {
      const tiering = state.tiering.list(placeOf(caller)).find((one) => one.arn === arn);
      return tiering && (tiering.declaration.tags ?? {});
    }
    default:
      return tagsByPoint(state, caller, arn);
  }
}

function tagsByPoint(state: WorldState, caller: Caller, arn: string): TagMap | undefined {
  const { ledger } = state;
  const row = tryFindRecoveryPoint(state, ledger.vaults.at(caller), arn);
  return row === undefined ? undefined : tagsOfPoint(ledger, row);
}
