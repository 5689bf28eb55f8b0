/**
 * Teams of multi-party approval at work: made, updated and deleted with the consent of those who are in them.
 *
 * Owns     the teams and identity sources of a World. Sessions are those of restore-access-runs.ts, so that a team has one list
 *          of them whatever it is asked.
 * Units    `…At` are Instants.
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Team health", "Update an approval team", "Delete an approval team",
 *          and its examples of CloudTrail events (read 2026-11-27).
 * Spec     approval-teams.md
 */
import type { Environment } from '@holdfast/model';
import { uuid } from '../kernel/ids';
import { DAY, MINUTE, NEVER } from '../kernel/instant';
import {
  ApprovalTeam,
  Approver,
  IdentitySource,
  NewTeam,
  sourceArn,
  TeamDraft,
  TeamStatus,
  TeamStatusCode,
  TeamTerms,
} from './approval-team';
import { IDENTITY_SOURCE_CREATED, IDENTITY_SOURCE_DELETED, TEAM_MOVED } from './event-codes';
import type { Ledger } from './ledger';
import type { ApprovalSession, SessionEnd, TeamRequest } from './restore-access';
import type { RestoreAccessRuns } from './restore-access-runs';
import { placeOf } from './vaults';

/** Assumed: how long AWS looks at a team, and approvers at their invitations. */
const TAKES = MINUTE;

/** An approver as a call names one. */
export interface NamedApprover {
  readonly identityId: string;
  readonly sourceArn: string;
}

/** An update as a call asks for it. What is left out stays. */
export interface TeamChange {
  readonly description: string | undefined;
  readonly minApprovals: number | undefined;
  readonly approvers: readonly NamedApprover[] | undefined;
}

/** What a team begins with. */
export interface FirstTerms {
  readonly description: string;
  readonly minApprovals: number;
  readonly approvers: readonly NamedApprover[];
}

