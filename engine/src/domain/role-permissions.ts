/**
 * What the roles of jobs may do: whether AWS Backup can assume them, and what policies say of each step.
 *
 * Owns     the answers that were given, for as long as no policy changes; those that depend on the clock are not kept.
 * Source   B4.3/6, B6.3, B11.4/1, B12, B13.
 * Spec     role-permissions.md
 */
import type { Environment } from '@holdfast/model';
import { byteAt, intAt } from '../kernel/columns';
import { NEVER } from '../kernel/instant';
import { ACCESS_DENIED } from './event-codes';
import {
  assumption,
  backupNeeds,
  copyNeeds,
  crossingNeeds,
  deletionNeeds,
  Denied,
  Need,
  Question,
  restoreNeeds,
  sourceAt,
} from './job-needs';
import { indexNeeds, scanNeeds, scannerNeeds } from './inspection-needs';
import type { Ledger } from './ledger';
import { BACKUP_SERVICE } from './organization';
import { decide, readsClock } from './policy/decide';
import { ADMINISTRATORS, SERVICE_LINKED } from './policy/in-force';
import { likenessOf } from './policy/likeness';
import type { PoliciesInForce } from './policy/policies';
import { isDenial } from './denials';
import { NO_REASON, ROLE_UNASSUMABLE } from './reasons';
import { PointKinds } from './point-kinds';
import type { Resource } from './protected-resources';
import type { Vault } from './vaults';

interface Answer {
  readonly reason: number;
  /** Which policy said so; empty where none was asked. */
  readonly because: string;
}

/** What a role may, by numbers of vaults, of kinds of points, or of resources or kinds of points with vaults. */
interface Answers {
  /** For other services than AWS Backup, which are one: below 0. */
  readonly assumed: Map<number, Answer>;
  readonly backups: Map<number, Answer>;
  readonly crossings: Map<number, Answer>;
  readonly copies: Map<number, Answer>;
  readonly deletions: Map<number, Answer>;
}

const YES: Answer = { reason: NO_REASON, because: '' };
const MISSING: Answer = { reason: ROLE_UNASSUMABLE, because: '' };
const VAULTS = 2 ** 20;
/** A copier that no rule names. Assumed: it may whatever its account can let it. */
const NOBODY = '';

export class RolePermissions {
  /** Whether policies decide about the steps of jobs. */
  enforced = false;
  private readonly byRole = new Map<string, Answers>();
  private version = -1;
  private readonly kinds: PointKinds;
  /** The last answer that was no. */
  private denial = YES;

  constructor(private readonly ledger: Ledger) {
    this.kinds = new PointKinds(ledger);
  }

  /** Why AWS Backup, or another service, cannot assume a role to work for a vault; NO_REASON when it can. */
  assumed(roleArn: string | undefined, vault: Vault, service = BACKUP_SERVICE): number {
    const { roles } = this.ledger;
    if (roleArn === undefined || roleArn.includes(SERVICE_LINKED)) {
      return NO_REASON;
    }
    const key = service === BACKUP_SERVICE ? vault.number : -1 - vault.number;
    return this.kept(this.answersOf(roleArn).assumed, key, () => {
      const role = roles.tryFindRole(roleArn);
      if (role === undefined) {
        return roles.isMissing(roleArn) ? MISSING : YES;
      }
      return this.weigh([assumption(this.ledger, role, vault, service)]);
    });
  }

  /** Why a role may not back a resource up into a vault. */
  backup(roleArn: string | undefined, vault: Vault, resource: Resource): number {
    if (!this.enforced || roleArn === undefined) {
      return NO_REASON;
    }
    const { backups } = this.answersOf(roleArn);
    return this.kept(backups, keyOf(resource.number, vault), () =>
      this.weigh(backupNeeds(this.ledger, roleArn, vault, resource)),
    );
  }

  /** Why a point may not be copied into another account: the two vaults, and the key of the source. */
  crossing(roleArn: string | undefined, point: number, destination: Vault): number {
    const { crossings } = this.answersOf(roleArn ?? NOBODY);
    return this.kept(crossings, keyOf(this.kinds.of(point), destination), () =>
      this.weigh(crossingNeeds(this.ledger, roleArn, sourceAt(this.ledger, point), destination)),
    );
  }

  /** Why a role may not copy a point, beside what crossing takes. */
  copy(roleArn: string | undefined, point: number, destination: Vault): number {
    if (!this.enforced || roleArn === undefined) {
      return NO_REASON;
    }
    const { copies } = this.answersOf(roleArn);
    return this.kept(copies, keyOf(this.kinds.of(point), destination), () =>
      this.weigh(copyNeeds(this.ledger, roleArn, sourceAt(this.ledger, point), destination)),
    );
  }

  /** Why a role may not delete a point. */
  deletion(roleArn: string | undefined, point: number): number {
    if (!this.enforced || roleArn === undefined) {
      return NO_REASON;
    }
    const { deletions } = this.answersOf(roleArn);
    return this.kept(deletions, this.kinds.of(point), () => this.weigh(deletionNeeds(this.ledger, roleArn, point)));
  }

  /** Why a role may not make a resource out of a point. */
  restore(roleArn: string | undefined, point: number, targetArn: string, env: Environment): number {
    const { ledger } = this;
    return this.rarely(roleArn, (role) => restoreNeeds(ledger, role, sourceAt(ledger, point), targetArn, env));
  }

