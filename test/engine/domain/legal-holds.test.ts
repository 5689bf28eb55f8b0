import type { BackupRule, Estate } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, HOUR, MINUTE } from '../../../engine/src/kernel/instant';
import { cancelLegalHold } from '../../../engine/src/operations/backup/cancel-legal-hold';
import { createLegalHold } from '../../../engine/src/operations/backup/create-legal-hold';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { disassociateRecoveryPointFromParent } from '../../../engine/src/operations/backup/disassociate-recovery-point-from-parent';
import { getLegalHold } from '../../../engine/src/operations/backup/get-legal-hold';
import { listLegalHolds } from '../../../engine/src/operations/backup/list-legal-holds';
import { listRecoveryPointsByLegalHold } from '../../../engine/src/operations/backup/list-recovery-points-by-legal-hold';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const START = '2027-01-01T00:00:00Z';
const FS = resource('efs', 'fs-1');
const DAILY: Partial<BackupRule> = { scheduleExpression: 'cron(0 5 ? * * *)', lifecycle: { deleteAfterDays: 2 } };

function estate(more: Partial<Estate> = {}, rules: BackupRule[] = [rule('daily', DAILY)]): Estate {
  return { vaults: [vault('main'), vault('other')], resources: [FS], plans: [plan('p', rules)], ...more };
}

function hold(state: WorldState, selection = {}, token?: string): string {
  const input = {
    Title: 'case 7',
    Description: 'litigation',
    RecoveryPointSelection: { VaultNames: ['main'], ...selection },
    ...(token === undefined ? {} : { IdempotencyToken: token }),
  };
  return createLegalHold(state, ENV, input).LegalHoldId ?? '';
}

function cancel(state: WorldState, id: string): void {
  cancelLegalHold(state, ENV, { LegalHoldId: id, CancelDescription: 'settled' });
}

function live(state: WorldState): string[] {
  return state.pointsOf(FS.arn).map(({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10));
}

function passMinutes(state: WorldState, minutes: number): WorldState {
  state.runUntil(state.now + minutes * MINUTE);
  return state;
}

test('a held point outlives its lifecycle as COMPLETED, and goes within a day after the release (vector 14, B5.4/4, B5.2/3)', () => {
  const state = until(world(START, estate()), '2027-01-02T00:00:00Z');
  const id = hold(state);
  passMinutes(state, 1);
  until(state, '2027-01-20T00:00:00Z');
  const [held] = state.pointsOf(FS.arn);
  expect(live(state)[0]).toBe('2027-01-01');
  expect(held?.status).toBe('COMPLETED');
  expect(held?.whyUntil).toContain('a legal hold keeps it');
  cancel(state, id);
  const releasedAt = state.now + MINUTE;
  state.runUntil(releasedAt + DAY + MINUTE);
  expect(live(state)).not.toContain('2027-01-01');
  const gone = state.events().filter((event) => event.what === 'deleted' && event.at > releasedAt);
  expect(gone.length).toBeGreaterThan(0);
});

test.each(['FromDate', 'ToDate'])(
  'a range without %s is no range, rather than all the time there is (API)',
  (member) => {
    const state = world(START, estate());
    const range = { FromDate: new Date(START), ToDate: new Date(START), [member]: undefined };
    expect(() => hold(state, { DateRange: range })).toThrow(`RecoveryPointSelection.DateRange.${member} is required.`);
    expect(listLegalHolds(state, ENV, {}).LegalHolds).toEqual([]);
  },
);

test('a hold keeps what is there when it becomes active, and nothing that comes later (B5.4/2, B5.4/3)', () => {
  const state = until(world(START, estate()), '2027-01-02T00:00:00Z');
  const id = hold(state);
  expect(getLegalHold(state, ENV, { LegalHoldId: id }).Status).toBe('CREATING');
  expect(listRecoveryPointsByLegalHold(state, ENV, { LegalHoldId: id }).RecoveryPoints).toEqual([]);
  passMinutes(state, 1);
  expect(getLegalHold(state, ENV, { LegalHoldId: id }).Status).toBe('CREATING');
  passMinutes(state, 1);
  expect(getLegalHold(state, ENV, { LegalHoldId: id }).Status).toBe('ACTIVE');
  expect(listRecoveryPointsByLegalHold(state, ENV, { LegalHoldId: id }).RecoveryPoints).toHaveLength(1);
  until(state, '2027-01-20T00:00:00Z');
  expect(live(state)).toEqual(['2027-01-01', '2027-01-18', '2027-01-19']);
});

test('fails to delete a held point, and lets it go while the hold is being created (B5.4/3, B5.4/4, B5.1/3)', () => {
  const state = until(world(START, estate()), '2027-01-03T00:00:00Z');
  const [first, second] = state.pointsOf(FS.arn).map((point) => point.recoveryPointArn);
  hold(state);
  const remove = (arn: string | undefined) =>
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: arn ?? '' });
  remove(first);
  passMinutes(state, 2);
  const before = state.digest();
  expect(() => remove(second)).toThrow('a legal hold keeps it');
  expect(state.digest()).toBe(before);
  expect(state.pointsOf(FS.arn).map((point) => point.recoveryPointArn)).toEqual([second]);
});

