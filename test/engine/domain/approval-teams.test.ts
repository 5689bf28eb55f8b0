// Approval teams by the table of approval-teams.md: their states, their drafts, and who answered what they were asked.
import { sourceArn } from '../../../engine/src/domain/approval-team';
import type { TeamChange } from '../../../engine/src/domain/approval-teams';
import { TEAM_MOVED } from '../../../engine/src/domain/event-codes';
import type { ApprovalSession, SessionEnd } from '../../../engine/src/domain/restore-access';
import { DAY, ENV, MINUTE, world } from '../scenarios/stage';

const SOURCE = sourceArn(ENV);
const FAR = { ...ENV, region: 'us-west-2' };
const OTHER = { ...ENV, account: '999999999999' };
const NOTHING: TeamChange = { description: undefined, minApprovals: undefined, approvers: undefined };
const of = (...ids: string[]) => ids.map((identityId) => ({ identityId, sourceArn: SOURCE }));

function staged({ withSource = true, settlesAtOnce = false } = {}) {
  const state = world('2027-01-01', {});
  const { approvalTeams: teams, access, ledger } = state;
  const start = ledger.now;
  ledger.settlesAtOnce = settlesAtOnce;
  const declared = { instanceArn: 'i', instanceRegion: ENV.region, clientToken: undefined, tags: {} };
  const source = (env = ENV) => teams.createSource({ ...declared, env });
  if (withSource) {
    source();
  }
  const make = (name: string, approvers = of('ann', 'bob', 'cy'), env = ENV) =>
    teams.create(
      { env, name, policies: [], tags: {}, clientToken: undefined },
      { description: 'd', minApprovals: 2, approvers },
    );
  /** After so many minutes since the start, and a moment. */
  const at = (minutes: number) => state.runUntil(start + minutes * MINUTE + 1);
  const active = (name = 'restores') => {
    const team = make(name);
    state.runUntil(ledger.now + 2 * MINUTE + 1);
    expect(team.status).toBe('ACTIVE');
    return team;
  };
  /** The states that teams came to, as the log is told of them. */
  const told: string[] = [];
  const note = ledger.note.bind(ledger);
  Object.assign(ledger, {
    note: (...of: Parameters<typeof note>) => {
      if (of[0] === TEAM_MOVED) {
        told.push(of[3]);
      }
      note(...of);
    },
  });
  return { state, teams, access, ledger, source, make, at, active, told };
}

const codes = (team: { status: string; statusCode: string | undefined }) => [team.status, team.statusCode];
const idsOf = (team: { terms: { approvers: readonly { identityId: string }[] } }) =>
  team.terms.approvers.map(({ identityId }) => identityId);

test('a team is looked at for a minute, its approvers invited for another, and then it is ACTIVE', () => {
  const { make, at } = staged();
  const team = make('restores');
  const seen = [0, 0.9, 1, 1.9, 2].map((minutes) => [at(minutes), codes(team), team.terms.approvers[2]?.respondedAt]);
  expect(seen.map(([, status]) => status)).toEqual([
    ...[
      ['PENDING', 'VALIDATING'],
      ['PENDING', 'VALIDATING'],
      ['PENDING', 'PENDING_ACTIVATION'],
    ],
    ...[
      ['PENDING', 'PENDING_ACTIVATION'],
      ['ACTIVE', undefined],
    ],
  ]);
  expect(seen.map(([, , responded]) => responded)).toEqual([
    ...[undefined, undefined, undefined, undefined, team.createdAt + 2 * MINUTE],
  ]);
  expect(team.terms.approvers.map(({ lastActivity, lastActivityAt }) => [lastActivity, lastActivityAt])).toEqual(
    [0, 1, 2].map(() => ['RESPONDED_TO_INVITATION', team.createdAt + 2 * MINUTE]),
  );
});

test.each([
  ['there is no identity source', false, of('ann', 'bob', 'cy')],
  ['one of them is of another source', true, [...of('ann', 'bob'), { identityId: 'cy', sourceArn: sourceArn(FAR) }]],
])('a team is INACTIVE where %s, and begins anew with what it is told', (_what, withSource, approvers) => {
  const { state, teams, source, make, at } = staged({ withSource });
  const team = make('restores', approvers);
  at(5);
  expect(codes(team)).toEqual(['INACTIVE', 'FAILED_VALIDATION']);
  expect(team.terms.approvers[0]?.respondedAt).toBeUndefined();
  source();
  const first = team.versionId;
  const version = teams.update(team, { ...NOTHING, approvers: of('ann', 'bob', 'dee') });
  expect([codes(team), team.draft, team.session]).toEqual([['PENDING', 'VALIDATING'], undefined, undefined]);
  expect([team.versionId, Number(version) > Number(first), team.updatedAt]).toEqual([version, true, state.now]);
  at(8);
  expect([codes(team), idsOf(team)]).toEqual([
    ['ACTIVE', undefined],
    ['ann', 'bob', 'dee'],
  ]);
});

