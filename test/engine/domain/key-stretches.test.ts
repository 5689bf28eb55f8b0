// When keys could not be used: what matchers and reports ask to know what could be restored.
import { cancelKeyDeletion } from '../../../engine/src/operations/kms/cancel-key-deletion';
import { createAlias } from '../../../engine/src/operations/kms/create-alias';
import { createKey } from '../../../engine/src/operations/kms/create-key';
import { disableKey } from '../../../engine/src/operations/kms/disable-key';
import { enableKey } from '../../../engine/src/operations/kms/enable-key';
import { scheduleKeyDeletion } from '../../../engine/src/operations/kms/schedule-key-deletion';
import { aliasArn } from '../../../engine/src/domain/keys';
import { inject } from '../scenarios/fault-stage';
import { CMK, DAY, ENV, world } from '../scenarios/stage';

const KEY_ID = CMK.split('/').at(-1) ?? '';

test('when a key could not be used is kept, by its own states and by faults', () => {
  const unknown = CMK.replace('0001', '0009');
  const alias = `arn:aws:kms:${ENV.region}:${ENV.account}:alias/vaults`;
  const state = world('2027-01-01', {});
  createKey(state, ENV, {}, KEY_ID);
  const start = state.now;
  const day = (days: number) => state.runUntil(start + days * DAY);
  const iso = (days: number) => new Date(start + days * DAY).toISOString();
  const days = (arn = CMK) =>
    state.ledger.keys.unusableStretches(arn).map(({ from, to }) => [(from - start) / DAY, (to - start) / DAY]);
  const key = { KeyId: KEY_ID };
  expect(days()).toEqual([]);
  day(1);
  disableKey(state, ENV, key);
  enableKey(state, ENV, key);
  expect(days()).toEqual([]);
  disableKey(state, ENV, key);
  day(2);
  scheduleKeyDeletion(state, ENV, { ...key, PendingWindowInDays: 7 });
  expect(days()).toEqual([[1, Infinity]]);
  day(3);
  cancelKeyDeletion(state, ENV, key);
  day(4);
  enableKey(state, ENV, key);
  createAlias(state, ENV, { AliasName: 'alias/vaults', TargetKeyId: KEY_ID });
  inject(state, { kind: 'key-disabled', key: CMK, from: iso(5), to: iso(7) });
  inject(state, { kind: 'key-pending-deletion', key: CMK, from: iso(6), to: iso(8) });
  inject(state, { kind: 'key-deleted', key: unknown, from: iso(6) });
  day(9);
  const past = [
    [1, 4],
    [5, 8],
  ];
  expect([days(), days(alias), days(unknown)]).toEqual([past, past, [[6, Infinity]]]);
  scheduleKeyDeletion(state, ENV, { ...key, PendingWindowInDays: 7 });
  day(30);
  expect(days()).toEqual([...past, [9, Infinity]]);
});

test('the keys of an account that is suspended cannot be used for so long, with what else keeps one of them from it', () => {
  const state = world('2027-01-01', {});
  const start = state.now;
  const iso = (days: number) => new Date(start + days * DAY).toISOString();
  const days = (arn: string) =>
    state.ledger.keys.unusableStretches(arn).map(({ from, to }) => [(from - start) / DAY, (to - start) / DAY]);
  inject(state, { kind: 'key-disabled', key: CMK, from: iso(1), to: iso(3) });
  inject(state, { kind: 'account-suspended', account: ENV.account, from: iso(2), to: iso(5) });
  inject(state, { kind: 'key-disabled', key: CMK, from: iso(4) });
  state.runUntil(start + 6 * DAY);
  expect(days(CMK)).toEqual([
    [1, 3],
    [2, 5],
    [4, Infinity],
  ]);
  expect(days(CMK.replace('0001', '0002'))).toEqual([[2, 5]]);
  expect(days(CMK.replace(ENV.account, '999999999999'))).toEqual([]);
});

test('the aliases of a key are its own, by name', () => {
  const { ledger } = world('2027-01-01', {});
  const { keys } = ledger;
  const add = (id: string) =>
    keys.add({
      env: ENV,
      id,
      awsManaged: false,
      multiRegion: false,
      primary: undefined,
      usage: '',
      spec: '',
      createdAt: 0,
    });
  const [one, other] = [add('one'), add('other')];
  keys.putAlias(aliasArn(ENV, 'alias/b'), one);
  keys.putAlias(aliasArn(ENV, 'alias/c'), other);
  keys.putAlias(aliasArn(ENV, 'alias/a'), one);
  expect([keys.aliasesOf(one), keys.aliasesOf(other)]).toEqual([['alias/a', 'alias/b'], ['alias/c']]);
});

test('a key is after a fault what it was before that one, whatever it was before another', () => {
  const state = world('2027-01-01', {});
  createKey(state, ENV, {}, KEY_ID);
  const start = state.now;
  const iso = (days: number) => new Date(start + days * DAY).toISOString();
  const day = (days: number) => {
    state.runUntil(start + days * DAY + 1);
    return state.ledger.keys.tryFindByArn(CMK)?.state;
  };
  inject(state, { kind: 'key-pending-deletion', key: CMK, from: iso(1), to: iso(2) });
  inject(state, { kind: 'key-pending-deletion', key: CMK, from: iso(5), to: iso(6) });
  expect([day(1), day(2)]).toEqual(['PendingDeletion', 'Enabled']);
  disableKey(state, ENV, { KeyId: KEY_ID });
  expect([day(5), day(6)]).toEqual(['PendingDeletion', 'Disabled']);
});

test('a deletion that one fault began is not put off as another ends', () => {
  const state = world('2027-01-01', {});
  createKey(state, ENV, {}, KEY_ID);
  const start = state.now;
  const iso = (days: number) => new Date(start + days * DAY).toISOString();
  inject(state, { kind: 'key-pending-deletion', key: CMK, from: iso(1) });
  inject(state, { kind: 'key-pending-deletion', key: CMK, from: iso(2), to: iso(4) });
  state.runUntil(start + 3 * DAY);
  const due = state.ledger.keys.tryFindByArn(CMK)?.deletionAt;
  state.runUntil(start + 5 * DAY);
  expect([state.ledger.keys.tryFindByArn(CMK)?.deletionAt, state.ledger.keys.tryFindByArn(CMK)?.state]).toEqual([
    ...[due, 'PendingDeletion'],
  ]);
});