test('several holds stack: the last one to be released lets the point go (B5.4/4)', () => {
  const state = until(world(START, estate()), '2027-01-02T00:00:00Z');
  const [one, two] = [hold(state), hold(state)];
  expect(one).not.toBe(two);
  until(state, '2027-01-10T00:00:00Z');
  cancel(state, one);
  until(state, '2027-01-15T00:00:00Z');
  expect(live(state)[0]).toBe('2027-01-01');
  cancel(state, two);
  until(state, '2027-01-17T00:00:00Z');
  expect(live(state)[0]).not.toBe('2027-01-01');
});

test('a parent whose hold is released goes after its children, whose hours may be later (B4.5/4, B5.4/4)', () => {
  const tables = Array.from({ length: 6 }, (_, n) => resource('dynamodb-advanced', `orders-${n}`));
  const members = Object.fromEntries(tables.map(({ arn, name = '' }) => [name, arn]));
  const stack = resource('cloudformation', 'shop', { members, sizeGiB: 0.01 });
  const ofStack = [{ selectionName: 'one', iamRoleArn: ROLE, resources: [stack.arn] }];
  const once = rule('once', { ...DAILY, scheduleExpression: 'cron(0 5 1 1 ? *)' });
  const plans = [plan('p', [once], { selections: ofStack })];
  const state = until(world(START, estate({ resources: [stack, ...tables], plans })), '2027-01-02T00:00:00Z');
  const id = hold(state);
  until(state, '2027-01-10T00:00:00Z');
  cancel(state, id);
  const gone: string[] = [];
  state.ledger.observers.add((change) => {
    if (change.kind === 'recovery-point' && change.status === 'DELETED') {
      gone.push(state.ledger.composites.isParent(change.row) ? 'parent' : 'child');
    }
  });
  until(state, '2027-01-12T00:00:00Z');
  expect(gone.length).toBeGreaterThan(tables.length);
  expect(gone.indexOf('parent')).toBe(gone.length - 1);
});

// prettier-ignore
test.each([
  ['the vault',                         { VaultNames: ['main'] },                                                                                         true],
  ['another vault',                     { VaultNames: ['other'] },                                                                                        false],
  ['the resource',                      { VaultNames: [], ResourceIdentifiers: [FS.arn] },                                                                true],
  ['another resource',                  { VaultNames: [], ResourceIdentifiers: [FS.arn.replace('fs-1', 'fs-2')] },                                        false],
  ['from its creation on',              { DateRange: { FromDate: new Date('2027-01-01T05:00:00Z'), ToDate: new Date('2027-01-05T00:00:00Z') } },            true],
  ['from a millisecond after that on',  { DateRange: { FromDate: new Date('2027-01-01T05:00:00.001Z'), ToDate: new Date('2027-01-05T00:00:00Z') } },        false],
  ['until its creation',                { DateRange: { FromDate: new Date('2026-01-01T05:00:00Z'), ToDate: new Date('2027-01-01T05:00:00Z') } },            true],
  ['until a millisecond before that',   { DateRange: { FromDate: new Date('2026-01-01T05:00:00Z'), ToDate: new Date('2027-01-01T04:59:59.999Z') } },        false],
])('a hold of %s keeps the point if it is in it, and only then (B5.4/1)', (_, selection, keeps) => {
  const state = until(world(START, estate()), '2027-01-02T00:00:00Z');
  const id = hold(state, selection);
  passMinutes(state, 2);
  expect(listRecoveryPointsByLegalHold(state, ENV, { LegalHoldId: id }).RecoveryPoints).toHaveLength(keeps ? 1 : 0);
});