test('in a served World it is there with the answer', () => {
  const { make, teams, source } = staged({ withSource: false, settlesAtOnce: true });
  expect([teams.isActive(source()), codes(make('restores'))]).toEqual([true, ['ACTIVE', undefined]]);
});

test('an identity source is looked at for a minute, and is one to an account and Region', () => {
  const { state, teams, source, at } = staged({ withSource: false });
  const made = source();
  expect([made.arn, teams.isActive(made), teams.source(ENV)]).toEqual([SOURCE, false, made]);
  expect([FAR, OTHER].map((env) => teams.source(env))).toEqual([undefined, undefined]);
  at(0.9);
  expect(teams.isActive(made)).toBe(false);
  state.runUntil(made.createdAt + MINUTE);
  expect(teams.isActive(made)).toBe(true);
  teams.deleteSource(made);
  expect(teams.source(ENV)).toBeUndefined();
});

test('the log has identity sources, whose they are and of what', () => {
  const { state, teams, source } = staged({ withSource: false });
  teams.deleteSource(source());
  state.runUntil(state.now + 1);
  const events = state.events().filter(({ kind }) => kind === 'identity-source');
  expect(events.map(({ what }) => what)).toEqual(['created', 'deleted']);
});

test('an account has the teams of its own, oldest first, in each Region, while they are there', () => {
  const { teams, make } = staged();
  const [first, far, second, other] = [make('b'), make('c', [], FAR), make('a'), make('d', [], OTHER)];
  expect(new Set([first, far, second, other].map(({ arn }) => arn)).size).toBe(4);
  expect(teams.list(ENV)).toEqual([first, second]);
  expect([FAR, OTHER].map((env) => teams.list(env))).toEqual([[far], [other]]);
  expect(teams.tryFind(second.arn)).toBe(second);
  teams.remove(first);
  expect([teams.list(ENV), teams.tryFind(first.arn)]).toEqual([[second], undefined]);
  expect(make(first.made.name).arn).not.toBe(first.arn);
});

test('teams of an account are known where one of them or an identity source was made, in whatever Region', () => {
  const { teams, source, make } = staged({ withSource: false });
  const known = () => [ENV, FAR, OTHER, { ...ENV, partition: 'aws-cn' }].map((env) => teams.knows(env));
  expect(known()).toEqual([false, false, false, false]);
  make('restores', [], OTHER);
  expect(known()).toEqual([false, false, true, false]);
  source(FAR);
  expect(known()).toEqual([true, true, true, false]);
});

test('an update is a draft until the team agrees, and leaves what it does not name', () => {
  const { state, teams, access, active, told } = staged();
  const team = active();
  const before = team.versionId;
  const version = teams.update(team, { ...NOTHING, description: 'other' });
  const { draft } = team;
  expect(version).toBe(String(state.now));
  expect(draft).toMatchObject({ versionId: version, initiatedAt: state.now, statusCode: 'UPDATE_PENDING_APPROVAL' });
  expect([team.versionId, team.terms.description, codes(team)]).toEqual([
    ...[before, 'd', ['ACTIVE', 'UPDATE_PENDING_APPROVAL']],
  ]);
  expect(draft?.session).toBe(team.session);
  const bystander = teams.baseline(team, team.terms.approvers);
  access.decide(team.session!, true);
  expect([team.versionId, team.terms, codes(team), team.draft]).toEqual([
    ...[version, { ...draft?.terms, description: 'other', minApprovals: 2 }, ['ACTIVE', undefined], undefined],
  ]);
  expect([idsOf(team), bystander.status, bystander.end]).toEqual([
    ...[['ann', 'bob', 'cy'], 'FAILED', 'CONFIGURATION_CHANGED'],
  ]);
  expect(team.session?.end).toBe('APPROVED');
  teams.update(team, { ...NOTHING, minApprovals: 3 });
  access.decide(team.session!, true);
  expect([team.terms.description, team.terms.minApprovals]).toEqual(['other', 3]);
  expect(told).toEqual([
    ...['PENDING VALIDATING', 'PENDING PENDING_ACTIVATION', 'ACTIVE'],
    ...['ACTIVE UPDATE_PENDING_APPROVAL', 'ACTIVE', 'ACTIVE UPDATE_PENDING_APPROVAL', 'ACTIVE'],
  ]);
});

test('versions of updates at one instant follow each other', () => {
  const { teams, access, active } = staged();
  const team = active();
  const versions = [1, 2, 3].map(() => {
    const version = Number(teams.update(team, { ...NOTHING, description: 'x' }));
    access.decide(team.session!, false);
    return version;
  });
  expect(versions).toEqual([0, 1, 2].map((more) => (versions[0] ?? 0) + more));
  expect(versions[0]).toBeGreaterThan(Number(team.versionId));
});

