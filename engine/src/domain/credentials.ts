/**
 * Access keys of users, and the temporary keys of sessions.
 *
 * Owns     the keys of all accounts, by their id.
 * Units    `…At` are Instants.
 * Source   API models of IAM 2010-05-08 and STS 2011-06-15; IAM user guide, "Temporary security credentials in IAM".
 * Spec     credentials.md
 */
import { hex128 } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { Ledger } from './ledger';
import type { Account, Identity, User } from './roles';

const ID_DIGITS = 16;
const SECRET_LENGTH = 40;
/** How many sessions are kept before those that have ended are forgotten. */
const MANY_SESSIONS = 10_000;

/** Secret of the key that each account has from the start, whose id is the account's. */
export const ACCOUNT_SECRET = 'holdfast';

/** A key of a user, which holds until it is deleted. */
export class AccessKey {
  active = true;

  constructor(
    /** `AKIA…`. */
    readonly id: string,
    readonly secret: string,
    readonly user: User,
    readonly createdAt: Instant,
  ) {}
}

/** What a session may at most, beside what its principal may: policies that were passed when it began. */
export interface SessionLimits {
  /** The policy that was passed as text. */
  readonly policy?: string | undefined;
  readonly policyArns: readonly string[];
}

/** What a session is made of. */
export interface SessionStart {
  readonly env: Account;
  /** ARN of the session of a role, or of the user or root user whose session it is. */
  readonly principalArn: string;
  readonly expiresAt: Instant;
  readonly limits?: SessionLimits | undefined;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A key that holds for a while, and only together with its token. */
export interface Session extends SessionStart {
  /** `ASIA…`. */
  readonly id: string;
  readonly secret: string;
  readonly token: string;
  /** Whose session it is; undefined for the root user, and for a role that was never declared. */
  readonly identity: Identity | undefined;
}

export class Credentials {
  private readonly keys = new Map<string, AccessKey>();
  private readonly sessions = new Map<string, Session>();
  private made = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly manySessions = MANY_SESSIONS,
  ) {}

  createKey(user: User): AccessKey {
    const draw = this.drawOf('access-key', user.arn);
    const key = new AccessKey(`AKIA${draw('id', ID_DIGITS)}`, draw('secret', SECRET_LENGTH), user, this.ledger.now);
    this.keys.set(key.id, key);
    return key;
  }

  removeKey(key: AccessKey): void {
    this.keys.delete(key.id);
  }

  /** The key of a user that is still there. */
  tryFindKey(id: string): AccessKey | undefined {
    const key = this.keys.get(id);
    return key !== undefined && this.ledger.roles.tryFindUser(key.user.arn) === key.user ? key : undefined;
  }

  /** In the order in which they were made. */
  keysOf(user: User): AccessKey[] {
    return [...this.keys.values()].filter((key) => key.user === user);
  }

  begin(start: SessionStart): Session {
    if (this.sessions.size >= this.manySessions) {
      this.forgetEnded();
    }
    const draw = this.drawOf('session', start.principalArn);
    const session: Session = {
      ...start,
      id: `ASIA${draw('id', ID_DIGITS)}`,
      secret: draw('secret', SECRET_LENGTH),
      token: `holdfast${draw('token', SECRET_LENGTH)}`,
      identity: this.identityOf(start),
    };
    this.sessions.set(session.id, session);
    return session;
  }

  /** A session, be it over or not. */
  tryFindSession(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  /** Whether the role or user of a session is gone; another of its name is somebody else. */
  isOrphan({ identity }: Session): boolean {
    const { roles } = this.ledger;
    return identity !== undefined && (roles.tryFindRole(identity.arn) ?? roles.tryFindUser(identity.arn)) !== identity;
  }

  private identityOf({ env, principalArn }: SessionStart): Identity | undefined {
    const { roles } = this.ledger;
    const [, roleName] = /:assumed-role\/([^/]+)\//.exec(principalArn) ?? [];
    return roleName === undefined ? roles.tryFindUser(principalArn) : roles.tryFindRoleByName(env, roleName);
  }

  private forgetEnded(): void {
    for (const [id, { expiresAt }] of this.sessions) {
      if (expiresAt <= this.ledger.now) {
        this.sessions.delete(id);
      }
    }
  }

  /** Draws texts that follow from what a key is for, and from how many were made before. */
  private drawOf(kind: string, owner: string): (what: string, length: number) => string {
    const names = [owner, String(this.made++)];
    const { seed, now: at } = this.ledger;
    return (what, length) =>
      ['0', '1']
        .map((part) => hex128(seed, { kind, names: [...names, what, part], at }))
        .join('')
        .slice(0, length)
        .toUpperCase();
  }
}