test('continuous points are not kept (B5.4/2, B5.3/7)', () => {
  const bucket = resource('s3', 'b');
  const pitr = rule('pitr', { ...DAILY, enableContinuousBackup: true });
  const state = until(world(START, estate({ resources: [bucket] }, [pitr])), '2027-01-02T00:00:00Z');
  const id = hold(state);
  passMinutes(state, 2);
  expect(state.pointsOf(bucket.arn)).toHaveLength(1);
  expect(listRecoveryPointsByLegalHold(state, ENV, { LegalHoldId: id }).RecoveryPoints).toEqual([]);
});

test('a token given again is answered with the first hold, 50 holds are allowed and no more (B5.4/1)', () => {
  const state = world(START, estate());
  const first = hold(state, {}, 'token');
  expect(hold(state, {}, 'token')).toBe(first);
  for (let i = 1; i < 50; i++) {
    hold(state);
  }
  expect(listLegalHolds(state, ENV, {}).LegalHolds).toHaveLength(50);
  expect(() => hold(state)).toThrow('at most 50 legal holds');
  passMinutes(state, 2);
  cancel(state, first);
  passMinutes(state, 2);
  hold(state);
});

test('the record of a canceled hold stays as long as it was asked to, 180 days if not (B5.4/4)', () => {
  const state = world(START, estate());
  const id = hold(state);
  expect(() => cancel(state, id)).toThrow('is CREATING and cannot be canceled');
  passMinutes(state, 2);
  cancel(state, id);
  expect(() => cancel(state, id)).toThrow('is CANCELING');
  passMinutes(state, 2);
  expect(getLegalHold(state, ENV, { LegalHoldId: id })).toMatchObject({
    Status: 'CANCELED',
    CancelDescription: 'settled',
    CancellationDate: new Date('2027-01-01T00:03:00Z'),
  });
  state.runUntil(state.now + 180 * DAY - HOUR);
  expect(listLegalHolds(state, ENV, {}).LegalHolds).toHaveLength(1);
  state.runUntil(state.now + 2 * HOUR);
  expect(listLegalHolds(state, ENV, {}).LegalHolds).toEqual([]);
});

test('fails without a description, and for a hold that is not there', () => {
  const state = world(START, estate());
  expect(() => createLegalHold(state, ENV, { Title: 't', Description: '' })).toThrow('Description is required');
  expect(() => cancel(state, 'nothing')).toThrow('Cannot find legal hold nothing');
});

test('a composite point that is held stays without members, and goes once it is released (B5.4/4, B4.5/4)', () => {
  const shop = resource('cloudformation', 'shop', { members: { Files: FS.arn } });
  const selections = [
    { selectionName: 's', iamRoleArn: 'arn:aws:iam::111122223333:role/backup', resources: [shop.arn] },
  ];
  const rules = [rule('monthly', { scheduleExpression: 'cron(0 5 1 * ? *)', lifecycle: { deleteAfterDays: 30 } })];
  const state = world(START, estate({ resources: [shop, FS], plans: [plan('p', rules, { selections })] }));
  until(state, '2027-01-02');
  const id = hold(state, { VaultNames: [], ResourceIdentifiers: [shop.arn] });
  passMinutes(state, 60);
  const template = state.pointsOf(shop.arn).find(({ why }) => why.includes('composite backup of'));
  const [files] = state.pointsOf(FS.arn);
  const point = { BackupVaultName: 'main', RecoveryPointArn: template?.recoveryPointArn };
  disassociateRecoveryPointFromParent(state, ENV, point);
  deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: files?.recoveryPointArn });
  expect(state.pointsOf(FS.arn)).toEqual([]);
  expect(
    state
      .pointsOf(shop.arn)
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['COMPLETED', 'PARTIAL']);
  cancel(state, id);
  state.runUntil(state.now + DAY + HOUR);
  expect(state.pointsOf(shop.arn).map(({ recoveryPointArn }) => recoveryPointArn)).toEqual([
    template?.recoveryPointArn,
  ]);
});