test('an update with somebody new waits a minute for them; whoever stays is who they were', () => {
  const { state, teams, access, active } = staged();
  const team = active();
  const [ann] = team.terms.approvers;
  teams.update(team, { ...NOTHING, approvers: of('dee', 'ann', 'bob') });
  const pending = team.draft?.terms.approvers ?? [];
  expect([pending[1], pending[0]?.respondedAt, pending[0]?.id === ann?.id]).toEqual([ann, undefined, false]);
  const responded = ann?.respondedAt;
  access.decide(team.session!, true);
  expect([codes(team), team.draft?.statusCode, idsOf(team)]).toEqual([
    ...[['ACTIVE', 'UPDATE_PENDING_ACTIVATION'], 'UPDATE_PENDING_ACTIVATION', ['ann', 'bob', 'cy']],
  ]);
  const at = state.now;
  state.runUntil(at + MINUTE);
  expect(codes(team)).toEqual(['ACTIVE', 'UPDATE_PENDING_ACTIVATION']);
  state.runUntil(at + MINUTE + 1);
  expect([codes(team), idsOf(team)]).toEqual([
    ['ACTIVE', undefined],
    ['dee', 'ann', 'bob'],
  ]);
  expect(team.terms.approvers.map(({ respondedAt }) => respondedAt)).toEqual([at + MINUTE, responded, responded]);
});

test('approvers of one identity in two sources are two', () => {
  const { teams, active } = staged();
  const team = active();
  teams.update(team, { ...NOTHING, approvers: [{ identityId: 'ann', sourceArn: sourceArn(FAR) }] });
  expect(team.draft?.terms.approvers[0]?.id).not.toBe(team.terms.approvers[0]?.id);
});

test('an update with an approver from nowhere fails, and nobody is asked', () => {
  const { teams, access, active } = staged();
  const team = active();
  teams.update(team, { ...NOTHING, approvers: [...of('ann', 'bob'), { identityId: 'x', sourceArn: 'nowhere' }] });
  expect([codes(team), team.draft?.statusCode, team.draft?.session, access.list()]).toEqual([
    ...[['ACTIVE', 'UPDATE_FAILED_VALIDATION'], 'UPDATE_FAILED_VALIDATION', undefined, []],
  ]);
  // What else becomes of the team is not the draft's.
  teams.delete(team, 0);
  access.decide(team.session!, false);
  expect([codes(team), team.draft?.statusCode]).toEqual([
    ...[['ACTIVE', 'DELETE_FAILED_APPROVAL'], 'UPDATE_FAILED_VALIDATION'],
  ]);
  teams.delete(team, 0);
  access.end(team.session!, 'CANCELLED');
  expect([codes(team), team.draft?.statusCode]).toEqual([['ACTIVE', undefined], 'UPDATE_FAILED_VALIDATION']);
  teams.dropDraft(team);
  expect([codes(team), team.draft]).toEqual([['ACTIVE', undefined], undefined]);
});

// prettier-ignore
test.each<[end: SessionEnd | 'nothing', update: (string | undefined)[], stays: boolean, deletion: (string | undefined)[]]>([
  ['REJECTED',  ['ACTIVE', 'UPDATE_FAILED_APPROVAL'], true,  ['ACTIVE', 'DELETE_FAILED_APPROVAL']],
  ['nothing',   ['ACTIVE', 'UPDATE_FAILED_APPROVAL'], true,  ['ACTIVE', 'DELETE_FAILED_APPROVAL']],
  ['CANCELLED', ['ACTIVE', undefined],                false, ['ACTIVE', undefined]],
])('%s of a session: an update is %j, its draft stays: %p, a deletion is %j', (end, update, stays, deletion) => {
  const { state, teams, access, active } = staged();
  const [updated, deleted] = [active('one'), active('two')];
  const version = updated.versionId;
  teams.update(updated, { ...NOTHING, description: 'other' });
  teams.delete(deleted, 3);
  expect(codes(deleted)).toEqual(['ACTIVE', 'DELETE_PENDING_APPROVAL']);
  if (end === 'nothing') {
    state.runUntil(state.now + DAY + 1);
  } else {
    [updated, deleted].forEach((team) => access.end(team.session!, end));
  }
  expect([codes(updated), updated.draft?.statusCode, updated.versionId]).toEqual([
    ...[update, stays ? update[1] : undefined, version],
  ]);
  expect([codes(deleted), deleted.deleted]).toEqual([deletion, false]);
  state.runUntil(state.now + 4 * DAY);
  expect([codes(updated), codes(deleted), deleted.deleted]).toEqual([update, deletion, false]);
});

