/**
 * Approval teams at work: teams of vaults, restore access vaults, and the sessions that both wait for.
 *
 * Owns     the restore access vaults by ARN, and the sessions by number.
 * Source   B7.5/8, B7.5/9.
 * Spec     restore-access.md
 */
import { Environment, MultiPartyApproval } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { sortedBy } from '../kernel/order';
import { HOUR, NEVER } from '../kernel/instant';
import {
  ACCESS_AVAILABLE,
  ACCESS_CREATED,
  ACCESS_DELETED,
  ACCESS_FAILED,
  APPROVAL_APPROVED,
  APPROVAL_CANCELLED,
  APPROVAL_DENIED,
  APPROVAL_EXPIRED,
  APPROVAL_REQUESTED,
  APPROVAL_TEAM_CHANGED,
} from './event-codes';
import type { ApprovalTeam } from './approval-team';
import type { Ledger } from './ledger';
import { ApprovalRequest, ApprovalSession, NewRestoreAccess, RestoreAccess, SessionEnd } from './restore-access';
import { placeOf, Vault, vaultArn } from './vaults';

/** Source B7.5/9: how long a team has to agree. */
const SESSION_LASTS = MultiPartyApproval.SESSION_HOURS * HOUR;

/** Of those that are not here, nobody answered. */
const CODES: Readonly<Partial<Record<SessionEnd, number>>> = {
  APPROVED: APPROVAL_APPROVED,
  REJECTED: APPROVAL_DENIED,
  EXPIRED: APPROVAL_EXPIRED,
};

/** Assumed: the texts. */
const MESSAGES: Readonly<Record<SessionEnd, string>> = {
  APPROVED: '',
  REJECTED: 'The approval team did not approve the request.',
  EXPIRED: 'The approval session expired.',
  CANCELLED: 'The approval session was canceled.',
  CONFIGURATION_CHANGED: 'The approval team was updated.',
  TEAM_DELETED: 'The approval team was deleted.',
  ALL_APPROVERS_IN_SESSION: 'All approvers are in a session already.',
  GIVEN_UP: 'The restore access backup vault was deleted.',
};