test('a hold is called after its title and the moment, whatever other holds there are; a namesake of the moment is another', () => {
  const idOf = (state: WorldState, title: string, caller = ENV) =>
    createLegalHold(state, caller, { Title: title, Description: 'd' }).LegalHoldId;
  const alone = idOf(world(START, estate()), 'case 8');
  expect(alone).toBe('0c36ee52-9972-42cb-b8ab-de44058fe90a');
  const state = world(START, estate());
  idOf(state, 'case 7');
  expect(idOf(state, 'case 8')).toBe(alone);
  const namesake = idOf(state, 'case 8');
  expect(namesake).not.toBe(alone);
  expect(idOf(state, 'case 8', { ...ENV, region: 'us-east-1' })).not.toBe(namesake);
  passMinutes(state, 1);
  const later = world(START, estate());
  passMinutes(later, 1);
  expect(idOf(state, 'case 8')).toBe(idOf(later, 'case 8'));
});

test('a hold is listed in its account and Region only, to the last moment that its record is kept (B5.4/4)', () => {
  const state = world(START, estate());
  const id = hold(state);
  const listed = (caller = ENV) => listLegalHolds(state, caller, {}).LegalHolds?.length;
  expect([listed(), listed({ ...ENV, region: 'us-east-1' }), listed({ ...ENV, account: '444455556666' })]).toEqual([
    1, 0, 0,
  ]);
  passMinutes(state, 2);
  cancelLegalHold(state, ENV, { LegalHoldId: id, CancelDescription: 'settled', RetainRecordInDays: 1 });
  state.runUntil(state.now + DAY - 1);
  expect(listed()).toBe(1);
  state.runUntil(state.now + 1);
  expect(listed()).toBe(0);
});

test('a hold keeps nothing in another Region, whose vault has the same name (B5.4/1)', () => {
  const env = { ...ENV, region: 'us-east-1' };
  const there = resource('efs', 'fs-1', { env });
  const plans = [plan('p', [rule('daily', DAILY)]), plan('p', [rule('daily', DAILY)], { env })];
  const vaults = [vault('main'), vault('main', { env })];
  const state = until(world(START, { vaults, plans, resources: [FS, there] }), '2027-01-02T00:00:00Z');
  const id = hold(state);
  passMinutes(state, 2);
  expect(listRecoveryPointsByLegalHold(state, ENV, { LegalHoldId: id }).RecoveryPoints).toHaveLength(1);
  expect(state.pointsOf(there.arn)).toHaveLength(1);
  until(state, '2027-01-10T00:00:00Z');
  expect(state.pointsOf(there.arn)[0]?.createdAt).toBeGreaterThan(Date.parse('2027-01-07T00:00:00Z'));
});

test('the history tells when a hold begins and ceases to keep points', () => {
  const state = until(world(START, estate()), '2027-01-03T00:00:00Z');
  const id = hold(state);
  passMinutes(state, 2);
  cancel(state, id);
  passMinutes(state, 2);
  const told = state.events().filter(({ kind }) => kind.includes('hold'));
  expect(told.map(({ what, at }) => [what, new Date(at).toISOString()])).toEqual([
    ['created', '2027-01-03T00:00:00.000Z'],
    ['active', '2027-01-03T00:01:00.000Z'],
    ['canceled', '2027-01-03T00:03:00.000Z'],
  ]);
});

test('a hold stands from the moment that it keeps points to its cancellation (B5.4/2, B5.4/4)', () => {
  const state = world(START, estate());
  const id = hold(state);
  const standing = () => state.holds.standing().map((one) => one.id);
  expect(standing()).toEqual([]);
  passMinutes(state, 2);
  hold(state);
  expect(standing()).toEqual([id]);
  cancel(state, id);
  expect(standing()).toEqual([]);
});

test('a hold that is waited for is active, or canceled, at once', () => {
  const state = until(world(START, estate()), '2027-01-02T00:00:00Z');
  const id = hold(state);
  const standing = state.holds.tryFind(ENV, id)!;
  expect(standing.status).toBe('CREATING');
  state.holds.await(standing);
  expect(standing.status).toBe('ACTIVE');
  state.holds.await(standing);
  expect(standing.status).toBe('ACTIVE');
  cancel(state, id);
  state.holds.await(standing);
  expect([standing.status, standing.canceledAt]).toEqual(['CANCELED', state.now]);
});