  /** Why a role may not index a point. */
  index(roleArn: string | undefined, point: number): number {
    return this.rarely(roleArn, (role) => indexNeeds(this.ledger, role, point));
  }

  /** Why a role may not have a point scanned, or the role of the scanner may not read it. */
  scan(roleArn: string | undefined, point: number, scannerRoleArn: string | undefined): number {
    const role = this.rarely(roleArn, (one) => scanNeeds(this.ledger, one, point, scannerRoleArn));
    return role === NO_REASON ? this.rarely(scannerRoleArn, (one) => scannerNeeds(this.ledger, one, point)) : role;
  }

  /** What comes up too seldom for its answers to be kept. */
  private rarely(roleArn: string | undefined, needs: (roleArn: string) => readonly Need[]): number {
    return this.enforced && roleArn !== undefined ? this.told(this.weigh(needs(roleArn))[0]) : NO_REASON;
  }

  /** Answers as a World does in which policies decide, whether this one lets them or not. */
  asEnforced<T>(ask: () => T): T {
    const { enforced } = this;
    this.enforced = true;
    try {
      return ask();
    } finally {
      this.enforced = enforced;
    }
  }

  /** What tells a question apart from others of its action and role to the policies in force; undefined where they look further. */
  likeness({ request, ...question }: Question): string | undefined {
    return likenessOf(request, this.inForce(request, question));
  }

  /** The first of some questions that policies deny, for a job that has words of its own for it. */
  firstDenied(questions: readonly Question[]): Denied | undefined {
    for (const { request, ...question } of questions) {
      const verdict = decide(request, this.inForce(request, question));
      this.ledger.decisions.note(this.ledger.now, request, verdict);
      if (!verdict.allowed) {
        return { request, verdict };
      }
    }
    return undefined;
  }

  /** Logs which policy kept a job from its work, and answers its words as a number among the names. */
  explain(reason: number, subject: number, place: number): number {
    if (!isDenial(reason)) {
      return 0;
    }
    const { log, now, names } = this.ledger;
    const because = names.intern(this.denial.because);
    log.append(now, ACCESS_DENIED, 0, reason, subject, place, because, 0, NEVER);
    return because;
  }

  /** The same for a backup or copy job that is over, which keeps the words. */
  explainJob(row: number): void {
    const { jobs, resources } = this.ledger;
    const reason = byteAt(jobs.reasons, row);
    if (isDenial(reason)) {
      const vault = this.ledger.vaultOf(intAt(jobs.series, row));
      jobs.details[row] = this.explain(reason, resources.find(intAt(jobs.resources, row)).arnName, vault.arnName);
    }
  }

  private answersOf(roleArn: string): Answers {
    if (this.version !== this.ledger.policyVersion) {
      this.byRole.clear();
      this.version = this.ledger.policyVersion;
    }
    const known = this.byRole.get(roleArn);
    if (known !== undefined) {
      return known;
    }
    const made: Answers = {
      assumed: new Map(),
      backups: new Map(),
      crossings: new Map(),
      copies: new Map(),
      deletions: new Map(),
    };
    this.byRole.set(roleArn, made);
    return made;
  }

  private kept(answers: Map<number, Answer>, key: number, asked: () => readonly [Answer, boolean] | Answer): number {
    const known = answers.get(key);
    if (known !== undefined) {
      return this.told(known);
    }
    const given = asked();
    const [answer, lasting] = 'reason' in given ? [given, true] : given;
    if (lasting) {
      answers.set(key, answer);
    }
    return this.told(answer);
  }

  private told(answer: Answer): number {
    if (answer.reason !== NO_REASON) {
      this.denial = answer;
    }
    return answer.reason;
  }

  /** The first no, and whether all that was asked stays so while no policy changes. */
  private weigh(needs: readonly Need[]): readonly [Answer, lasting: boolean] {
    let lasting = true;
    for (const { request, refusal, ...question } of needs) {
      const policies = this.inForce(request, question);
      lasting &&= !readsClock(policies);
      const verdict = decide(request, policies);
      this.ledger.decisions.note(this.ledger.now, request, verdict);
      if (!verdict.allowed) {
        return [{ reason: refusal(verdict), because: verdict.because }, lasting];
      }
    }
    return [YES, lasting];
  }

  /**
   * Policies of identities decide in a World that enforces them. Those of service-linked roles are AWS's own, which nobody
   * can take anything from: they let them do whatever they are asked for, unless a question says what they are. A role that
   * the World does not know wholly may what its known policies do not deny, unless the World is strict about roles.
   */
  private inForce(
    request: Need['request'],
    { subject, identity = ADMINISTRATORS }: Omit<Question, 'request'>,
  ): PoliciesInForce {
    const { shelf, roles } = this.ledger;
    const policies = shelf.inForce(request, subject);
    const { kind, arn } = request.principal;
    if (kind === 'service' || (this.enforced && kind !== 'service-linked-role')) {
      const trusted = kind !== 'service' && !roles.strict && !shelf.isWhollyKnown(arn);
      return trusted ? { ...policies, identity: [...policies.identity, ...ADMINISTRATORS] } : policies;
    }
    const { permissionsBoundary: _boundary, ...others } = policies;
    return { ...others, identity };
  }
}

/** One number for a resource or kind of points and a vault. */
function keyOf(number: number, vault: Vault): number {
  return number * VAULTS + vault.number;
}