test('a team that agrees to its end goes after the days that were asked for, and what it is asked then comes to nothing', () => {
  const { state, teams, access, active } = staged();
  const [at, later] = [active('one'), active('two')];
  teams.delete(at, 0);
  access.decide(at.session!, true);
  expect(at.deleted).toBe(true);
  teams.delete(later, 3);
  access.decide(later.session!, true);
  const from = state.now;
  expect([codes(later), later.deleted]).toEqual([['DELETING', undefined], false]);
  const asked = teams.baseline(later, later.terms.approvers);
  state.runUntil(from + 3 * DAY);
  expect(later.deleted).toBe(false);
  state.runUntil(from + 3 * DAY + 1);
  expect(later.deleted).toBe(true);
  expect(asked.end).toBe('EXPIRED');
});

test('sessions of a team that goes are cancelled, those of others wait on, and what is over stays as it is', () => {
  const { teams, access, active } = staged();
  const [one, two] = [active('one'), active('two')];
  const [ann, ...others] = one.terms.approvers;
  const over = teams.baseline(one, [ann!]);
  access.decide(over, true);
  const sessions = [teams.baseline(one, others), teams.baseline(two, two.terms.approvers)];
  teams.remove(one);
  expect(sessions.map(({ status, end }) => [status, end])).toEqual([
    ['FAILED', 'TEAM_DELETED'],
    ['PENDING', undefined],
  ]);
  expect(over.end).toBe('APPROVED');
});

const answers = (session: ApprovalSession, team: { terms: { approvers: readonly { id: string }[] } }) =>
  team.terms.approvers.map(({ id }) => session.responses.get(id));

test('as many answer as it takes to agree, or to make that impossible, in the order of the team', () => {
  const { state, teams, access, active } = staged();
  const team = active();
  state.runUntil(state.now + MINUTE);
  teams.update(team, { ...NOTHING, approvers: of('ann', 'bob', 'cy', 'dee', 'eve') });
  access.decide(team.session!, true);
  expect(answers(team.session!, team)).toEqual(['APPROVED', 'APPROVED', undefined]);
  const [ann, , cy] = team.terms.approvers;
  expect([ann?.lastActivity, ann?.lastActivityAt, cy?.lastActivity]).toEqual([
    ...['VOTED', state.now, 'RESPONDED_TO_INVITATION'],
  ]);
  state.runUntil(state.now + 2 * MINUTE);
  expect(team.terms.approvers).toHaveLength(5);
  teams.update(team, { ...NOTHING, description: 'x' });
  const session = team.session!;
  // Two of five agree, so four have to be against it.
  access.decide(session, false);
  expect(answers(session, team)).toEqual(['REJECTED', 'REJECTED', 'REJECTED', 'REJECTED', undefined]);
  teams.update(team, { ...NOTHING, description: 'x' });
  access.decide(team.session!, true);
  expect(answers(team.session!, team)).toEqual(['APPROVED', 'APPROVED', undefined, undefined, undefined]);
  teams.update(team, { ...NOTHING, description: 'y' });
  const expired = team.session!;
  state.runUntil(state.now + DAY + 1);
  expect(answers(expired, team)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('a baseline asks those of a team who are in none, and all of them answer', () => {
  const { state, teams, access, active } = staged();
  const team = active();
  const [ann, bob, cy] = team.terms.approvers;
  const first = teams.baseline(team, [ann!, bob!]);
  expect([ann?.baseline, bob?.baseline, cy?.baseline]).toEqual([first, first, undefined]);
  const second = teams.baseline(team, [bob!, cy!]);
  expect([first.status, second.status, bob?.baseline, cy?.baseline]).toEqual(['PENDING', 'PENDING', first, second]);
  const none = teams.baseline(team, [ann!, cy!]);
  expect(none.request).toMatchObject({ approvers: [ann?.id, cy?.id] });
  expect([none.status, none.end, ann?.baseline]).toEqual(['FAILED', 'ALL_APPROVERS_IN_SESSION', first]);
  state.runUntil(state.now + MINUTE);
  access.decide(first, true);
  expect(answers(first, team)).toEqual(['APPROVED', 'APPROVED', undefined]);
  access.decide(second, true);
  expect(answers(second, team)).toEqual([undefined, undefined, 'APPROVED']);
  expect(team.terms.approvers.map(({ lastActivity, lastActivityAt }) => [lastActivity, lastActivityAt])).toEqual(
    [ann, bob, cy].map(() => ['BASELINED', state.now]),
  );
  // One that is over keeps nobody from the next, of whom there may be more than agree to anything else.
  const all = teams.baseline(team, team.terms.approvers);
  expect(all.status).toBe('PENDING');
  access.decide(all, true);
  expect(answers(all, team)).toEqual(['APPROVED', 'APPROVED', 'APPROVED']);
  expect(codes(team)).toEqual(['ACTIVE', undefined]);
});
