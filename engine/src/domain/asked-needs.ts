/**
 * What policies deny of jobs that have not begun. Each question is asked once, whatever asks it.
 *
 * Owns     the answers of a World in which no policy changes.
 * Spec     role-permissions.md
 */
import type { Denied, Need } from './job-needs';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';

/** What a job of a resource needs and is denied. */
export interface Unmet extends Denied {
  readonly job: 'backup' | 'copy' | 'restore';
  readonly resource: Resource;
}

export class AskedNeeds {
  /** By role, action and what else policies look at. */
  private readonly answers = new Map<string, Denied | undefined>();

  constructor(private readonly ledger: Ledger) {}

  denied(job: Unmet['job'], resource: Resource, needs: readonly Need[]): Unmet[] {
    return needs.flatMap((need) => {
      const answer = this.answer(need);
      return answer === undefined ? [] : [{ ...answer, job, resource }];
    });
  }

  /** One verdict stands for all requests that policies cannot tell apart. */
  private answer(need: Need): Denied | undefined {
    const { permissions } = this.ledger;
    const { request, subject } = need;
    const { principal, action, resource, encryptionContext, requestedRegion, resourceAccount, context } = request;
    // A key is asked about with the vault that it encrypts: few requests, which differ by more than their resource.
    const alike = subject.key === undefined ? permissions.likeness(need) : undefined;
    const apart = alike ?? JSON.stringify([resource, resourceAccount, requestedRegion, encryptionContext, context]);
    const key = [principal.arn, action, subject.vault?.number, alike === undefined, apart].join('\u0000');
    if (!this.answers.has(key)) {
      this.answers.set(key, permissions.firstDenied([need]));
    }
    return this.answers.get(key);
  }
}
