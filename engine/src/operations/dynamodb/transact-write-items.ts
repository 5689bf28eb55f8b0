/**
 * TransactWriteItems.
 *
 * Source   API of DynamoDB 2012-08-10: all or nothing; a token holds for 10 minutes. Calls come one by one, so that none
 *          conflicts with another.
 */
import type {
  ItemCollectionMetrics,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { itemSize } from '../../domain/attribute-values';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { Consumption } from '../item-capacity';
import { CAPACITY, METRICS, type MemberRule, refuseMembers, REQUIRED } from '../item-input';
import {
  askCheck,
  askDelete,
  askPut,
  askUpdate,
  type AskedWrite,
  CHECK_FAILED,
  commit,
  consumed,
  metricsOf,
  ready,
  type ReadyWrite,
} from '../item-writes';
import { fingerprintOf } from '../repeated-calls';
import { eachOf, type Reason, refuseBytes, refuseCanceled, refuseCount, refuseTwice } from '../transactions';

type Answer = Omit<TransactWriteItemsCommandOutput, '$metadata'>;

export function transactWriteItems(state: WorldState, caller: Caller, input: TransactWriteItemsCommandInput): Answer {
  refuseMembers(input, {
    ReturnConsumedCapacity: CAPACITY,
    ReturnItemCollectionMetrics: METRICS,
    ClientRequestToken: { least: 1, most: 36 },
  });
  refuseCount(input.TransactItems);
  const { ClientRequestToken: token, TransactItems: actions = [], ...others } = input;
  const fingerprint = fingerprintOf([actions, others]);
  const before = token === undefined ? undefined : state.tableItems.tryFindTransaction(caller, token);
  if (before !== undefined) {
    if (before.asked !== fingerprint) {
      const text = 'The request uses the same client token as a previous, but non-identical request.';
      throw new AwsFault(
        'IdempotentParameterMismatchException',
        `${text} Do not reuse a client token with different requests`,
      );
    }
    return before.answer as Answer;
  }
  const answer = written(state, caller, input, actions);
  if (token !== undefined) {
    state.tableItems.rememberTransaction(caller, token, fingerprint, answer);
  }
  return answer;
}

function written(
  state: WorldState,
  caller: Caller,
  input: TransactWriteItemsCommandInput,
  actions: readonly TransactWriteItem[],
): Answer {
  const asked = actions.map(ask);
  const { made: writes, reasons } = eachOf(asked, (one) => ready(state, caller, one));
  refuseTwice(writes);
  const found = reasons.every(({ Code }) => Code === 'None') ? writes.map(reasonOf(actions)) : reasons;
  refuseCanceled(found);
  refuseBytes(writes.map(({ before, after }) => (after === undefined ? (before?.sizeBytes ?? 0) : itemSize(after))));
  const sums = new Map<string, Consumption>();
  const metrics: Record<string, ItemCollectionMetrics[]> = {};
  for (const write of writes) {
    const { name } = write.table.resource.declaration;
    const sum = sums.get(name) ?? new Consumption(name, 2);
    sums.set(name, sum);
    consumed(write, sum);
    commit(state, write);
    const one = input.ReturnItemCollectionMetrics === 'SIZE' ? metricsOf(write) : undefined;
    if (one !== undefined) {
      (metrics[name] ??= []).push(one);
    }
  }
  const shown = [...sums.values()].flatMap((one) => one.shown(input.ReturnConsumedCapacity, 'write') ?? []);
  return given({
    ConsumedCapacity: shown.length === 0 ? undefined : shown,
    ItemCollectionMetrics: Object.keys(metrics).length === 0 ? undefined : metrics,
  });
}

function reasonOf(actions: readonly TransactWriteItem[]): (write: ReadyWrite, index: number) => Reason {
  return ({ holds, before }, index) => {
    if (holds) {
      return { Code: 'None' };
    }
    const { ConditionCheck, Put, Update, Delete } = actions[index] ?? {};
    const wanted = (ConditionCheck ?? Put ?? Update ?? Delete)?.ReturnValuesOnConditionCheckFailure;
    const Item = wanted === 'ALL_OLD' ? before?.item : undefined;
    return { Code: 'ConditionalCheckFailed', Message: CHECK_FAILED, Item };
  };
}

const KEYED: Readonly<Record<string, MemberRule>> = { TableName: REQUIRED, Key: REQUIRED };

function ask(action: TransactWriteItem): AskedWrite {
  const { ConditionCheck, Put, Update, Delete } = action;
  const [one, ...others] = [ConditionCheck, Put, Update, Delete].filter((asked) => asked !== undefined);
  if (one === undefined || others.length > 0) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  if (Put !== undefined) {
    refuseMembers(Put, { TableName: REQUIRED, Item: REQUIRED });
    return askPut(Put);
  }
  if (Update !== undefined) {
    refuseMembers(Update, { ...KEYED, UpdateExpression: REQUIRED });
    return askUpdate(Update);
  }
  refuseMembers(one, ConditionCheck === undefined ? KEYED : { ...KEYED, ConditionExpression: REQUIRED });
  return ConditionCheck === undefined ? askDelete(one) : askCheck(one);
}