export class RestoreAccessRuns {
  /** Told of each session that ends. */
  ended: (session: ApprovalSession) => void = () => undefined;
  private readonly sessions: ApprovalSession[] = [];
  private readonly accesses = new Map<string, RestoreAccess>();
  private readonly kind: number;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('approval session expires', (number) => {
      const session = this.sessions[number];
      if (session?.status === 'PENDING') {
        this.end(session, 'EXPIRED');
      }
    });
  }

  /** Every session, oldest first. */
  list(): readonly ApprovalSession[] {
    return this.sessions;
  }

  /** Restore access vaults of an account and Region, by name. */
  at(env: Environment): RestoreAccess[] {
    return this.sorted().filter((access) => placeOf(access.made.env) === placeOf(env));
  }

  /** Restore access vaults of a source, by ARN. */
  of(source: Vault): RestoreAccess[] {
    return this.sorted().filter((access) => access.made.source === source);
  }

  tryFind(env: Environment, name: string): RestoreAccess | undefined {
    return this.accesses.get(vaultArn(env, name));
  }

  tryFindByArn(arn: string): RestoreAccess | undefined {
    return this.accesses.get(arn);
  }

  /** A vault gets its first team. */
  setTeam(vault: Vault, teamArn: string | undefined): void {
    vault.approvalTeamArn = teamArn;
    this.ledger.declare(APPROVAL_TEAM_CHANGED, vault.arn, vault.place, teamArn ?? '', 0, NEVER);
  }

  /** A team is asked to let another take its place, or none. */
  askForTeam(
    vault: Vault,
    presentTeamArn: string,
    teamArn: string | undefined,
    comment: string | undefined,
  ): ApprovalSession {
    const { account } = vault.made.env;
    const session = this.ask(presentTeamArn, { kind: 'team', vault, teamArn }, account, comment);
    vault.latestTeamUpdate = session;
    return session;
  }

  /** An account asks for a way into a vault. */
  create(made: NewRestoreAccess, teamArn: string): RestoreAccess {
    const { ledger } = this;
    const access = new RestoreAccess(
      vaultArn(made.env, made.name),
      ledger.names.intern(placeOf(made.env)),
      made,
      ledger.now,
    );
    this.accesses.set(access.arn, access);
    ledger.declare(ACCESS_CREATED, access.arn, access.place, made.source.arn, 0, NEVER);
    access.session = this.ask(teamArn, { kind: 'grant', access }, made.env.account, made.comment);
    return access;
  }

  /** The owner of the source asks that an access be taken away. */
  revoke(access: RestoreAccess, teamArn: string, comment: string | undefined): void {
    const { account } = access.made.source.made.env;
    access.revocation = this.ask(teamArn, { kind: 'revoke', access }, account, comment);
  }

  /** The account that asked for an access gives it up. */
  delete(access: RestoreAccess): void {
    for (const session of this.sessions) {
      if (session.status === 'PENDING' && 'access' in session.request && session.request.access === access) {
        this.close(session, 'GIVEN_UP');
      }
    }
    this.remove(access);
  }

  /** The team agreed, or did not. The session must be PENDING. */
  decide(session: ApprovalSession, agreed: boolean): void {
    this.end(session, agreed ? 'APPROVED' : 'REJECTED');
  }

  /** Sessions of a team, oldest first. */
  ofTeam(teamArn: string): ApprovalSession[] {
    return this.sessions.filter((session) => session.teamArn === teamArn);
  }

  /** A team is asked. */
  ask(teamArn: string, request: ApprovalRequest, requester: string, comment: string | undefined): ApprovalSession {
    const { ledger } = this;
    const number = this.sessions.length;
    const subject = subjectOf(request);
    const before = this.sessions.filter((one) => subjectOf(one.request).arn === subject.arn).length;
    const names = [teamArn, request.kind, subject.arn, String(before)];
    const id = uuid(ledger.seed, { kind: 'approval-session', names, at: ledger.now });
    const arn = `${teamArn.replace(':approval-team/', ':session/')}/${id}`;
    const expiresAt = ledger.now + SESSION_LASTS;
    const session = new ApprovalSession(number, arn, teamArn, request, comment, requester, ledger.now, expiresAt);
    this.sessions.push(session);
    ledger.declare(APPROVAL_REQUESTED, subject.arn, subject.place, request.kind, 0, expiresAt);
    ledger.agenda.push(expiresAt, this.kind, number);
    return session;
  }

  /** A session that is PENDING ends, and what was asked for happens or does not. */
  end(session: ApprovalSession, end: SessionEnd): void {
    const { ledger } = this;
    const { request } = session;
    const agreed = end === 'APPROVED';
    this.close(session, end);
    const subject = subjectOf(request);
    ledger.note(CODES[end] ?? APPROVAL_CANCELLED, subject.arn, subject.place, request.kind);
    if (request.kind === 'team' && agreed) {
      request.vault.approvalTeamArn = request.teamArn;
    } else if (request.kind === 'grant') {
      request.access.state = agreed ? 'AVAILABLE' : 'FAILED';
      request.access.approvedAt = agreed ? ledger.now : NEVER;
      ledger.note(agreed ? ACCESS_AVAILABLE : ACCESS_FAILED, request.access.arn, request.access.place, '');
    } else if (request.kind === 'revoke' && agreed) {
      this.remove(request.access);
    }
    this.ended(session);
  }

  private close(session: ApprovalSession, end: SessionEnd): void {
    session.status = end === 'APPROVED' ? 'APPROVED' : 'FAILED';
    session.end = end;
    session.statusMessage = MESSAGES[end];
    session.endedAt = this.ledger.now;
  }

  private remove(access: RestoreAccess): void {
    this.accesses.delete(access.arn);
    this.ledger.note(ACCESS_DELETED, access.arn, access.place, '');
  }

  private sorted(): RestoreAccess[] {
    return sortedBy(this.accesses.values(), ({ arn }) => arn);
  }
}

/** What a session is about. */
export function subjectOf(request: ApprovalRequest): Vault | RestoreAccess | ApprovalTeam {
  if ('vault' in request) {
    return request.vault;
  }
  return 'access' in request ? request.access : request.approvalTeam;
}