export class ApprovalTeams {
  private readonly teams: ApprovalTeam[] = [];
  private readonly sources = new Map<string, IdentitySource>();
  private readonly moveTurn: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly access: RestoreAccessRuns,
  ) {
    this.moveTurn = ledger.turn('approval team moves', (number) => {
      const team = this.teams[number] as ApprovalTeam;
      if (!team.deleted && team.movesAt === ledger.now) {
        this.move(team);
      }
    });
    access.ended = (session) => this.sessionEnded(session);
  }

  /** Teams of an account and Region, oldest first. */
  list(env: Environment): ApprovalTeam[] {
    return this.teams.filter((team) => !team.deleted && placeOf(team.made.env) === placeOf(env));
  }

  tryFind(arn: string): ApprovalTeam | undefined {
    return this.teams.find((team) => team.arn === arn && !team.deleted);
  }

  /** Whether teams of an account are those that were made here, and no others. */
  knows({ partition, account }: Pick<Environment, 'partition' | 'account'>): boolean {
    const theirs = (env: Environment) => env.partition === partition && env.account === account;
    return [...this.sources.values()].some(({ env }) => theirs(env)) || this.teams.some(({ made }) => theirs(made.env));
  }

  source(env: Environment): IdentitySource | undefined {
    return this.sources.get(placeOf(env));
  }

  createSource(made: Omit<IdentitySource, 'arn' | 'createdAt'>): IdentitySource {
    const arn = sourceArn(made.env);
    const source = { ...made, arn, createdAt: this.ledger.now };
    this.sources.set(placeOf(made.env), source);
    const place = this.ledger.names.intern(placeOf(made.env));
    this.ledger.declare(IDENTITY_SOURCE_CREATED, arn, place, made.instanceArn, 0, NEVER);
    return source;
  }

  deleteSource({ arn, env }: IdentitySource): void {
    this.sources.delete(placeOf(env));
    this.ledger.declare(IDENTITY_SOURCE_DELETED, arn, this.ledger.names.intern(placeOf(env)), '', 0, NEVER);
  }

  /** Assumed: it is looked at for a minute. */
  isActive({ createdAt }: IdentitySource): boolean {
    return this.ledger.settlesAtOnce || this.ledger.now >= createdAt + TAKES;
  }

  create(made: NewTeam, first: FirstTerms): ApprovalTeam {
    const { ledger } = this;
    const { partition, region, account } = made.env;
    const number = this.teams.length;
    const names = [partition, account, region, made.name, String(number)];
    const id = uuid(ledger.seed, { kind: 'approval-team', names, at: ledger.now });
    const arn = `arn:${partition}:mpa:${region}:${account}:approval-team/${made.name}-${id}`;
    const place = ledger.names.intern(placeOf(made.env));
    const terms = { ...first, approvers: this.approversOf(arn, [], first.approvers) };
    const team = new ApprovalTeam(number, arn, place, made, String(ledger.now), terms, ledger.now);
    this.teams.push(team);
    this.come(team, 'PENDING', 'VALIDATING');
    this.soon(team);
    return team;
  }

  /**
   * An update that is asked for. The version that it becomes when it is in force.
   *
   * Source   user guide: an active team has to agree; Assumed: one that is not begins anew, as nobody of it could.
   */
  update(team: ApprovalTeam, change: TeamChange): string {
    const { ledger } = this;
    const terms = {
      description: change.description ?? team.terms.description,
      minApprovals: change.minApprovals ?? team.terms.minApprovals,
      approvers:
        change.approvers === undefined
          ? team.terms.approvers
          : this.approversOf(team.arn, team.terms.approvers, change.approvers),
    };
    const versionId = String(Math.max(ledger.now, Number(team.draft?.versionId ?? team.versionId) + 1));
    if (team.status !== 'ACTIVE') {
      this.apply(team, versionId, terms);
      this.come(team, 'PENDING', 'VALIDATING');
      this.soon(team);
      return versionId;
    }
    const statusCode = this.isValid(team, terms) ? 'UPDATE_PENDING_APPROVAL' : 'UPDATE_FAILED_VALIDATION';
    const draft: TeamDraft = { versionId, terms, initiatedAt: ledger.now, statusCode, session: undefined };
    team.draft = draft;
    this.come(team, 'ACTIVE', statusCode);
    if (statusCode === 'UPDATE_PENDING_APPROVAL') {
      draft.session = team.session = this.ask(team, 'update');
    }
    return versionId;
  }

  /** The team is asked to agree to its end. */
  delete(team: ApprovalTeam, pendingWindowDays: number): void {
    team.pendingWindowDays = pendingWindowDays;
    this.come(team, 'ACTIVE', 'DELETE_PENDING_APPROVAL');
    team.session = this.ask(team, 'deletion');
  }

  /** A draft that failed goes. */
  dropDraft(team: ApprovalTeam): void {
    team.draft = undefined;
    this.come(team, team.status, undefined);
  }

  /** A team goes; whatever it was asked is asked no longer. */
  remove(team: ApprovalTeam): void {
    team.deleted = true;
    this.cancelOthers(team, 'TEAM_DELETED');
    this.ledger.note(TEAM_MOVED, team.arn, team.place, 'deleted');
  }

  /** Approvers are asked whether they are still there. Assumed: a session of nobody but those who are in one fails at once. */
  baseline(team: ApprovalTeam, approvers: readonly Approver[]): ApprovalSession {
    const free = approvers.filter(({ baseline }) => baseline?.status !== 'PENDING');
    const session = this.ask(
      team,
      'baseline',
      (free.length === 0 ? approvers : free).map(({ id }) => id),
    );
    if (free.length === 0) {
      this.access.end(session, 'ALL_APPROVERS_IN_SESSION');
    } else {
      free.forEach((approver) => (approver.baseline = session));
    }
    return session;
  }

  private approversOf(teamArn: string, there: readonly Approver[], named: readonly NamedApprover[]): Approver[] {
    return named.map(
      ({ identityId, sourceArn }) =>
        there.find((one) => one.identityId === identityId && one.sourceArn === sourceArn) ?? {
          id: uuid(this.ledger.seed, { kind: 'approver', names: [teamArn, identityId, sourceArn] }),
          identityId,
          sourceArn,
          respondedAt: undefined,
          lastActivity: undefined,
          lastActivityAt: undefined,
          baseline: undefined,
        },
    );
  }

  private ask(team: ApprovalTeam, kind: TeamRequest['kind'], approvers: readonly string[] = []): ApprovalSession {
    const request = { kind, approvalTeam: team, approvers };
    return this.access.ask(team.arn, request, team.made.env.account, undefined);
  }

  /** Assumed: the identities themselves are known to nobody here; that of another account's source is none. */
  private isValid({ made }: ApprovalTeam, { approvers }: TeamTerms): boolean {
    const source = this.source(made.env);
    return source !== undefined && approvers.every(({ sourceArn }) => sourceArn === source.arn);
  }

  /** Clients of a served World wait by the wall's clock, which does not move this one. */
  private soon(team: ApprovalTeam): void {
    if (this.ledger.settlesAtOnce) {
      this.move(team);
    } else {
      team.movesAt = this.ledger.now + TAKES;
      this.ledger.agenda.push(team.movesAt, this.moveTurn, team.number);
    }
  }

  /** The next step of a team that nobody has to ask for. */
  private move(team: ApprovalTeam): void {
    const { draft } = team;
    if (team.status === 'DELETING') {
      this.remove(team);
    } else if (team.statusCode === 'VALIDATING') {
      const valid = this.isValid(team, team.terms);
      this.come(team, valid ? 'PENDING' : 'INACTIVE', valid ? 'PENDING_ACTIVATION' : 'FAILED_VALIDATION');
      if (valid) {
        this.soon(team);
      }
    } else if (team.statusCode === 'PENDING_ACTIVATION') {
      this.accept(team.terms.approvers);
      this.come(team, 'ACTIVE', undefined);
    } else if (draft?.statusCode === 'UPDATE_PENDING_ACTIVATION') {
      this.takeDraft(team, draft);
    }
  }

  /** Assumed: whoever is invited accepts. */
  private accept(approvers: readonly Approver[]): void {
    const { now } = this.ledger;
    for (const approver of approvers.filter(({ respondedAt }) => respondedAt === undefined)) {
      approver.respondedAt = now;
      approver.lastActivity = 'RESPONDED_TO_INVITATION';
      approver.lastActivityAt = now;
    }
  }

  /** Source: CloudTrail examples: sessions of the team as it was are cancelled. */
  private takeDraft(team: ApprovalTeam, { versionId, terms }: TeamDraft): void {
    this.accept(terms.approvers);
    this.apply(team, versionId, terms);
    this.come(team, 'ACTIVE', undefined);
    this.cancelOthers(team, 'CONFIGURATION_CHANGED');
  }

  private apply(team: ApprovalTeam, versionId: string, terms: TeamTerms): void {
    team.versionId = versionId;
    team.terms = terms;
    team.draft = undefined;
    team.updatedAt = this.ledger.now;
  }

  private cancelOthers(team: ApprovalTeam, end: SessionEnd): void {
    for (const session of this.access.ofTeam(team.arn).filter(({ status }) => status === 'PENDING')) {
      this.access.end(session, end);
    }
  }

  private come(team: ApprovalTeam, status: TeamStatus, statusCode: TeamStatusCode | undefined): void {
    team.status = status;
    team.statusCode = statusCode;
    if (team.draft !== undefined && statusCode?.startsWith('UPDATE_') === true) {
      team.draft.statusCode = statusCode;
    }
    const what = statusCode === undefined ? status : `${status} ${statusCode}`;
    this.ledger.note(TEAM_MOVED, team.arn, team.place, what);
  }

  private sessionEnded(session: ApprovalSession): void {
    const team = this.tryFind(session.teamArn);
    if (team === undefined) {
      return;
    }
    this.vote(team, session);
    const { request, end } = session;
    if (request.kind === 'update') {
      this.updateEnded(team, end);
    } else if (request.kind === 'deletion') {
      this.deletionEnded(team, end);
    }
  }

  private updateEnded(team: ApprovalTeam, end: SessionEnd | undefined): void {
    const { draft } = team;
    if (draft === undefined) {
      return;
    }
    if (end === 'CANCELLED') {
      // Source: user guide: the draft is deleted.
      this.dropDraft(team);
    } else if (end !== 'APPROVED') {
      this.come(team, 'ACTIVE', 'UPDATE_FAILED_APPROVAL');
    } else if (draft.terms.approvers.some(({ respondedAt }) => respondedAt === undefined)) {
      this.come(team, 'ACTIVE', 'UPDATE_PENDING_ACTIVATION');
      this.soon(team);
    } else {
      this.takeDraft(team, draft);
    }
  }

  private deletionEnded(team: ApprovalTeam, end: SessionEnd | undefined): void {
    if (end === 'CANCELLED') {
      this.come(team, 'ACTIVE', undefined);
    } else if (end !== 'APPROVED') {
      this.come(team, 'ACTIVE', 'DELETE_FAILED_APPROVAL');
    } else if (team.pendingWindowDays === 0) {
      this.remove(team);
    } else {
      this.come(team, 'DELETING', undefined);
      team.movesAt = this.ledger.now + team.pendingWindowDays * DAY;
      this.ledger.agenda.push(team.movesAt, this.moveTurn, team.number);
    }
  }

  /** Assumed: as many as it takes to agree, or to make that impossible, answered, in the order of the team. */
  private vote({ terms }: ApprovalTeam, session: ApprovalSession): void {
    const { end, request } = session;
    const asked = request.kind === 'baseline' ? request.approvers : undefined;
    const voters = terms.approvers.filter(({ id }) => asked?.includes(id) ?? true);
    if (end !== 'APPROVED' && end !== 'REJECTED') {
      return;
    }
    const needed = end === 'APPROVED' ? terms.minApprovals : terms.approvers.length - terms.minApprovals + 1;
    for (const approver of voters.slice(0, asked === undefined ? needed : voters.length)) {
      session.responses.set(approver.id, end);
      approver.lastActivity = asked === undefined ? 'VOTED' : 'BASELINED';
      approver.lastActivityAt = this.ledger.now;
    }
  }
}
