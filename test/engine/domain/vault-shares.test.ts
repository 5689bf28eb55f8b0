import { sourceArn } from '../../../engine/src/domain/approval-team';
import { VaultShares } from '../../../engine/src/domain/vault-shares';
import { ENV, until, vault, world } from '../scenarios/stage';

const GUEST = '222222222222';
const OTHER = '333333333333';
const THERE = { ...ENV, region: 'us-east-1' };

function shares() {
  const state = world('2027-01-01', { vaults: [vault('bb'), vault('aa')] });
  return { state, shares: new VaultShares(state.ledger) };
}

test('a share is listed by who made it and where, and found until it is deleted', () => {
  const { shares: all } = shares();
  const [one, two] = [all.create(ENV, 's', true, undefined), all.create(ENV, 's', true, undefined)];
  const there = all.create(THERE, 's', true, undefined);
  expect(new Set([one.arn, two.arn, there.arn]).size).toBe(3);
  expect(all.by(ENV)).toEqual([one, two]);
  expect(all.by(THERE)).toEqual([there]);
  all.delete(one);
  expect([all.tryFind(one.arn), all.tryFind(two.arn), all.tryFind(there.arn)]).toEqual([undefined, two, there]);
});

test('an account is invited once to a share, and sees the invitations of its Region (B7.5/5)', () => {
  const { shares: all } = shares();
  const one = all.create(ENV, 's', true, undefined);
  for (const account of [GUEST, OTHER, GUEST]) {
    all.invite(one, account);
  }
  expect(one.invitations.map(({ account }) => account)).toEqual([GUEST, OTHER]);
  expect(new Set(one.invitations.map(({ arn }) => arn)).size).toBe(2);
  all.invite(all.create(THERE, 's', true, undefined), GUEST);
  all.invite(all.create({ ...ENV, partition: 'aws-cn' }, 's', true, undefined), GUEST);
  const seen = () => all.invitationsOf({ ...ENV, account: GUEST });
  expect(seen()).toEqual([one.invitations[0]]);
  all.delete(one);
  expect(seen()).toEqual([]);
});

test('vaults are shared with who accepted, each once, by ARN, while they stand (B7.5/5)', () => {
  const { state, shares: all } = shares();
  const [a, b] = state.ledger.vaults.standing();
  const [one, two] = [all.create(ENV, 's', true, undefined), all.create(ENV, 't', true, undefined)];
  one.resources.add(b!).add(a!);
  two.resources.add(a!);
  all.invite(one, GUEST);
  all.invite(two, GUEST);
  const shared = () => all.with({ ...ENV, account: GUEST });
  expect(shared()).toEqual([]);
  all.accept(one.invitations[0]!);
  expect(shared()).toEqual([a, b]);
  all.accept(two.invitations[0]!);
  expect(shared()).toEqual([a, b]);
  state.ledger.vaults.remove(b!);
  expect(shared()).toEqual([a]);
});

test('what leaves a share is no longer in it, and the rest is (B7.5/5)', () => {
  const { state, shares: all } = shares();
  const [a, b] = state.ledger.vaults.standing();
  const one = all.create(ENV, 's', true, undefined);
  one.resources.add(a!).add(b!);
  all.invite(one, GUEST);
  all.invite(one, OTHER);
  until(state, '2027-01-02');
  all.take(one, [a!], [OTHER]);
  expect([...one.resources]).toEqual([b]);
  expect(one.invitations.map(({ account }) => account)).toEqual([GUEST]);
  expect([one.createdAt, one.lastUpdatedAt]).toEqual([Date.parse('2027-01-01'), Date.parse('2027-01-02')]);
});

test('vaults and approval teams that are shared are told apart, each by ARN (B7.5/5, B7.5/8)', () => {
  const { state, shares: all } = shares();
  const team = (name: string) =>
    state.approvalTeams.create(
      { env: ENV, name, policies: [], tags: {}, clientToken: undefined },
      { description: 'd', minApprovals: 1, approvers: [{ identityId: 'ann', sourceArn: sourceArn(ENV) }] },
    );
  const [a, b] = state.ledger.vaults.standing();
  const teams = [team('two'), team('one')];
  const share = all.create(ENV, 's', true, undefined);
  [b!, ...teams, a!].forEach((one) => share.resources.add(one));
  all.invite(share, GUEST);
  all.accept(share.invitations[0]!);
  const env = { ...ENV, account: GUEST };
  expect(all.with(env)).toEqual([a, b]);
  expect(all.teamsWith(env)).toEqual([...teams].sort((one, other) => (one.arn < other.arn ? -1 : 1)));
});
