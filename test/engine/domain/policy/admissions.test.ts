// Whether a queue, topic or bus lets in what acts for another resource, by its policy.
import type { SourcedRequest } from '../../../../engine/src/domain/policy/admissions';
import { createOrganizationalUnit } from '../../../../engine/src/operations/organizations/create-organizational-unit';
import { moveAccount } from '../../../../engine/src/operations/organizations/move-account';
import { MANAGEMENT, MEMBER, organization } from '../../scenarios/organization-stage';
import { until } from '../../scenarios/stage';

const QUEUE = `arn:aws:sqs:${MEMBER.region}:${MEMBER.account}:q`;
const STRANGER = '999988887777';

const asked: SourcedRequest = {
  principal: 'events.amazonaws.com',
  action: 'sqs:SendMessage',
  resource: QUEUE,
  sourceArn: `arn:aws:events:${MEMBER.region}:${MEMBER.account}:rule/r`,
  sourceAccount: MEMBER.account,
};

function leave(Condition: object = {}, more: object = {}): string {
  const Principal = { Service: 'events.amazonaws.com' };
  const Statement = { Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*', Condition, ...more };
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function stage() {
  const { state, root, unit } = organization();
  const { admissions } = state.services.messaging;
  const id = state.ledger.organizations.of(MEMBER)?.membershipOf(MEMBER.account)?.id ?? '';
  const admits = (policy: string | undefined, more: Partial<SourcedRequest> = {}) =>
    admissions.admits(policy, { ...asked, ...more });
  return { state, root, unit, id, admits };
}

test('everybody is let in without a policy, and with one whom it names', () => {
  const { admits } = stage();
  expect(admits(undefined)).toBe(true);
  expect(admits(undefined, { principal: 'nobody' })).toBe(true);
  expect([admits(leave()), admits(leave())]).toEqual([true, true]);
  expect(admits(leave(), { principal: 'sns.amazonaws.com' })).toBe(false);
  expect(admits(leave(), { action: 'sqs:DeleteQueue' })).toBe(false);
  expect(admits(leave({}, { Resource: `${QUEUE}-2` }))).toBe(false);
  expect(admits(leave(), { principal: 'nobody' })).toBe(false);
});

// prettier-ignore
test.each<[admitted: boolean, condition: (id: string, unit: string) => object, more?: Partial<SourcedRequest>]>([
  [true,  () => ({ ArnEquals: { 'aws:SourceArn': asked.sourceArn } })],
  [false, () => ({ ArnEquals: { 'aws:SourceArn': asked.sourceArn } }), { sourceArn: `${asked.sourceArn}2` }],
  [true,  () => ({ StringEquals: { 'aws:SourceAccount': MEMBER.account } })],
  [false, () => ({ StringEquals: { 'aws:SourceAccount': STRANGER } })],
  [true,  () => ({ StringEquals: { 'aws:SourceOwner': MEMBER.account } })],
  [false, () => ({ StringEquals: { 'aws:SourceOwner': STRANGER } })],
  [true,  (id) => ({ StringEquals: { 'aws:SourceOrgID': id } })],
  [false, (id) => ({ StringEquals: { 'aws:SourceOrgID': `${id}x` } })],
  [false, (id) => ({ StringEquals: { 'aws:SourceOrgID': id } }), { sourceAccount: STRANGER }],
  [true,  (id, unit) => ({ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${id}/*/${unit}/` } })],
  [true,  (id) => ({ StringEquals: { 'aws:ResourceOrgID': id } })],
  [false, (id) => ({ StringEquals: { 'aws:ResourceOrgID': id } }), { resource: QUEUE.replace(MEMBER.account, STRANGER) }],
  [true,  () => ({ StringEquals: { 'aws:ResourceAccount': MEMBER.account, 'aws:RequestedRegion': MEMBER.region } })],
])('%p by a condition on for whom and what it acts', (...[admitted, condition, more]) => {
  const { id, unit, admits } = stage();
  expect(admits(leave(condition(id, unit)), more)).toBe(admitted);
});

test('each sender and each policy gets an answer of its own', () => {
  const { admits } = stage();
  const policy = leave({ ArnEquals: { 'aws:SourceArn': asked.sourceArn } });
  const other = { sourceArn: `${asked.sourceArn}2` };
  expect([admits(policy), admits(policy, other), admits(policy), admits(policy, other)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([admits(leave()), admits(leave({}, { Effect: 'Deny' })), admits(leave())]).toEqual([true, false, true]);
});

test('an account that moves within its organization is asked about anew', () => {
  const { state, root, unit, id, admits } = stage();
  const policy = leave({ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${id}/*/${unit}/` } });
  expect(admits(policy)).toBe(true);
  const made = createOrganizationalUnit(state, MANAGEMENT, { ParentId: root, Name: 'else' });
  const AccountId = MEMBER.account;
  moveAccount(state, MANAGEMENT, {
    AccountId,
    SourceParentId: unit,
    DestinationParentId: made.OrganizationalUnit?.Id,
  });
  expect(admits(policy)).toBe(false);
});

test('an answer that depends on the clock is not kept, one that does not is', () => {
  const { state, admits } = stage();
  const policy = leave({ DateLessThan: { 'aws:CurrentTime': '2027-01-02T00:00:00Z' } });
  expect([admits(policy), admits(leave())]).toEqual([true, true]);
  until(state, '2027-01-03T00:00:00Z');
  expect([admits(policy), admits(leave())]).toEqual([false, true]);
});

test('a policy is read once for each sender while none changes, and each time where the clock decides', () => {
  const { state, admits } = stage();
  const { shelf } = state.ledger;
  let read = 0;
  const inForce = shelf.inForce.bind(shelf);
  Object.assign(shelf, { inForce: (...of: Parameters<typeof inForce>) => (read++, inForce(...of)) });
  const reads = (policy: string, more: Partial<SourcedRequest> = {}) => {
    const before = read;
    admits(policy, more);
    return read - before;
  };
  const [plain, timed] = [leave(), leave({ DateLessThan: { 'aws:CurrentTime': '2027-01-02T00:00:00Z' } })];
  const other = { sourceArn: `${asked.sourceArn}2` };
  expect([reads(plain), reads(plain), reads(plain, other), reads(plain, other)]).toEqual([1, 0, 1, 0]);
  expect([reads(timed), reads(timed)]).toEqual([1, 1]);
  state.ledger.policyVersion++;
  expect([reads(plain), reads(plain)]).toEqual([1, 0]);
});

test('an organization policy of the sender does not bind a service', () => {
  const { admits } = stage();
  expect(admits(leave(), { resource: QUEUE.replace(MEMBER.account, MANAGEMENT.account) })).toBe(true);
});
